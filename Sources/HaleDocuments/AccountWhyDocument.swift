import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale accounts why` prints.
package struct AccountWhyDocument {
    package let name: String
    package let account: String
    /// The earlier day that was asked for.
    package let since: Day
    /// The later day that was asked for.
    package let day: Day
    package let outcome: ChangeExplanation.Outcome

    package init(name: String, account: String, since: Day, day: Day, outcome: ChangeExplanation.Outcome) {
        self.name = name
        self.account = account
        self.since = since
        self.day = day
        self.outcome = outcome
    }

    private var before: ScoreExplanation { outcome.before }
    private var after: ScoreExplanation { outcome.after }

    package var document: Document {
        var notices: [Document.Notice] = []
        for (asked, scored) in [(since, before.day), (day, after.day)] where asked != scored {
            notices.append(.note("\(asked) was not scored: \(scored) is the newest scored day before it"))
        }
        if before.modelHash != after.modelHash {
            notices.append(
                .note(
                    "the model changed: \(before.day) was scored again under the new one, what that alone changes is configuration"
                ))
        }
        let unmoved = outcome.change.lines.count { !$0.isSeen && $0.driver != AccountChange.override }
        if unmoved > 0 {
            notices.append(
                .note("\(unmoved) of \(outcome.change.lines.count) lines move less than 0.05 points and are left out"))
        }
        return Document(
            titles: ["\(name) (\(account)), \(before.day) to \(after.day)", summary], notices: notices,
            table: table,
            json: [
                "asOf": .string(after.day.description), "since": .string(before.day.description),
                "accountId": .string(account), "name": .string(name), "before": .number(before.score),
                "after": .number(after.score), "smoothedBefore": .number(before.smoothedScore),
                "smoothedAfter": .number(after.smoothedScore), "bandBefore": .string(outcome.bandBefore.rawValue),
                "bandAfter": .string(outcome.bandAfter.rawValue),
                "modelChanged": .bool(before.modelHash != after.modelHash),
                "changes": .array(outcome.change.lines.map(json)),
            ])
    }

    private var summary: String {
        func score(_ value: Double) -> String { NumberText.fixed(value, decimals: 1) }
        return "score \(score(before.score)) to \(score(after.score)) (\(signed(after.score - before.score))), "
            + "smoothed \(score(before.smoothedScore)) to \(score(after.smoothedScore)) "
            + "(\(signed(after.smoothedScore - before.smoothedScore))), "
            + (outcome.bandBefore == outcome.bandAfter
                ? "still \(outcome.bandAfter.rawValue)"
                : "\(outcome.bandBefore.rawValue) to \(outcome.bandAfter.rawValue)")
    }

    private var table: Table {
        var table = Table([
            Column("driver", priority: 100), Column("change", key: "total", content: .scoreBar, priority: 95),
            Column("signal", content: .number, priority: 80), Column("data", content: .number, priority: 79),
            Column("configuration", content: .number, priority: 78),
            Column("in words", key: "text", priority: 90, minimumWidth: 24, overflow: .wrap(maximumLines: 6)),
        ])
        let lines = outcome.change.lines
        let largest = lines.map { abs($0.total) }.max() ?? 1
        for line in lines where line.isSeen || line.driver == AccountChange.override {
            table.append([
                .text(line.driver), .scoreBar(ScoreBar(points: line.total, largest: largest)),
                .number(line.signal, decimals: 1), .number(line.data, decimals: 1),
                .number(line.configuration, decimals: 1), .text(line.text),
            ])
        }
        return table
    }

    private func json(_ line: AccountChange.Line) -> JSONValue {
        [
            "driver": .string(line.driver), "signal": .number(line.signal), "data": .number(line.data),
            "configuration": .number(line.configuration), "override": .number(line.override),
            "total": .number(line.total), "text": .string(line.text),
        ]
    }

    private func signed(_ value: Double) -> String {
        let text = NumberText.fixed(value, decimals: 1)
        return value > 0 && text != "0.0" ? "+" + text : text
    }
}

extension AccountChange.Line {
    /// Whether a part of it shows with one decimal.
    fileprivate var isSeen: Bool {
        [signal, data, configuration].contains { abs($0) >= 0.05 }
    }
}
