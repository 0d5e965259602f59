/// The priorities of tickets, as help desks in five languages write them: 1 is urgent, 2 high, 3 everything else.
enum PriorityWords {
    /// The spellings that a message names.
    static let accepted = ["p1", "p2", "p3", "sev 1", "urgent", "high", "normal", "low"]

    /// The priority of a text: by its level, such as `P1`, `Sev 2`, `1 - Critical` or `High (P2)`, else by its word.
    static func value(of text: ArraySlice<UInt8>) -> Int? {
        let tokens = PlainText.date(text).split { !WordCut.isLetter($0) && !WordCut.isDigit($0) }
            .map { String(decoding: $0, as: UTF8.self) }
        if let level = level(in: tokens) { return level < 2 ? 1 : min(level, 3) }
        // 1 to 3 stand for themselves; of 0, 4 and 5 it takes a word beside them to know that 1 is not the least.
        if let first = tokens.first, let level = digit(first) {
            guard tokens.count > 1 else { return (1...3).contains(level) ? level : nil }
            return words[tokens.dropFirst().joined()] == nil ? nil : level < 2 ? 1 : min(level, 3)
        }
        return words[tokens.joined()]
    }

    /// The number behind one of the words that stand before levels, in the same token or the next.
    private static func level(in tokens: [String]) -> Int? {
        for (place, token) in tokens.enumerated() {
            let name = token.last?.isNumber == true ? String(token.dropLast()) : token
            guard beforeLevels.contains(name) else { continue }
            let number = name == token ? tokens.dropFirst(place + 1).first : token.last.map { String($0) }
            if let level = number.flatMap(digit) { return level }
        }
        return nil
    }

    /// The value of a single digit up to 5.
    private static func digit(_ text: String) -> Int? {
        guard text.count == 1, let number = Int(text), number <= 5 else { return nil }
        return number
    }

    private static let beforeLevels: Set<String> = [
        "p", "prio", "priority", "prioritat", "priorite", "prioriteit", "prioridad", "sev", "severity", "s", "level",
    ]

    private static let words: [String: Int] = {
        let levels = [
            """
            urgent critical highest blocker emergency immediate showstopper dringend kritisch sofort hochste sehrhoch critique
            urgente bloquant treshaute kritiek spoed zeerhoog critica critico inmediata muyalta
            """,
            "high major important hoch wichtig haute haut elevee eleve majeure hoog belangrijk alta alto importante",
            """
            medium normal low minor lowest moderate trivial planning none mittel niedrig gering moyenne moyen normale basse bas
            faible mineure middel gemiddeld normaal laag media medio baja bajo
            """,
        ]
        var words: [String: Int] = [:]
        for (index, level) in levels.enumerated() {
            for word in level.split(whereSeparator: \.isWhitespace) { words[String(word)] = index + 1 }
        }
        return words
    }()
}
