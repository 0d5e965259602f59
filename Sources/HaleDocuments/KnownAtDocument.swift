package import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale score --known-at` prints: the scores of a day from what was known at an instant.
package struct KnownAtDocument {
    package let day: Day
    package let outcome: KnownAtScore.Outcome

    package init(day: Day, outcome: KnownAtScore.Outcome) {
        self.day = day
        self.outcome = outcome
    }

    package var document: Document {
        var table = Table([
            Column("account", key: "accountId", priority: 100), Column("band", content: .band, priority: 95),
            Column("computed", key: "computedBand", content: .band, priority: 50),
            Column("score", content: .number, priority: 90),
            Column("smoothed", key: "smoothedScore", content: .number, priority: 91),
            Column("coverage", content: .percent, priority: 60), Column("reasons", priority: 40, minimumWidth: 12),
        ])
        for score in outcome.scores {
            table.append([
                .text(score.accountID), .band(band(of: score)), .band(score.computedBand),
                score.isScored ? .number(score.composition.score, decimals: 1) : .missing,
                score.isScored ? .number(score.smoothed.score, decimals: 1) : .missing,
                .percent(score.composition.coverage, decimals: 0),
                .text(score.exceptions.map(\.rawValue).joined(separator: ", ")),
            ])
        }
        return Document(
            titles: ["Scores of \(day) as they would have been from what was known at \(outcome.knownAt)"],
            notices: [.note("nothing was stored")], table: table,
            json: [
                "asOf": .string(day.description), "knownAt": .string(outcome.knownAt),
                "accounts": .array(outcome.scores.map(json)),
            ])
    }

    private func band(of score: AccountScore) -> Band {
        BandOverride.apply(
            outcome.overrides[score.accountKey]?.band, to: score.band, exceptions: score.exceptions)
    }

    private func json(_ score: AccountScore) -> JSONValue {
        [
            "accountId": .string(score.accountID), "score": .number(score.composition.score),
            "smoothedScore": .number(score.smoothed.score), "band": .string(band(of: score).rawValue),
            "computedBand": .string(score.computedBand.rawValue),
            "reasons": .array(score.exceptions.map { .string($0.rawValue) }),
            "coverage": .number(score.composition.coverage),
            "override": outcome.overrides[score.accountKey]?.json ?? .null,
        ]
    }
}
