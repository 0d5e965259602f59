import Delimited
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale people erase` prints.
package struct ErasureDocument {
    package let outcome: PersonErasure.Outcome
    package let isDryRun: Bool

    package init(outcome: PersonErasure.Outcome, isDryRun: Bool) {
        self.outcome = outcome
        self.isDryRun = isDryRun
    }

    package var document: Document {
        let counts = outcome.counts
        let erased: [(count: Int64, one: String, many: String)] = [
            (counts.responses, "NPS response", "NPS responses"), (counts.touchpoints, "touchpoint", "touchpoints"),
            (counts.tickets, "ticket", "tickets"), (counts.eventIDs, "event id", "event ids"),
            (counts.judgements, "override, pulse or note", "overrides, pulses and notes"),
            (counts.rejects, "problem of rejected rows", "problems of rejected rows"),
            (counts.changes, "row from before an import", "rows from before an import"),
            (counts.messages, "message to a receiver", "messages to receivers"),
            (counts.fileNames, "file name", "file names"),
        ]
        let parts = erased.filter { $0.count > 0 }
            .map { "\(NumberText.grouped($0.count)) \($0.count == 1 ? $0.one : $0.many)" }
        let verb = isDryRun ? "would be erased" : "erased"
        var lines = ["person \(outcome.person) of account \(outcome.account) \(verb): name, e-mail and id"]
        if !parts.isEmpty { lines.append("  and texts in \(parts.joined(separator: ", "))") }
        lines += [
            "The nameless person stays, and so does everything that was counted.",
            "Backups made before still hold the data until they expire.",
            "Importing a file that names the person again creates the person anew.",
        ]
        return Document(
            sections: [Document.Section(lines: lines)],
            json: [
                "account": .string(outcome.account), "person": .string(outcome.person), "dryRun": .bool(isDryRun),
                "responses": .init(counts.responses), "touchpoints": .init(counts.touchpoints),
                "tickets": .init(counts.tickets), "eventIds": .init(counts.eventIDs),
                "rejects": .init(counts.rejects), "changes": .init(counts.changes),
                "messages": .init(counts.messages), "fileNames": .init(counts.fileNames),
                "judgements": .init(counts.judgements),
            ])
    }
}
