import Foundation

extension CommandTree {
    /// What is wrong with a command that a text names, with what is near; nil where it is one.
    func problem(of mention: CommandMention) -> String? {
        for words in Self.alternatives(mention.words) {
            if let problem = problem(ofWords: words, isCode: mention.isCode) { return problem }
        }
        return nil
    }

    /// `mapping|list` is one of both.
    private static func alternatives(_ words: [String]) -> [[String]] {
        guard let index = words.firstIndex(where: { $0.contains("|") && !$0.hasPrefix("-") }) else { return [words] }
        return words[index].split(separator: "|").map { Array(words[..<index]) + [String($0)] }
    }

    private func problem(ofWords words: [String], isCode: Bool) -> String? {
        let (path, command) = command(at: words)
        let name = (["hale"] + path).joined(separator: " ")
        var rest = words.dropFirst(path.count)
        if let word = rest.first, let below = command.subcommands?.map(\.commandName), Self.isWord(word) {
            if command.defaultSubcommand == nil { return Self.unknown(word, of: name, known: below) }
            let known = path == ["import"] ? below + kinds : below
            let takesWords = command.takingDefault.wordLimit != 0
            let isNear = known.contains { $0 != word && Self.distance($0, word) <= 2 }
            if !known.contains(word), isNear || isCode && !takesWords {
                return Self.unknown(word, of: name, known: known)
            }
        }
        let running = command.takingDefault
        if running.passesOn || path.isEmpty { return nil }
        var wordsLeft = running.wordLimit ?? Int.max
        while let word = rest.popFirst() {
            let bare = word.trimmingCharacters(in: ["[", "]"])
            if bare.hasPrefix("--") {
                let option = String(bare.prefix { $0 != "=" })
                if ["--help", "--version"].contains(option) { continue }
                guard let known = running.options.first(where: { $0.name == option }) else {
                    return Self.unknown(option, of: name, known: running.options.map(\.name))
                }
                if known.takesValue, bare == option { rest = rest.dropFirst() }
            } else if bare.wholeMatch(of: /-[a-z]/) != nil {
                if !running.letters.contains(bare) { return "\(name) has no \(bare)" }
            } else if isCode, word == bare, word != "…" {
                if wordsLeft == 0 { return "\(name) takes fewer words than \(word)" }
                wordsLeft -= 1
            }
        }
        return nil
    }

    /// Whether it is written as commands are: small letters with hyphens.
    private static func isWord(_ text: String) -> Bool { text.wholeMatch(of: /[a-z]+(-[a-z]+)*/) != nil }

    private static func unknown(_ word: String, of name: String, known: [String]) -> String {
        let nearest = known.map { (name: $0, distance: distance($0, word)) }
        let least = nearest.map(\.distance).min() ?? 0
        let near = nearest.filter { $0.distance == least }.map(\.name).sorted().joined(separator: ", ")
        return "\(name) has no \(word); near: \(near)"
    }

    /// Letters to take away and to put in.
    private static func distance(_ one: String, _ other: String) -> Int { one.difference(from: other).count }
}
