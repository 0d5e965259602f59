/// A command of Hale as a text names it.
struct CommandMention: Sendable {
    /// Where it stands, `file:line`.
    let place: String
    /// The words behind `hale`.
    let words: [String]
    /// Whether it stands alone, as in a line of shell; else in a sentence, which goes on behind it.
    let isCode: Bool

    /// What stands before a lower-case `hale` that is no command but a format, a schema, a database or the name of a lock.
    private static let nouns = ["format ", "schema ", "hale_data, ", "database ", "hashtext('"]

    /// The commands named in a sentence, or anywhere in a line; `place` says where the byte at an offset stands.
    static func inSentence(_ text: String, place: (_ offset: Int) -> String) -> [CommandMention] {
        text.ranges(of: "hale ").compactMap { range in
            let before = text[..<range.lowerBound]
            if let last = before.last, last.isLetter || last.isNumber || "_-.@/".contains(last) { return nil }
            if nouns.contains(where: before.hasSuffix) { return nil }
            let words = words(ofSentence: text[range.upperBound...].prefix { $0 != "\n" })
            guard let first = words.first, first != "hale" else { return nil }
            return CommandMention(place: place(before.utf8.count), words: words, isCode: false)
        }
    }

    /// The command that a piece of code is, a span or a line of shell; nil where it is none.
    static func inCode(_ text: String, place: String) -> CommandMention? {
        let start = /(?:\$ )?(?:[A-Z_]+=\S+ +)*(?:\S*build\/\S*\/)?hale +(?=\S)/
        guard let match = text.prefixMatch(of: start) else { return nil }
        var line = text[match.range.upperBound...].replacing(/"[^"]*"/, with: SwiftLiterals.value)
        for end in [" #", " >", " |", " &&"] {
            if let range = line.firstRange(of: end) { line = line[..<range.lowerBound] }
        }
        let words = line.split(separator: " ").map(String.init)
        return words.isEmpty ? nil : CommandMention(place: place, words: words, isCode: true)
    }

    /// The words up to the end of the clause.
    private static func words(ofSentence text: Substring) -> [String] {
        var words: [String] = []
        for word in text.split(separator: " ") {
            if word == "hale" || word.hasPrefix("(") || ["#", "|", ">", "&&"].contains(word) { break }
            let bare = word.prefix { !",;:)\"'`?".contains($0) }
            let full = bare.hasSuffix(".") ? bare.dropLast() : bare
            if !full.isEmpty { words.append(String(full)) }
            if full.count < word.count { break }
        }
        return words
    }
}

extension CommandMention {
    /// Those of a Swift source: in its literals, and in the code of its comments.
    static func inSwift(_ page: Documentation.Page) -> [CommandMention] {
        guard page.text.contains("hale ") else { return [] }
        let source = SwiftLiterals(page.text)
        let said = source.literals.flatMap { piece in
            inSentence(piece.text) { "\(page.path):\(piece.line(at: $0))" }
        }
        let commented = source.comments.flatMap { piece in
            Documentation.Code.spans(of: piece.text).compactMap {
                inCode($0, place: "\(page.path):\(piece.line(at: 0))")
            }
        }
        return said + commented
    }

    /// Those of a page of Markdown: its spans, and the lines of its blocks.
    static func inMarkdown(_ page: Documentation.Page) -> [CommandMention] {
        page.code.flatMap { code in
            let place = "\(page.path):\(code.line)"
            if let mention = inCode(code.text, place: place) { return [mention] }
            return code.language == nil ? [] : inSentence(code.text) { _ in place }
        }
    }

    /// Those of any other text.
    static func inText(_ page: Documentation.Page) -> [CommandMention] {
        page.lines.flatMap { line in inSentence(line.text) { _ in "\(page.path):\(line.number)" } }
    }
}
