/// Text reduced to small ASCII letters, digits and hyphens, as addresses need it.
struct DemoSlug {
    private static let folded: [Character: String] = [
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e", "ë": "e", "ï": "i", "á": "a", "à": "a",
        "í": "i",
        "ó": "o", "ú": "u", "ñ": "n", "ç": "c", "ł": "l", "ś": "s", "ń": "n", "ą": "a", "ę": "e", "ż": "z", "ź": "z",
        "ć": "c", "å": "a", "ø": "o", "ő": "o", "ı": "i", "š": "s", "č": "c",
    ]

    let text: String

    /// The slug of a text, or a stand-in where nothing of it can be kept.
    init(_ original: String, orElse standIn: String) {
        var slug = ""
        for character in original.lowercased() {
            if character.isASCII, character.isLetter || character.isNumber {
                slug.append(character)
            } else if let letters = Self.folded[character] {
                slug += letters
            } else if character == " " || character == "-", !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        while slug.hasSuffix("-") { slug.removeLast() }
        text = slug.isEmpty ? standIn : slug
    }
}
