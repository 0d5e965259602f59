import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale rules ledger` prints.
package struct RuleLedgerDocument {
    package let ledger: RuleLedger

    package init(ledger: RuleLedger) {
        self.ledger = ledger
    }

    package var document: Document {
        var table = Table([
            Column("rule", priority: 100, minimumWidth: 16),
            Column("fired", content: .number, priority: 99),
            Column("accounts", content: .number, priority: 60),
            Column("digest", key: "digestOnly", content: .number, priority: 70),
            Column("acted on", key: "actedOn", content: .number, priority: 96),
            Column("useful", content: .number, priority: 95), Column("noise", content: .number, priority: 94),
            Column("precision", content: .percent, priority: 93),
            Column("from", key: "low90", content: .percent, priority: 80),
            Column("to", key: "high90", content: .percent, priority: 80),
            Column("lost caught", key: "lost", content: .number, priority: 92),
            Column("hours", content: .number, priority: 91), Column("told by", key: "toldBy", priority: 65),
        ])
        for entry in ledger.entries {
            let verdicts = entry.verdicts
            func percent(_ share: Double?) -> Cell { .optional(share) { .percent($0, decimals: 0) } }
            table.append([
                .text(entry.rule), .count(entry.fired), .count(entry.accounts), .count(entry.digestOnly),
                .count(entry.actedOn), .count(verdicts.useful), .count(verdicts.noise), percent(verdicts.precision),
                percent(verdicts.interval?.lowerBound), percent(verdicts.interval?.upperBound), .count(entry.lost),
                .number(Double(entry.minutes) / 60, decimals: 1), .text(entry.isNoisy ? "digest" : "receivers"),
            ])
        }
        return Document(
            titles: [
                "Rules and their alerts from \(ledger.from) to \(ledger.to)",
                "\(ledger.lost) accounts lost after \(ledger.from) and up to \(ledger.lossesUntil)",
                "precision: useful alerts of those that were judged, with its 90 % interval",
            ],
            table: table,
            json: [
                "asOf": .string(ledger.to.description), "from": .string(ledger.from.description),
                "to": .string(ledger.to.description), "lossesUntil": .string(ledger.lossesUntil.description),
                "lost": .init(ledger.lost), "rules": .array(ledger.entries.map(\.json)),
            ])
    }
}

extension RuleLedgerEntry {
    /// The entry as one JSON object.
    fileprivate var json: JSONValue {
        [
            "rule": .string(rule), "fired": .init(fired), "accounts": .init(accounts),
            "digestOnly": .init(digestOnly), "actedOn": .init(actedOn), "useful": .init(verdicts.useful),
            "noise": .init(verdicts.noise),
            "precision": verdicts.interval.map { interval in
                [
                    "value": .init(verdicts.precision), "low90": .number(interval.lowerBound),
                    "high90": .number(interval.upperBound),
                ]
            } ?? .null,
            "lost": .init(lost), "hours": .number(Double(minutes) / 60),
            "toldBy": .string(isNoisy ? "digest" : "receivers"),
        ]
    }
}
