/// Finds the word of a closed list that somebody wrote, in any case and with dashes for underscores.
enum NamedWord {
    /// The word; refused with the nearest one where there is none.
    /// - Parameter kind: What the words are, such as "band".
    static func one<Word: RawRepresentable<String> & CaseIterable>(_ text: String, of kind: String) throws -> Word {
        guard let word = Word(rawValue: text.lowercased().replacing("-", with: "_")) else {
            throw CommandError.unknownWord(text, kind: kind, known: Word.allCases.map(\.rawValue))
        }
        return word
    }

    /// The words there are, as help lists them.
    static func list<Word: RawRepresentable<String> & CaseIterable>(of: Word.Type) -> String {
        Word.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
