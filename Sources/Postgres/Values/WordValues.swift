/// A word of a closed list that the database keeps as text: an enumeration whose raw values are the words.
///
/// It is bound and read as any other value is. Reading another word is a `decoding` error that names the column, the
/// word and the list.
package protocol PostgresWord: PostgresScalar, RawRepresentable, CaseIterable where RawValue == String {}

extension PostgresWord {
    /// `text`
    package static var postgresType: PostgresType { .text }
    /// The types that a `String` is read from.
    package static var postgresTypes: [PostgresType] { String.postgresTypes }

    /// The types that a `String` is read from, and those created in the database.
    package static func accepts(_ type: PostgresType) -> Bool { String.accepts(type) }

    /// Appends the word in UTF-8.
    package func encode(into bytes: inout [UInt8]) {
        rawValue.encode(into: &bytes)
    }

    /// Writes the word as every text is written.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        rawValue.encode(into: &bytes, as: type)
    }

    /// Reads a word; one that the list does not have is an error.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> Self {
        try word(String.decode(bytes, as: type))
    }

    /// The word of a text; one that the list does not have is an error.
    static func word(_ text: String) throws(PostgresError) -> Self {
        guard let word = Self(rawValue: text) else {
            throw .invalidValue("\"\(text)\" is none of \(allCases.map(\.rawValue).joined(separator: ", "))")
        }
        return word
    }
}
