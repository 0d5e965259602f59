import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore
import PrivateServer

/// `hale import FOLDER`: says what the files are, asks, and imports them one after another.
struct FolderImportRun {
    let options: ImportFileCommand

    func run() async throws {
        let plan = try FolderSurvey(folder: options.words[0], answers: answers).plan()
        let document = FolderPlanDocument(plan: plan)
        guard plan.questions.isEmpty else {
            show(document)
            throw ImportFailure.file(plan.questions)
        }
        guard !plan.items.isEmpty else {
            show(document)
            throw CommandError.nothingToImport(plan.folder)
        }
        guard !options.dryRun else { return show(document) }
        guard options.yes || canAsk else {
            show(document)
            throw CommandError.unasked(files: plan.items.count)
        }
        if !options.yes {
            // Who asks must be seen, wherever the answer of the command goes.
            let isSeen = options.output.format == .table && OperatingSystem.isTerminal(1)
            if isSeen { show(document) } else { Console.printError(Console.text(document.document, .table)) }
            guard ask(plan) else { throw CommandError.declined }
        } else if options.output.format == .table {
            show(document)
        }
        try await importFiles(plan)
    }

    private var answers: FolderAnswers {
        var answers = FolderAnswers()
        answers.identities = options.kinds.byFile().mapValues(\.identity)
        answers.dateFormats = options.dateFormats.byFile()
        answers.decimalMarks = options.decimals.byFile()
        answers.termEnds = options.ends.byFile()
        return answers
    }

    private func show(_ document: FolderPlanDocument) {
        Console.show(document.document, options.output.format)
    }

    // MARK: Asking

    private var canAsk: Bool { OperatingSystem.isTerminal(0) && OperatingSystem.isTerminal(2) }

    private func ask(_ plan: FolderPlan) -> Bool {
        let count = plan.items.count
        Console.prompt("\nImport \(count == 1 ? "this file" : "these \(count) files")? [y/N] ")
        let answer = (readLine() ?? "").trimmingCharacters(in: .whitespaces).lowercased()
        return answer == "y" || answer == "yes"
    }

    // MARK: Importing

    private func importFiles(_ plan: FolderPlan) async throws {
        var results: [FolderResultDocument.Entry] = []
        var progress = ImportProgress(subject: "")
        var started = ContinuousClock.now
        try await Database.use { database in
            let stage = FolderImport(database, options: options.request(of: .accounts, path: ""))
            try await stage.run(
                plan,
                began: { item in
                    let next = ImportProgress(subject: item.file)
                    progress = next
                    started = .now
                    return { next.show($0) }
                },
                ended: { item, result in
                    let entry = FolderResultDocument.Entry(
                        item: item, result: result, elapsed: started.duration(to: .now), steps: progress.end())
                    results.append(entry)
                    guard options.output.format == .table else { return }
                    if let receipt = entry.receipt { Console.show(receipt, .table) }
                    for line in entry.errorLines { Console.printError("hale: \(line)") }
                })
        }
        let document = FolderResultDocument(plan: plan, results: results)
        switch options.output.format {
        case .table: Console.show(document.summary, .table)
        case .json, .csv, .markdown:
            Console.show(document.document, options.output.format)
            for line in results.flatMap(\.errorLines) { Console.printError("hale: \(line)") }
        }
        guard results.allSatisfy(\.isIn) else { throw ExitCode(.failed) }
        // A file that somebody may have meant is not passed over as if all were well.
        guard !plan.passedOver.contains(where: \.isData) else { throw ExitCode(.foundProblems) }
    }
}
