import Delimited
import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What a folder was found to hold.
package struct FolderPlanDocument {
    package let plan: FolderPlan

    package init(plan: FolderPlan) {
        self.plan = plan
    }

    package var document: Document {
        var table = Table([
            Column("file", priority: 100, minimumWidth: 12), Column("kind", priority: 99),
            Column("rows", content: .number, priority: 90),
            Column("found by", key: "foundBy", priority: 95, minimumWidth: 14, overflow: .wrap(maximumLines: 3)),
            Column("written", key: "formats", priority: 80, minimumWidth: 14, overflow: .wrap(maximumLines: 4)),
            Column("columns not used", key: "unused", priority: 85, minimumWidth: 10, overflow: .wrap(maximumLines: 3)),
        ])
        table.emptyText = "no file that can be imported"
        for item in plan.items {
            table.append([
                .text(item.file), .text(item.fit.kind.rawValue), .count(item.rows), .text(item.foundBy),
                item.formats.isEmpty ? .text("as usual") : .text(item.formats.joined(separator: "; ")),
                item.unused.isEmpty ? .text("none") : .text(item.unused.joined(separator: ", ")),
            ])
        }
        var sections = [Document.Section(table: table)]
        if !plan.passedOver.isEmpty {
            sections.append(
                Document.Section(title: "Left out", lines: plan.passedOver.map { "\($0.file): \($0.reason)" }))
        }
        let count = plan.items.count
        return Document(
            titles: ["\(plan.folder): \(count) \(count == 1 ? "file" : "files") to import, in this order"],
            sections: sections, json: json(files: plan.items.map { JSONValue.object($0.members) }, imported: 0))
    }

    /// The folder for programs.
    package func json(files: [JSONValue], imported: Int) -> JSONValue {
        [
            "folder": .string(plan.folder), "imported": .init(imported), "files": .array(files),
            "leftOut": .array(
                plan.passedOver.map {
                    ["file": .string($0.file), "reason": .string($0.reason), "data": .bool($0.isData)]
                }),
            "questions": .array(
                plan.questions.map {
                    [
                        "file": .string($0.file), "code": .string($0.code.rawValue), "column": .init($0.column),
                        "reason": .string($0.message),
                    ]
                }),
        ]
    }
}

extension FolderPlan.Item {
    /// Why the file is what it was found to be, in words.
    package var foundBy: String {
        let count = "\(fit.usedCount) of \(namedCount) columns"
        let naming =
            switch fit.naming {
            case .kind: count
            case .preset(let name): "preset \(name), \(count)"
            case .mapping(let path): "\(path), \(count)"
            }
        return switch basis {
        case .columns, .mapping: naming
        case .name: "\(naming), and its name"
        case .given: "--kind, \(naming)"
        }
    }

    /// The file for programs.
    fileprivate var members: [JSONValue.Member] {
        let preset: String? = if case .preset(let name) = fit.naming { name } else { nil }
        let mapping: String? = if case .mapping(let path) = fit.naming { path } else { nil }
        return [
            .init("file", .string(file)), .init("kind", .string(fit.kind.rawValue)), .init("rows", .init(rows)),
            .init("basis", .string(basis.rawValue)), .init("foundBy", .string(foundBy)), .init("preset", .init(preset)),
            .init("mapping", .init(mapping)), .init("columns", .array(fit.columns.map { .string($0) })),
            .init("formats", .array(formats.map { .string($0) })), .init("unused", .array(unused.map { .string($0) })),
        ]
    }
}

/// What became of the files of a folder.
package struct FolderResultDocument {
    /// What became of one.
    package struct Entry {
        package let item: FolderPlan.Item
        package let result: FolderImport.Result
        package let elapsed: Duration
        package let steps: [ImportStepTime]

        package init(item: FolderPlan.Item, result: FolderImport.Result, elapsed: Duration, steps: [ImportStepTime]) {
            self.item = item
            self.result = result
            self.elapsed = elapsed
            self.steps = steps
        }

        /// Whether the file is in.
        package var isIn: Bool { if case .imported = result { true } else { false } }

        /// The receipt, where there is one.
        package var receipt: Document? {
            guard case .imported(let outcome) = result else { return nil }
            return ReceiptDocument(
                kind: item.fit.kind, outcome: outcome, elapsed: elapsed, isDryRun: false, steps: steps,
                planned: item
            ).document
        }

        /// Why it is not in.
        package var errorLines: [String] {
            switch result {
            case .imported: []
            case .failed(let error): (error as? any UserFacingError)?.lines ?? ["\(item.path): \(error)"]
            case .notTried(let needs): ["\(item.path): not tried, because no file of \(needs.rawValue) went in"]
            }
        }

        /// What became of it, for programs.
        fileprivate var key: String {
            switch result {
            case .imported(.alreadyImported): "alreadyImported"
            case .imported: "imported"
            case .failed: "failed"
            case .notTried: "notTried"
            }
        }

        /// What became of it, in words.
        fileprivate var word: String {
            switch result {
            case .imported(.alreadyImported): "in already"
            case .imported: "imported"
            case .failed: "failed"
            case .notTried: "not tried"
            }
        }
    }

    package let plan: FolderPlan
    package let results: [Entry]

    package init(plan: FolderPlan, results: [Entry]) {
        self.plan = plan
        self.results = results
    }

    private var importedCount: Int { results.count { $0.isIn } }

    /// The last lines at a terminal.
    package var summary: Document {
        let failed = results.filter { !$0.isIn }
        guard !failed.isEmpty else {
            let count = results.count
            return Document(
                sections: [Document.Section(lines: ["\(count) \(count == 1 ? "file is" : "files are") in"])], json: json
            )
        }
        var lines = ["\(importedCount) of \(results.count) files are in"]
        for word in ["failed", "not tried"] {
            let files = failed.filter { $0.word == word }.map(\.item.file)
            if !files.isEmpty { lines.append("\(word): \(files.joined(separator: ", "))") }
        }
        lines.append("after a correction the same command takes them in; what is in already changes nothing")
        return Document(sections: [Document.Section(lines: lines)], json: json)
    }

    /// All files in a table, and for programs.
    package var document: Document {
        var table = Table([
            Column("file", priority: 100), Column("kind", priority: 99), Column("result", priority: 98),
            Column("receipt", content: .number, priority: 90), Column("read", content: .number, priority: 80),
            Column("new", key: "inserted", content: .number, priority: 85),
            Column("changed", key: "updated", content: .number, priority: 84),
            Column("as before", key: "unchanged", content: .number, priority: 60),
            Column("left out", key: "rejected", content: .number, priority: 82),
        ])
        for entry in results {
            let name: [Cell] = [.text(entry.item.file), .text(entry.item.fit.kind.rawValue), .text(entry.word)]
            switch entry.result {
            case .imported(.imported(let receipt, _)):
                table.append(
                    name + [
                        .count(receipt.number), .count(receipt.read), .count(receipt.inserted), .count(receipt.updated),
                        .count(receipt.unchanged), .count(receipt.rejected),
                    ])
            case .imported(.alreadyImported(let earlier)):
                table.append(
                    name + [
                        .count(earlier.receipt), .count(earlier.rows), .count(0), .count(0),
                        .count(earlier.rows - earlier.rejected), .count(earlier.rejected),
                    ])
            case .failed, .notTried: table.append(name + [.missing, .missing, .missing, .missing, .missing, .missing])
            }
        }
        return Document(table: table, json: json)
    }

    private var json: JSONValue {
        let files = results.map { entry -> JSONValue in
            var members = entry.item.members
            members.append(.init("result", .string(entry.key)))
            members.append(.init("receipt", entry.receipt?.json ?? .null))
            members.append(.init("errors", .array(entry.errorLines.map { .string($0) })))
            var causes: [ProblemCause] = []
            if case .failed(let error) = entry.result { causes = ImportFailure(error)?.causes ?? [] }
            members.append(.init("causes", .array(causes.map(\.json))))
            return .object(members)
        }
        return FolderPlanDocument(plan: plan).json(files: files, imported: importedCount)
    }
}
