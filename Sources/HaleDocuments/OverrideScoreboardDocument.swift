package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale accounts overrides --scoreboard` prints: how often people were right.
package struct OverrideScoreboardDocument {
    package let day: Day
    package let outcomes: [OverrideStore.Outcome]

    package init(day: Day, outcomes: [OverrideStore.Outcome]) {
        self.day = day
        self.outcomes = outcomes
    }

    package var document: Document {
        let people = Dictionary(grouping: outcomes, by: \.override.setBy).sorted { $0.key < $1.key }
            .map { Tally(name: $0.key, outcomes: $0.value) }
        let all = Tally(name: "all", outcomes: outcomes)
        return Document(
            titles: ["Overrides against what happened, as of \(day)", all.sentence],
            sections: [Document.Section(title: "People", table: table(people + [all])), list], sectionKey: "part",
            json: [
                "asOf": .string(day.description), "total": all.json, "people": .array(people.map(\.json)),
                "overrides": .array(outcomes.map(json)),
            ])
    }

    private func table(_ tallies: [Tally]) -> Table {
        var table = Table([
            Column("by", priority: 100), Column("overrides", content: .number, priority: 90),
            Column("renewals right", key: "renewalsRight", content: .number, priority: 89),
            Column("wrong", key: "renewalsWrong", content: .number, priority: 88),
            Column("score came", key: "scoresRight", content: .number, priority: 80),
            Column("stayed", key: "scoresWrong", content: .number, priority: 79),
            Column("agreed", content: .number, priority: 60), Column("open", content: .number, priority: 61),
        ])
        for tally in tallies {
            table.append([
                .text(tally.name), .count(tally.overrides), .count(tally.count(.right, .renewal)),
                .count(tally.count(.wrong, .renewal)), .count(tally.count(.right, .score)),
                .count(tally.count(.wrong, .score)), .count(tally.count(.agreed, nil)), .count(tally.count(.open, nil)),
            ])
        }
        return table
    }

    private var list: Document.Section {
        var table = Table([
            Column("account", key: "name", priority: 100, minimumWidth: 14),
            Column("set", key: "band", content: .band, priority: 98),
            Column("computed", key: "computedFirst", content: .band, priority: 97),
            Column("afterwards", key: "computedLast", content: .band, priority: 70),
            Column("renewal", key: "outcome", priority: 90), Column("verdict", priority: 99),
            Column("from", content: .date, priority: 60),
            Column("last day", key: "lastOn", content: .date, priority: 61),
            Column("by", priority: 80),
        ])
        for outcome in outcomes {
            table.append([
                .text(outcome.name), .band(outcome.override.band), .band(outcome.facts.computedFirst),
                .band(outcome.facts.computedLast),
                .optional(outcome.facts.isRenewed) { .text($0 ? "renewed" : "lost") },
                .text(outcome.judgement.verdict.rawValue), .date(outcome.override.startsOn.description),
                .date(outcome.lastOn.description), .text(outcome.override.setBy),
            ])
        }
        return Document.Section(title: "Overrides", table: table)
    }

    private func json(_ outcome: OverrideStore.Outcome) -> JSONValue {
        outcome.override.json.adding([
            .init("accountId", .string(outcome.accountID)), .init("name", .string(outcome.name)),
            .init("lastOn", .string(outcome.lastOn.description)),
            .init("computedFirst", .init(outcome.facts.computedFirst?.rawValue)),
            .init("computedLast", .init(outcome.facts.computedLast?.rawValue)),
            .init("renewed", .init(outcome.facts.isRenewed)),
            .init("verdict", .string(outcome.judgement.verdict.rawValue)),
            .init("evidence", .init(outcome.judgement.evidence?.rawValue)),
        ])
    }
}

/// The verdicts on some overrides.
private struct Tally {
    let name: String
    let overrides: Int
    private let judgements: [(verdict: OverrideVerdict, evidence: OverrideVerdict.Evidence?)]

    init(name: String, outcomes: [OverrideStore.Outcome]) {
        self.name = name
        overrides = outcomes.count
        judgements = outcomes.map(\.judgement)
    }

    func count(_ verdict: OverrideVerdict, _ evidence: OverrideVerdict.Evidence?) -> Int {
        judgements.count { $0.verdict == verdict && $0.evidence == evidence }
    }

    /// How often people were right, by what it rests on.
    var sentence: String {
        func share(_ evidence: OverrideVerdict.Evidence) -> String {
            let right = count(.right, evidence)
            return "\(right) of \(right + count(.wrong, evidence))"
        }
        return
            "people were right in \(share(.renewal)) decided renewals; in \(share(.score)) other cases the score came "
            + "their way afterwards"
    }

    var json: JSONValue {
        [
            "by": .string(name), "overrides": .init(overrides), "renewalsRight": .init(count(.right, .renewal)),
            "renewalsWrong": .init(count(.wrong, .renewal)), "scoresRight": .init(count(.right, .score)),
            "scoresWrong": .init(count(.wrong, .score)), "agreed": .init(count(.agreed, nil)),
            "open": .init(count(.open, nil)),
        ]
    }
}
