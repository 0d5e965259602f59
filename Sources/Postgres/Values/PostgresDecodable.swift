/// A value that can be read from a column in binary form.
package protocol PostgresDecodable: Sendable {
    /// The types whose binary form `decode` reads.
    static var postgresTypes: [PostgresType] { get }

    /// Whether a column of this type can be read; the default is membership in `postgresTypes`.
    static func accepts(_ type: PostgresType) -> Bool

    /// Reads the value from the bytes of one column, which is not null.
    static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> Self
}

extension PostgresDecodable {
    /// Whether `type` is one of `postgresTypes`.
    package static func accepts(_ type: PostgresType) -> Bool {
        postgresTypes.contains(type)
    }
}

extension RawSpan {
    /// The integer at an offset, most significant byte first; traps outside the bytes.
    func integer<Integer: FixedWidthInteger & BitwiseCopyable>(at offset: Int, as type: Integer.Type = Integer.self)
        -> Integer
    {
        // Any bit pattern is a valid integer, and the load checks the bounds.
        Integer(bigEndian: unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: Integer.self))
    }

    /// The bytes as text, nil where they are not UTF-8.
    func text(from offset: Int = 0) -> String? {
        // The pointer is used only inside the closure, while the bytes are borrowed.
        unsafe withUnsafeBytes { unsafe String(validating: $0[offset...], as: UTF8.self) }
    }

    /// Throws unless there are exactly `count` bytes.
    func expect(_ count: Int, for type: PostgresType) throws(PostgresError) {
        guard byteCount == count else {
            throw .invalidValue("a value of type \(type) has \(byteCount) bytes where \(count) were expected")
        }
    }
}
