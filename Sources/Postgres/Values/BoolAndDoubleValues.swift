extension Bool: PostgresScalar {
    /// `bool`
    package static var postgresType: PostgresType { .bool }
    /// `bool`
    package static var postgresTypes: [PostgresType] { [.bool] }

    /// Appends one byte, 1 or 0.
    package func encode(into bytes: inout [UInt8]) {
        bytes.append(self ? 1 : 0)
    }

    /// Reads one byte; anything but 0 is true.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> Bool {
        try bytes.expect(1, for: type)
        return bytes.integer(at: 0, as: UInt8.self) != 0
    }
}

extension Double: PostgresScalar {
    /// `float8`
    package static var postgresType: PostgresType { .float8 }
    /// `float8` and `float4`
    package static var postgresTypes: [PostgresType] { [.float8, .float4] }

    /// Appends the eight bytes of the IEEE 754 value.
    package func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(bitPattern)
    }

    /// Writes `float8`, or `float4` rounded to it; a finite value that would become infinite is out of range.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        switch type {
        case .float8:
            encode(into: &bytes)
        case .float4:
            let rounded = Float(self)
            guard rounded.isFinite == isFinite else { return .outOfRange }
            bytes.appendInteger(rounded.bitPattern)
        default:
            return .otherType
        }
        return .binary
    }

    /// Reads `float8`, or `float4` widened.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> Double {
        if type == .float4 {
            try bytes.expect(4, for: type)
            return Double(Float(bitPattern: bytes.integer(at: 0)))
        }
        try bytes.expect(8, for: type)
        return Double(bitPattern: bytes.integer(at: 0))
    }
}
