import ArgumentParser
import HaleDocuments
import HaleOutput
import HaleService
import HaleStore

/// `hale import list`
struct ImportList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "The newest imports.")

    @Option(help: "How many.")
    var limit = 20

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard limit > 0 else { throw ValidationError("--limit takes a number above 0") }
    }

    func run() async throws {
        let receipts = try await Database.use { database in
            try await database.withConnection { try await ReceiptStore($0).newest(limit: limit) }
        }
        Console.show(ReceiptListDocument(receipts: receipts).document, output.format)
    }
}

/// `hale import show`
struct ImportShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "The receipt of one import.")

    @Argument(help: "The receipt's number.")
    var receipt: Int64

    @OptionGroup var output: FormatOption

    func run() async throws {
        let stored = try await Database.use { try await $0.receipt(receipt) }
        Console.show(StoredReceiptDocument(receipt: stored).document, output.format)
    }
}

/// `hale import rejects`
struct ImportRejects: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rejects",
        abstract: "The rows that an import left out, with their reasons; --format csv is a file to correct and import.")

    @Argument(help: "The receipt's number.")
    var receipt: Int64

    @OptionGroup var output: FormatOption

    func run() async throws {
        let (stored, rows) = try await Database.use { database in
            let stored = try await database.receipt(receipt)
            return (stored, try await database.withConnection { try await ReceiptStore($0).rejects(of: receipt) })
        }
        switch output.format {
        case .csv:
            Console.printOut(try RejectedFile.correctable(rows, recipe: stored.recipe, receipt: receipt))
        case .table, .json, .markdown:
            Console.show(RejectsDocument(receipt: stored, rows: rows).document, output.format)
        }
    }
}

/// `hale import replay`
struct ImportReplay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Import the rows that an import left out again, after what was missing has come in.")

    @Argument(help: "The receipt's number.")
    var receipt: Int64

    @Flag(name: .customLong("dry-run"), help: "Do everything, print the receipt, and undo it.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    func run() async throws {
        let progress = ImportProgress(subject: "replay")
        let started = ContinuousClock.now
        let outcome = try await Database.use { database in
            try await ReplayStage(database).run(receipt: receipt, isDryRun: dryRun) { progress.show($0) }
        }
        let steps = progress.end()
        Console.showDone(
            ReceiptDocument(
                kind: outcome.original.kind, outcome: .imported(outcome.receipt, source: outcome.source),
                elapsed: started.duration(to: .now), isDryRun: dryRun, steps: steps,
                replayed: outcome.original
            ).document, output.format)
    }
}

/// `hale import undo`
struct ImportUndo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo", abstract: "Take the newest import of a kind back, whole or not at all.")

    @Argument(help: "The receipt's number.")
    var receipt: Int64

    @Flag(name: .customLong("dry-run"), help: "Say what would be taken back, and change nothing.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    func run() async throws {
        let outcome = try await Database.use { database in
            try await UndoStage(database).run(receipt: receipt, isDryRun: dryRun)
        }
        Console.showDone(UndoDocument(outcome: outcome, isDryRun: dryRun).document, output.format)
    }
}

extension Database {
    /// A receipt, which must be there.
    fileprivate func receipt(_ number: Int64) async throws -> StoredReceipt {
        guard let stored = try await withConnection({ try await ReceiptStore($0).receipt(number) }) else {
            throw HistoryRefusal.unknownReceipt(number)
        }
        return stored
    }
}
