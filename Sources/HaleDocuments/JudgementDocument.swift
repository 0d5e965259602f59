package import HaleDomain
package import HaleOutput
package import HaleService
package import HaleStore

/// What the commands print that keep what people say.
package struct JudgementDocument {
    package let account: String
    package let isDryRun: Bool

    package init(account: String, isDryRun: Bool) {
        self.account = account
        self.isDryRun = isDryRun
    }

    package func set(_ override: BandOverride, ended: Int) -> Document {
        var line =
            "\(account) \(would("is", "would be")) \(override.band.rawValue) from \(override.startsOn) to "
            + "\(override.untilOn), said by \(override.setBy)"
        if ended > 0 { line += "; \(ended) earlier \(ended == 1 ? "override ends" : "overrides end") with that" }
        return document(
            [line, "The computed band stays beside it. The tasks follow with the next hale score."],
            [.init("override", override.json), .init("ended", .init(ended))])
    }

    package func takenBack(_ overrides: [BandOverride]) -> Document {
        document(
            overrides.map {
                "\(account): \($0.band.rawValue) until \($0.untilOn) \(would("is", "would be")) taken back"
            },
            [.init("takenBack", .array(overrides.map(\.json)))])
    }

    package func pulse(_ given: JudgementStore.GivenPulse) -> Document {
        document(
            [
                "\(account): pulse \(given.value) of \(given.givenOn) \(would("is", "would be")) kept; it counts from "
                    + "\(given.givenOn + 1) to \(given.validUntil)"
            ],
            [
                .init("value", .init(given.value)), .init("note", .init(given.note)), .init("by", .init(given.givenBy)),
                .init("givenOn", .string(given.givenOn.description)),
                .init("validUntil", .string(given.validUntil.description)),
            ])
    }

    package func note(_ text: String, by person: String?, on day: Day) -> Document {
        document(
            ["\(account): note of \(day) \(would("is", "would be")) kept"],
            [
                .init("note", .string(text)), .init("by", .init(person)),
                .init("notedOn", .string(day.description)),
            ])
    }

    /// A contact that was logged, and the tasks that it completed.
    package func contact(
        _ kind: ContactKind, _ note: String, _ logged: ContactLog.Logged, by person: String?
    ) -> Document {
        let tasks = logged.completed == 1 ? "1 task" : "\(logged.completed) tasks"
        return document(
            [
                "\(account): \(kind.rawValue) of \(logged.day) \(would("is", "would be")) logged; "
                    + "it \(would("completes", "would complete")) \(tasks)"
            ],
            [
                .init("kind", .string(kind.rawValue)), .init("note", .string(note)), .init("by", .init(person)),
                .init("contactOn", .string(logged.day.description)), .init("completedTasks", .init(logged.completed)),
            ])
    }

    private func would(_ done: String, _ rehearsed: String) -> String { isDryRun ? rehearsed : done }

    private func document(_ lines: [String], _ members: [JSONValue.Member]) -> Document {
        Document(
            sections: [Document.Section(lines: lines)],
            json: JSONValue.object([
                .init("accountId", .string(account)), .init("dryRun", .bool(isDryRun)),
            ]).adding(members))
    }
}

extension BandOverride {
    /// The override as one JSON object.
    package var json: JSONValue {
        [
            "band": .string(band.rawValue), "from": .string(startsOn.description),
            "until": .string(untilOn.description), "reason": .string(reason), "by": .string(setBy),
        ]
    }
}
