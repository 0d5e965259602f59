/// Slips that people make who write a condition as they would write a sentence, explained at their place.
enum ExpressionSlips {
    /// The first number written with commas, or percent sign that is no remainder; nil where there is none.
    static func first(in tokens: [PlacedToken]) -> LexicalRefusal? {
        // For each open parenthesis whether commas separate arguments in it.
        var open: [Bool] = []
        for (place, placed) in tokens.enumerated() {
            switch placed.token {
            case .symbol("("): open.append(place > 0 && takesArguments(tokens[place - 1].token))
            case .symbol(")"): _ = open.popLast()
            case .symbol(",") where open.last != true:
                if let slip = commas(at: place, tokens) { return slip }
            case .symbol("%"):
                if let slip = percent(at: place, tokens) { return slip }
            default: break
            }
        }
        return nil
    }

    /// Functions and lists take arguments; other keywords stand before a plain parenthesis.
    private static func takesArguments(_ token: ExpressionToken) -> Bool {
        guard case .word(let word) = token else { return false }
        return word == "in" || !ExpressionWords.keywords.contains(word)
    }

    /// `10,000` and `1,250,000`; or `1,5`.
    private static func commas(at place: Int, _ tokens: [PlacedToken]) -> LexicalRefusal? {
        guard place > 0, let first = digits(tokens[place - 1]) else { return nil }
        var groups: [String] = []
        var next = place
        while tokens.indices.contains(next + 1), tokens[next].token == .symbol(","),
            let group = digits(tokens[next + 1])
        {
            groups.append(group)
            next += 2
        }
        guard !groups.isEmpty else { return nil }
        let written = ([first] + groups).joined(separator: ",")
        // What is behind the point belongs to the last group.
        let isGrouped = groups.allSatisfy { $0.prefix { $0 != "." }.count == 3 }
        let meant = isGrouped ? first + groups.joined() : groups.count == 1 ? "\(first).\(groups[0])" : nil
        let advice = meant.map { ": write \($0) for \(written)" } ?? ""
        return LexicalRefusal(
            position: tokens[place - 1].position,
            message: isGrouped
                ? "a number has no commas between its thousands\(advice)" : "decimals stand behind a point\(advice)")
    }

    /// `50%`, behind which nothing stands that it could be divided by.
    private static func percent(at place: Int, _ tokens: [PlacedToken]) -> LexicalRefusal? {
        if tokens.indices.contains(place + 1) {
            switch tokens[place + 1].token {
            case .number, .string, .symbol("("), .symbol("-"), .symbol("+"): return nil
            case .word(let word) where !ExpressionWords.keywords.contains(word) || word == "case" || word == "null":
                return nil
            default: break
            }
        }
        let number = place > 0 ? digits(tokens[place - 1]) : nil
        let example = number.flatMap { text in Double(text).map { (text, "\($0 / 100)") } } ?? ("50", "0.5")
        let position = number == nil ? tokens[place].position : tokens[place - 1].position
        return LexicalRefusal(
            position: position,
            message: "% is the remainder of a division here: a share is a number up to 1, so write \(example.1) for "
                + "\(example.0)%")
    }

    /// The text of a number.
    private static func digits(_ placed: PlacedToken) -> String? {
        if case .number(let text) = placed.token { text } else { nil }
    }

    // MARK: Characters and operators of other languages

    /// What to write in the place of a character that is refused; empty where nobody can say.
    static func advice(on scalar: Unicode.Scalar) -> String {
        switch scalar {
        case "$", "€", "£", "¥": ": money stands in the reporting currency, without a sign"
        case "\"", "“", "”", "„", "’", "‘", "`", "´": ": a text stands in single quotes, such as 'red'"
        case "&": ": write and"
        case "≥": ": write >="
        case "≤": ": write <="
        case "≠": ": write <>"
        case "^": ": write power(a, b)"
        case "{", "}": ": values stand in {{…}} in texts only; here write the signal's name alone"
        case "[", "]": ": a list stands in parentheses, such as band in ('red', 'amber')"
        case "?", ":": ": write case when … then … else … end"
        case "\u{A0}", "\u{202F}", "\u{2009}", "\u{3000}", "\u{200B}", "\u{FEFF}": ": it is an unusual space"
        default: ""
        }
    }

    /// The same for an operator.
    static func advice(onOperator text: String) -> String {
        let meant = [
            "==": "=", "===": "=", "=>": ">=", "=<": "<=", "!": "not", "!==": "<>", "=!": "<>", "><": "<>",
            "**": "power(a, b)",
        ]
        return meant[text].map { ": write \($0)" } ?? ""
    }

    /// The same for letters that stand right behind digits: `10k`, `1.5m`, `10_000`.
    static func advice(onNumber digits: String, followedBy letters: String) -> String {
        if letters.hasPrefix("_") {
            let all = (digits + letters).filter { $0 != "_" }
            return all.allSatisfy { $0.isNumber || $0 == "." } ? ": write \(all)" : ""
        }
        let factors = ["k": 1e3, "t": 1e3, "m": 1e6, "mio": 1e6, "mn": 1e6, "b": 1e9, "bn": 1e9]
        if let factor = factors[letters.lowercased()], let value = Double(digits),
            let whole = Int64(exactly: (value * factor).rounded())
        {
            return ": write \(whole) for \(digits)\(letters)"
        }
        return ["d", "day", "days"].contains(letters.lowercased())
            ? ": days are plain numbers here, so write \(digits)" : ""
    }
}
