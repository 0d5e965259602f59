extension PostgresEncodable where Self: FixedWidthInteger & SignedInteger {
    /// Appends the integer's own width, most significant byte first.
    package func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(self)
    }

    /// Writes `int2`, `int4` or `int8` where the value fits.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        switch type {
        case .int2: narrow(to: Int16.self, into: &bytes)
        case .int4: narrow(to: Int32.self, into: &bytes)
        case .int8: narrow(to: Int64.self, into: &bytes)
        default: .otherType
        }
    }

    private func narrow<Width: FixedWidthInteger>(to width: Width.Type, into bytes: inout [UInt8]) -> EncodingOutcome {
        guard let value = Width(exactly: self) else { return .outOfRange }
        bytes.appendInteger(value)
        return .binary
    }
}

extension PostgresDecodable where Self: FixedWidthInteger & SignedInteger {
    /// Reads `int2`, `int4` or `int8`.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> Self {
        let value: Int64
        switch type {
        case .int2:
            try bytes.expect(2, for: type)
            value = Int64(bytes.integer(at: 0, as: Int16.self))
        case .int4:
            try bytes.expect(4, for: type)
            value = Int64(bytes.integer(at: 0, as: Int32.self))
        default:
            try bytes.expect(8, for: type)
            value = bytes.integer(at: 0)
        }
        guard let result = Self(exactly: value) else {
            throw .invalidValue("\(value) does not fit \(Self.self)")
        }
        return result
    }
}

extension Int16: PostgresScalar {
    /// `int2`
    package static var postgresType: PostgresType { .int2 }
    /// `int2`
    package static var postgresTypes: [PostgresType] { [.int2] }
}

extension Int32: PostgresScalar {
    /// `int4`
    package static var postgresType: PostgresType { .int4 }
    /// `int4` and narrower
    package static var postgresTypes: [PostgresType] { [.int4, .int2] }
}

extension Int64: PostgresScalar {
    /// `int8`
    package static var postgresType: PostgresType { .int8 }
    /// `int8` and narrower
    package static var postgresTypes: [PostgresType] { [.int8, .int4, .int2] }
}

extension Int: PostgresScalar {
    /// `int8`
    package static var postgresType: PostgresType { .int8 }
    /// `int8` and narrower
    package static var postgresTypes: [PostgresType] { [.int8, .int4, .int2] }
}
