extension String: PostgresScalar {
    /// `text`
    package static var postgresType: PostgresType { .text }

    /// The types whose binary form is their text, and `jsonb`, whose binary form is one byte more.
    package static var postgresTypes: [PostgresType] {
        [.text, .varchar, .bpchar, .name, .json, .jsonb, .unknown, .character]
    }

    /// Also accepts types created in the database: enumerations and `citext` are sent as text, anything else is noticed
    /// when it is read, because its bytes are not text.
    package static func accepts(_ type: PostgresType) -> Bool {
        postgresTypes.contains(type) || type.isUserDefined
    }

    /// Appends the text in UTF-8.
    package func encode(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: utf8)
    }

    /// Writes the text types in binary and, as text for the server to read, every type that no other Swift type writes:
    /// enumerations, `jsonb`, `numeric`, `uuid`, `interval` and so on.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        switch type {
        case .text, .varchar, .bpchar, .name, .json, .unknown:
            encode(into: &bytes)
            return .binary
        case .bool, .bytea, .int2, .int4, .int8, .float4, .float8, .date, .timestamp, .timestamptz:
            return .otherType
        default:
            guard type.element == nil else { return .otherType }
            // The text form ends at the first zero byte, so a value that holds one would be cut short.
            guard !utf8.contains(0) else { return .outOfRange }
            encode(into: &bytes)
            return .text
        }
    }

    /// Reads text, skipping the version byte of `jsonb`.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> String {
        var start = 0
        if type == .jsonb {
            guard bytes.byteCount > 0, bytes.integer(at: 0, as: UInt8.self) == 1 else {
                throw .invalidValue("a jsonb value does not have version 1")
            }
            start = 1
        }
        // PostgreSQL's text holds no zero byte, the binary forms of other types nearly always do.
        guard let text = bytes.text(from: start), !type.isUserDefined || !text.utf8.contains(0) else {
            throw .invalidValue("the value of \(type) is not text in UTF-8")
        }
        return text
    }
}
