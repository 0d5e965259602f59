import HaleDomain
import HaleOutput
import HaleStore

extension MorningNews {
    /// How many rows of a kind are shown; the counts tell them all, and JSON has them.
    private static let shownOfKind = 8

    /// The news in front of the list: what asks for somebody, then the good news, then what is decided next.
    func sections(_ money: ReportMoney) -> [Document.Section] {
        var sections = [Document.Section(title: "Since \(since.short(near: day))", lines: [summary], table: newsTable)]
        if !goodRows.isEmpty {
            sections.append(Document.Section(title: "Good news", table: Self.table(goodRows)))
        }
        if !decisions.isEmpty {
            sections.append(Document.Section(title: "Renewals by decision", table: decisionTable(money)))
        }
        return sections
    }

    private var summary: String {
        let parts = [
            ("new", opened.count), ("worse", worse.count), ("better", better.count), ("gone", ended.count),
            ("said", wrote.count), ("promised", promised.count),
        ].filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
        let words = parts.isEmpty ? "nothing new" : parts.joined(separator: ", ")
        guard comparedWith != since else { return words }
        return words + (comparedWith.map { "; health compared with \($0.short(near: day))" } ?? "; no score so early")
    }

    private typealias NewsRow = (kind: String, id: String, account: String, text: String)

    private var newsTable: Table? {
        let rows: [NewsRow] =
            Self.first(promised) { ("promised", $0.accountID, $0.accountName, promise($0)) }
            + Self.first(worse) { ("worse", $0.accountID, $0.name, $0.move.sentence) }
            + Self.first(wrote) { ("said", $0.accountID, $0.name, $0.sentence(near: day)) }
            + Self.first(opened) {
                ("new", $0.accountID, $0.accountName, ([$0.title] + $0.facts.prefix(1)).joined(separator: ": "))
            }
            + Self.first(ended) { ("gone", $0.accountID, $0.accountName, "\($0.title): \($0.endText(near: day))") }
        return rows.isEmpty ? nil : Self.table(rows)
    }

    private var goodRows: [NewsRow] {
        Self.first(better) { ("better", $0.accountID, $0.name, $0.move.sentence) }
            + Self.first(renewed) { ("renewed", $0.accountID, $0.name, $0.sentence(near: day)) }
            + Self.first(promoters) { ("promoter", $0.accountID, $0.name, $0.sentence(near: day)) }
    }

    private static func first<Item>(_ items: [Item], _ row: (Item) -> NewsRow) -> [NewsRow] {
        let shown = items.prefix(shownOfKind).map(row)
        guard items.count > shownOfKind, let last = shown.last else { return shown }
        return shown + [(last.kind, "", "", "and \(items.count - shownOfKind) more")]
    }

    private static func table(_ rows: [NewsRow]) -> Table {
        var table = Table([
            Column("news", priority: 99), Column("account", priority: 98, minimumWidth: 12),
            Column("id", key: "accountId", priority: 90),
            Column("what", priority: 97, minimumWidth: 24, overflow: .wrap(maximumLines: 3)),
        ])
        for row in rows {
            table.append([
                .text(row.kind), row.account.isEmpty ? .text("") : .text(row.account), .text(row.id), .text(row.text),
            ])
        }
        return table
    }

    private func decisionTable(_ money: ReportMoney) -> Table {
        var table = Table([
            Column("decision", content: .date, priority: 99),
            Column("in days", key: "days", content: .number, priority: 60),
            Column("account", priority: 98, minimumWidth: 12), Column("id", key: "accountId", priority: 90),
            Column("band", content: .band, priority: 92), Column("arr", content: .money, priority: 95),
        ])
        for decision in decisions {
            table.append([
                .day(iso: decision.day.description, said: decision.day.short(near: day)), .count(decision.day - day),
                .text(decision.name), .text(decision.accountID), .band(decision.band),
                decision.arrMinor == 0 ? .missing : money.cell(decision.arrMinor),
            ])
        }
        return table
    }

    private func promise(_ task: ListedTask) -> String {
        if let until = task.snoozedUntil, since < until {
            return "\(task.title): snoozed until \(until.short(near: day))"
        }
        return "\(task.title): due \(task.dueOn == day ? "today" : task.dueOn.short(near: day))"
    }
}

extension HealthMove {
    /// The move in words.
    var sentence: String {
        let points =
            "score \(NumberText.fixed(formerScore, decimals: 0)) → \(NumberText.fixed(score, decimals: 0))"
        return formerBand == band ? points : "\(formerBand.rawValue) → \(band.rawValue), \(points)"
    }
}

extension ListedTask {
    /// How it ended, in words.
    fileprivate func endText(near day: Day) -> String {
        let result = outcome.map { " (\($0.rawValue))" } ?? ""
        return (end?.rawValue ?? "open") + result + (closedOn.map { " on \($0.short(near: day))" } ?? "")
    }
}

extension NewsStore.Word {
    /// What was said, by whom, and when.
    func sentence(near other: Day) -> String {
        let said = text.map { ": \($0)" } ?? ""
        let by = person.map { " by \($0)" } ?? ""
        let with = person.map { " with \($0)" } ?? ""
        let on = " on \(day.short(near: other))"
        switch kind {
        case .note: return "note\(by)\(on)\(said)"
        case .answer: return "\(score ?? 0) of 10\(by)\(on)\(said)"
        case .ticket: return "P\(score ?? 0) ticket\(on)\(said)"
        case .call, .meeting, .contact: return "\(kind.rawValue)\(with)\(on)\(said)"
        case .email: return "e-mail\(person.map { " to \($0)" } ?? "")\(on)\(said)"
        case .reply: return "reply\(by)\(on)\(said)"
        case .notice: return "notice of non-renewal\(on)"
        case .renewed, .lost: return "\(kind.rawValue)\(on)"
        }
    }
}

extension MorningNews {
    /// The news as one JSON object.
    var json: JSONValue {
        [
            "since": .string(since.description), "comparedWith": .init(comparedWith?.description),
            "new": .array(opened.map { $0.json(on: day) }), "gone": .array(ended.map { $0.json(on: day) }),
            "promised": .array(promised.map { $0.json(on: day) }), "worse": .array(worse.map(\.json)),
            "better": .array(better.map(\.json)), "said": .array(words.map(\.json)),
            "decisions": .array(decisions.map(\.json)),
        ]
    }
}

extension NewsStore.Move {
    fileprivate var json: JSONValue {
        [
            "accountId": .string(accountID), "account": .string(name), "formerBand": .string(move.formerBand.rawValue),
            "band": .string(move.band.rawValue), "formerScore": .number(move.formerScore), "score": .number(move.score),
        ]
    }
}

extension NewsStore.Word {
    fileprivate var json: JSONValue {
        [
            "accountId": .string(accountID), "account": .string(name), "kind": .string(kind.rawValue),
            "day": .string(day.description), "person": .init(person), "score": .init(score), "text": .init(text),
        ]
    }
}

extension NewsStore.Decision {
    fileprivate var json: JSONValue {
        [
            "accountId": .string(accountID), "account": .string(name), "decisionOn": .string(day.description),
            "band": .string(band.rawValue), "arrMinor": .init(arrMinor),
        ]
    }
}
