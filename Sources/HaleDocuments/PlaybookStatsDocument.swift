import Foundation
package import HaleDomain
package import HaleOutput

/// What `hale playbooks stats` prints.
package struct PlaybookStatsDocument {
    package let first: Day?
    package let last: Day
    package let records: [PlaybookRecord]
    package let playbooks: [Playbook]
    /// What is assumed where a playbook has no rate of its own.
    package let saveRate: Double
    package let money: ReportMoney

    package init(
        first: Day?, last: Day, records: [PlaybookRecord], playbooks: [Playbook], saveRate: Double, money: ReportMoney
    ) {
        self.first = first
        self.last = last
        self.records = records
        self.playbooks = playbooks
        self.saveRate = saveRate
        self.money = money
    }

    package var document: Document {
        var table = Table([
            Column("playbook", priority: 100, minimumWidth: 16), Column("opened", content: .number, priority: 80),
            Column("done", content: .number, priority: 95),
            Column("by contact", key: "byContact", content: .number, priority: 40),
            Column("lapsed", content: .number, priority: 60), Column("saved", content: .number, priority: 94),
            Column("lost", content: .number, priority: 70), Column("hours", content: .number, priority: 65),
            Column("saved ARR", key: "savedArr", content: .money, priority: 90),
            Column("save rate", key: "saveRate", priority: 97, minimumWidth: 20),
            Column("kept when done", key: "treated", priority: 50),
            Column("when held out", key: "heldOut", priority: 45),
        ])
        for record in records {
            table.append([
                .text(record.playbook.isEmpty ? "(no playbook)" : record.playbook), .count(record.opened),
                .count(record.done), .count(record.doneByContact), .count(record.lapsed),
                .count(record.outcomes[.saved] ?? 0), .count(record.outcomes[.lost] ?? 0),
                .count((record.minutes + 30) / 60), savedARR(record), .text(rateText(record)),
                .text(armText(record.treated)), .text(armText(record.heldOut)),
            ])
        }
        let since = first.map { " opened since \($0)" } ?? ""
        return Document(
            titles: ["What playbooks did", "tasks\(since) up to \(last)"],
            notices: [
                .note(
                    "a save rate is assumed until \(PlaybookRecord.decisionsNeeded) renewals were decided after tasks that "
                        + "were done and as many where accounts were held out; intervals are of 90 %")
            ],
            table: table,
            json: [
                "from": .init(first?.description), "to": .string(last.description),
                "playbooks": .array(records.map(json)),
            ])
    }

    private func assumed(_ record: PlaybookRecord) -> Double {
        playbooks.first { $0.name == record.playbook }?.saveRate ?? saveRate
    }

    private func savedARR(_ record: PlaybookRecord) -> Cell {
        guard !money.currency.isEmpty else { return .missing }
        return .money(
            minor: minor(record.savedARR), currency: money.currency, exponent: money.exponent, form: .whole)
    }

    private func minor(_ amount: Double) -> Int64 {
        Int64(nearest: amount * pow(10, Double(money.exponent)))
    }

    private func rateText(_ record: PlaybookRecord) -> String {
        let rate = record.saves.rate(assuming: assumed(record))
        let interval = record.saves.interval(assuming: assumed(record))
        let range = "\(percent(rate)) (\(percent(interval.low))–\(percent(interval.high)), n = \(record.saves.treated))"
        return record.isAssumed ? range + ", assumed" : range
    }

    private func armText(_ arm: PlaybookRecord.Arm) -> String {
        arm.share.map { "\(percent($0)) of \(arm.decided)" } ?? "–"
    }

    private func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

    private func json(_ record: PlaybookRecord) -> JSONValue {
        let interval = record.saves.interval(assuming: assumed(record))
        return [
            "playbook": .init(record.playbook.isEmpty ? nil : record.playbook), "opened": .init(record.opened),
            "done": .init(record.done), "doneByContact": .init(record.doneByContact), "dropped": .init(record.dropped),
            "lapsed": .init(record.lapsed),
            "outcomes": .object(TaskOutcome.allCases.map { .init($0.rawValue, .init(record.outcomes[$0] ?? 0)) }),
            "minutes": .init(record.minutes), "savedArr": money.json(minor(record.savedARR)),
            "saveRate": .number(record.saves.rate(assuming: assumed(record))), "saveRateLow90": .number(interval.low),
            "saveRateHigh90": .number(interval.high), "n": .init(record.saves.treated),
            "isAssumed": .bool(record.isAssumed), "treatedDecided": .init(record.treated.decided),
            "treatedKept": .init(record.treated.kept), "heldOut": .init(record.heldOutTasks),
            "heldOutDecided": .init(record.heldOut.decided), "heldOutKept": .init(record.heldOut.kept),
            "uplift": record.uplift.map {
                ["value": .number($0.value), "low90": .number($0.low), "high90": .number($0.high)]
            } ?? .null,
        ]
    }
}
