import Delimited
import HaleDomain
package import HaleOutput
package import HaleService
package import HaleStore

/// What `hale import list` prints.
package struct ReceiptListDocument {
    package let receipts: [StoredReceipt]

    package init(receipts: [StoredReceipt]) {
        self.receipts = receipts
    }

    package var document: Document {
        var table = Table([
            Column("receipt", content: .number, priority: 100), Column("kind", priority: 98),
            Column("file", priority: 80, minimumWidth: 12), Column("mapping", priority: 30),
            Column("when", key: "startedAt", priority: 85), Column("read", content: .number, priority: 60),
            Column("new", key: "inserted", content: .number, priority: 90),
            Column("changed", key: "updated", content: .number, priority: 89),
            Column("as before", key: "unchanged", content: .number, priority: 40),
            Column("left out", key: "rejected", content: .number, priority: 88),
            Column("still left out", key: "waiting", content: .number, priority: 50),
            Column("replay of", key: "replayOf", content: .number, priority: 45),
            Column("undone", key: "undoneAt", priority: 87),
            Column("before → after", key: "effect", priority: 42, minimumWidth: 12, overflow: .wrap(maximumLines: 3)),
            Column("warnings", content: .number, priority: 86),
        ])
        table.emptyText = "nothing was imported yet"
        for stored in receipts {
            let receipt = stored.receipt
            table.append([
                .count(Int(receipt.number)), .text(stored.kind.rawValue), .text(stored.fileName),
                .optional(stored.mapping) { .text($0) }, .text(stored.started.local), .count(Int(receipt.read)),
                .count(Int(receipt.inserted)), .count(Int(receipt.updated)), .count(Int(receipt.unchanged)),
                .count(Int(receipt.rejected)), .count(Int(stored.waiting)),
                .optional(stored.replayOf) { .count(Int($0)) }, .optional(stored.undone) { .text($0.local) },
                .optional(receipt.effect.flatMap { EffectText($0, receipt: nil).figures }) { .text($0) },
                .count(receipt.effect?.doubts.count ?? 0),
            ])
        }
        return Document(table: table, json: ["imports": .array(receipts.map(\.json))])
    }
}

/// What `hale import show` prints.
package struct StoredReceiptDocument {
    package let receipt: StoredReceipt

    package init(receipt: StoredReceipt) {
        self.receipt = receipt
    }

    package var document: Document {
        let counts = receipt.receipt
        var table = Table([
            Column("what", priority: 100),
            Column("value", priority: 99, minimumWidth: 20, overflow: .wrap(maximumLines: 6)),
        ])
        table.showsHeader = false
        func row(_ name: String, _ value: String?) {
            if let value { table.append([.text(name), .text(value)]) }
        }
        func row(_ name: String, _ count: Int64) {
            if count > 0 { table.append([.text(name), .text(NumberText.grouped(count))]) }
        }
        row("kind", receipt.kind.rawValue)
        row("file", receipt.fileName)
        row("source", receipt.source)
        row("mapping", receipt.mapping)
        row("replay of", receipt.replayOf.map { "receipt \($0)" })
        row("when", "\(receipt.started.local), \(NumberText.fixed(receipt.seconds, decimals: 1)) s")
        row("history", receipt.isHistory ? "facts count as known since they happened" : nil)
        row("undone", receipt.undone?.local)
        row("read", NumberText.grouped(counts.read))
        row("new", NumberText.grouped(counts.inserted))
        row("changed", NumberText.grouped(counts.updated))
        row("as before", NumberText.grouped(counts.unchanged))
        row("left out by the mapping", counts.skipped)
        row("left out as bad", counts.rejected)
        row("still left out", receipt.waiting)
        row("created accounts", counts.createdAccounts)
        row("created people", counts.createdPeople)
        row("created features", counts.createdFeatures)
        row("created CSMs", counts.createdCSMs)
        if let effect = counts.effect {
            let text = EffectText(effect, receipt: receipt.undone == nil ? counts.number : nil)
            row("before → after", text.figures)
            for warning in text.warnings { row("warning", warning) }
        }
        for note in counts.notes { row("note", note) }
        return Document(titles: ["Receipt \(counts.number)"], table: table, json: receipt.json)
    }
}

/// What `hale import rejects` prints, except as CSV.
package struct RejectsDocument {
    package let receipt: StoredReceipt
    package let rows: [RejectedRow]

    package init(receipt: StoredReceipt, rows: [RejectedRow]) {
        self.receipt = receipt
        self.rows = rows
    }

    package var document: Document {
        var table = Table([
            Column("line", content: .number, priority: 100), Column("column", key: "columns", priority: 80),
            Column("reason", key: "reasons", priority: 99, minimumWidth: 20, overflow: .wrap(maximumLines: 4)),
            Column("row", key: "raw", priority: 70, minimumWidth: 12),
        ])
        table.emptyText = "no rejected rows"
        for row in rows {
            table.append([
                .count(Int(row.line)), .optional(row.columns) { .text($0) }, .text(row.reasons), .text(row.raw),
            ])
        }
        return Document(
            titles: rows.isEmpty ? [] : ["Rows of \(receipt.fileName) that receipt \(receipt.receipt.number) left out"],
            table: table,
            json: [
                "receipt": .init(receipt.receipt.number), "kind": .string(receipt.kind.rawValue),
                "file": .string(receipt.fileName),
                "rejects": .array(
                    rows.map {
                        [
                            "line": .init($0.line), "columns": .init($0.columns), "reasons": .string($0.reasons),
                            "raw": .string($0.raw),
                        ]
                    }),
            ])
    }
}

/// What `hale import undo` prints.
package struct UndoDocument {
    package let outcome: UndoStage.Outcome
    package let isDryRun: Bool

    package init(outcome: UndoStage.Outcome, isDryRun: Bool) {
        self.outcome = outcome
        self.isDryRun = isDryRun
    }

    package var document: Document {
        let counts = outcome.counts
        let number = outcome.receipt.receipt.number
        var line = "\(outcome.receipt.kind.rawValue): receipt \(number) \(isDryRun ? "would be undone" : "undone")"
        line += ", \(NumberText.grouped(counts.removed)) rows taken back"
        line += ", \(NumberText.grouped(counts.restored)) as they were before"
        var lines = [line]
        let created = [
            (counts.accounts, "accounts"), (counts.people, "people"), (counts.features, "features"),
            (counts.csms, "CSMs"),
        ]
        .filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
        if !created.isEmpty { lines.append("  and \(created.joined(separator: ", ")) that it had created") }
        if !isDryRun { lines.append("  scores of the past stay until hale score runs for their days again") }
        return Document(
            sections: [Document.Section(lines: lines)],
            json: [
                "kind": .string(outcome.receipt.kind.rawValue), "receipt": .init(number), "dryRun": .bool(isDryRun),
                "removed": .init(counts.removed), "restored": .init(counts.restored),
                "removedAccounts": .init(counts.accounts), "removedPeople": .init(counts.people),
                "removedFeatures": .init(counts.features), "removedCsms": .init(counts.csms),
            ])
    }
}

extension StoredReceipt {
    /// A receipt for programs.
    fileprivate var json: JSONValue {
        [
            "receipt": .init(receipt.number), "kind": .string(kind.rawValue), "file": .string(fileName),
            "sha256": .string(checksum), "source": .string(source), "mapping": .init(mapping),
            "history": .bool(isHistory), "startedAt": .string(started.utc), "seconds": .number(seconds),
            "undoneAt": .init(undone?.utc), "replayOf": .init(replayOf),
            "read": .init(receipt.read), "inserted": .init(receipt.inserted), "updated": .init(receipt.updated),
            "unchanged": .init(receipt.unchanged), "rejected": .init(receipt.rejected), "waiting": .init(waiting),
            "skipped": .init(receipt.skipped), "createdAccounts": .init(receipt.createdAccounts),
            "createdPeople": .init(receipt.createdPeople), "createdFeatures": .init(receipt.createdFeatures),
            "createdCsms": .init(receipt.createdCSMs), "effect": receipt.effect?.jsonValue ?? .null,
            "notes": .array(receipt.notes.map { .string($0) }),
        ]
    }
}
