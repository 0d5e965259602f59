/// The words for yes and no in English, German, French, Dutch and Spanish.
enum BooleanWords {
    /// What a word says, whatever its case; nil for any other word.
    static func value(of word: String) -> Bool? {
        let word = word.lowercased()
        if yes.contains(word) { return true }
        return no.contains(word) ? false : nil
    }

    private static let yes: Set<String> = [
        "true", "yes", "t", "y", "1", "ja", "j", "wahr", "oui", "o", "vrai", "waar", "sí", "si", "s", "verdadero",
    ]
    private static let no: Set<String> = [
        "false", "no", "f", "n", "0", "nein", "falsch", "non", "faux", "nee", "onwaar", "falso",
    ]
}
