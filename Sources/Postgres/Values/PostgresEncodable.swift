/// A value that can be bound to a parameter or written to a binary COPY.
package protocol PostgresEncodable: Sendable {
    /// The type whose binary form `encode(into:)` writes.
    static var postgresType: PostgresType { get }

    /// Appends the value in the binary form of `postgresType`, without a length.
    func encode(into bytes: inout [UInt8])

    /// Appends the value in the form of another type where it has one; the default knows only `postgresType`.
    func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome
}

/// What came of writing a value as a certain type.
package enum EncodingOutcome: Sendable, Hashable {
    /// Written in the type's binary form.
    case binary
    /// Written in the type's text form.
    case text
    /// Not written: the Swift type has no form of this type.
    case otherType
    /// Not written: the type cannot hold this value.
    case outOfRange
}

extension PostgresEncodable {
    /// Writes the value where `type` is its own type.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        guard type == Self.postgresType else { return .otherType }
        encode(into: &bytes)
        return .binary
    }
}

extension [UInt8] {
    /// Appends an integer, most significant byte first, as everything in the protocol is.
    mutating func appendInteger<Integer: FixedWidthInteger>(_ value: Integer) {
        let bigEndian = value.bigEndian
        // The bytes are copied while the integer is borrowed.
        unsafe Swift.withUnsafeBytes(of: bigEndian) { unsafe append(contentsOf: $0) }
    }

    /// Overwrites four bytes at an offset with an integer.
    mutating func replaceInteger(at offset: Int, with value: Int32) {
        for byte in 0..<4 {
            self[offset + byte] = UInt8(truncatingIfNeeded: value >> (24 - 8 * Int32(byte)))
        }
    }

    /// Appends a length and then what `write` appends; the length is patched in afterwards.
    mutating func appendField<Outcome>(_ write: (inout [UInt8]) -> Outcome) -> Outcome {
        let start = count
        appendInteger(Int32(0))
        let outcome = write(&self)
        replaceInteger(at: start, with: Int32(count - start - 4))
        return outcome
    }
}
