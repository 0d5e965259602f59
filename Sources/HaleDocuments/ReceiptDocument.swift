import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService
package import HaleStore

/// What an import prints.
package struct ReceiptDocument {
    package let kind: ImportKind
    package let outcome: ImportStage.Outcome
    package let elapsed: Duration
    package let isDryRun: Bool
    /// How long each step took.
    package var steps: [ImportStepTime] = []
    /// The file, where several are imported at once and the plan has said how each is written.
    package var planned: FolderPlan.Item?
    /// The import whose rejected rows were imported again.
    package var replayed: StoredReceipt?

    package init(
        kind: ImportKind, outcome: ImportStage.Outcome, elapsed: Duration, isDryRun: Bool, steps: [ImportStepTime] = [],
        planned: FolderPlan.Item? = nil, replayed: StoredReceipt? = nil
    ) {
        self.kind = kind
        self.outcome = outcome
        self.elapsed = elapsed
        self.isDryRun = isDryRun
        self.steps = steps
        self.planned = planned
        self.replayed = replayed
    }

    package var document: Document {
        switch outcome {
        case .alreadyImported(let earlier): alreadyImported(earlier)
        case .imported(let receipt, let source): imported(receipt, source)
        }
    }

    /// What the first line begins with.
    private var subject: String { (planned.map { "\($0.file): " } ?? "") + kind.rawValue }

    private func alreadyImported(_ earlier: ImportStore.Earlier) -> Document {
        var lines = ["\(subject): this file is in already (receipt \(earlier.receipt)), nothing changed"]
        if earlier.rejected > 0 {
            lines.append(
                "\(earlier.rejected) of its rows are still left out: hale import rejects \(earlier.receipt) shows them, "
                    + "hale import replay \(earlier.receipt) takes them in after a fix")
        }
        return Document(
            sections: [Document.Section(lines: lines)],
            json: [
                "kind": .string(kind.rawValue), "receipt": .init(earlier.receipt), "alreadyImported": true,
                "read": .init(earlier.rows), "inserted": 0, "updated": 0,
                "unchanged": .init(earlier.rows - earlier.rejected),
                "rejected": .init(earlier.rejected),
            ])
    }

    private func imported(_ receipt: ImportStore.Receipt, _ source: SourceDescription) -> Document {
        var line = "\(subject): \(NumberText.grouped(receipt.read)) rows read"
        line += ", \(NumberText.grouped(receipt.inserted)) new, \(NumberText.grouped(receipt.updated)) changed"
        line += ", \(NumberText.grouped(receipt.unchanged)) as before"
        if receipt.rejected > 0 { line += ", \(NumberText.grouped(receipt.rejected)) left out as bad" }
        if receipt.skipped > 0 { line += ", \(NumberText.grouped(receipt.skipped)) left out by the mapping" }
        line += isDryRun ? " (dry run, nothing written)" : " (receipt \(receipt.number), \(secondsText) s)"
        var lines = [line]
        let created = [
            (receipt.createdAccounts, "accounts"), (receipt.createdPeople, "people"),
            (receipt.createdFeatures, "features"), (receipt.createdCSMs, "CSMs"),
        ].filter { $0.0 > 0 }.map { "\(NumberText.grouped($0.0)) \($0.1)" }
        if !created.isEmpty { lines.append("  created \(created.joined(separator: ", "))") }
        if let effect = receipt.effect {
            let text = EffectText(effect, receipt: isDryRun ? nil : receipt.number)
            if let figures = text.figures { lines.append("  \(figures)") }
            lines += text.warnings.map { "  warning: \($0)" }
        }
        if planned == nil { lines.append("  \(sourceText(source))") }
        lines += (planned?.furtherNotes(receipt) ?? receipt.notes).map { "  \($0)" }
        lines += receipt.causes.map { "  left out: \($0.text)" }
        return Document(
            sections: [Document.Section(lines: lines)],
            json: [
                "kind": .string(kind.rawValue), "receipt": .init(receipt.number), "alreadyImported": false,
                "dryRun": .bool(isDryRun), "replayOf": .init(replayed?.receipt.number), "read": .init(receipt.read),
                "inserted": .init(receipt.inserted),
                "updated": .init(receipt.updated), "unchanged": .init(receipt.unchanged),
                "rejected": .init(receipt.rejected), "skipped": .init(receipt.skipped),
                "createdAccounts": .init(receipt.createdAccounts), "createdPeople": .init(receipt.createdPeople),
                "createdFeatures": .init(receipt.createdFeatures), "createdCsms": .init(receipt.createdCSMs),
                "effect": receipt.effect?.jsonValue ?? .null, "causes": .array(receipt.causes.map(\.json)),
                "seconds": .number(seconds),
                "steps": .array(
                    steps.map { ["step": .string($0.step.rawValue), "seconds": .number($0.elapsed.inSeconds)] }),
                "source": .string(sourceText(source)), "sha256": .string(replayed?.checksum ?? source.sha256),
                "notes": .array(receipt.notes.map { .string($0) }),
            ])
    }

    /// Where the rows came from, in words.
    private func sourceText(_ source: SourceDescription) -> String {
        replayed.map { "rows of \($0.fileName) that receipt \($0.receipt.number) had left out" } ?? source.text
    }

    private var seconds: Double { elapsed.inSeconds }

    private var secondsText: String { NumberText.fixed(seconds, decimals: 1) }
}

extension ImportStore.Cause {
    /// The cause in words, its first line in front.
    package var text: String {
        let place = column.map { "\($0): " } ?? ""
        guard rows > 1 else { return "line \(line): \(place)\(reason)" }
        let more = NumberText.grouped(rows - 1)
        return "line \(line): \(place)\(reason) (\(isMixed ? "the like" : "the same") on \(more) more)"
    }

    /// The cause for programs.
    package var json: JSONValue {
        [
            "column": .init(column), "reason": .string(reason), "rows": .init(rows), "firstLine": .init(line),
            "mixed": .bool(isMixed),
        ]
    }
}
