import ArgumentParser
import Foundation
import HaleService
import HaleStore
import HaleTerminal

/// `hale import`: takes a file in, whole or not at all.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import a CSV file; the receipt says what was read, changed and left out.",
        discussion:
            "Kinds, in the order of a first load: \(ImportKind.loadOrder.map(\.rawValue).joined(separator: ", ")).")

    @Argument(help: "What the rows are, such as accounts, contracts or usage.")
    var kind: String

    @Argument(help: "The file; - reads standard input, .gz is unpacked.")
    var file: String

    @Option(help: "A mapping file that says how the file's columns become the kind's.")
    var map: String?

    @Option(
        name: .customLong("date-format"),
        help: "The order of dates: iso, dmy or mdy. Found from the values when not given.")
    var dateFormat: DateFormat?

    @Option(help: "The decimal mark: point or comma. Found from the values when not given.")
    var decimal: DecimalMark?

    @Option(name: .customLong("skip-bad"), help: "Leave out up to this many bad rows and keep them with the receipt.")
    var skipBad: Int = 0

    @Option(name: .customLong("create-missing"), help: "Create what rows name and nobody imported; only accounts.")
    var createMissing: String?

    @Flag(help: "A first load: facts count as known since they happened.")
    var history = false

    @Flag(name: .customLong("dry-run"), help: "Do everything, print the receipt, and undo it.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard skipBad >= 0 else { throw ValidationError("--skip-bad takes a number of rows, 0 or more") }
        guard createMissing == nil || createMissing == "accounts" else {
            throw ValidationError("--create-missing takes only accounts")
        }
    }

    func run() async throws {
        guard let importKind = ImportKind(rawValue: kind.lowercased()) else {
            throw CommandError.unknownKind(kind, known: ImportKind.loadOrder.map(\.rawValue))
        }
        var request = ImportStage.Request(kind: importKind, path: file)
        request.mapping = try map.map { try Mapping(path: $0) }
        request.formats = GivenFormats(dateFormat: dateFormat, decimalMark: decimal)
        request.allowedBadRows = skipBad
        request.createsMissingAccounts = createMissing != nil
        request.isHistory = history
        request.isDryRun = dryRun
        let progress = ImportProgress(subject: "\(importKind.rawValue)")
        let started = ContinuousClock.now
        let outcome = try await Database.use { database in
            try await ImportStage(database).run(request) { progress.show($0) }
        }
        Console.endProgress()
        let seconds = started.duration(to: .now)
        Console.show(
            ReceiptDocument(kind: importKind, outcome: outcome, elapsed: seconds, isDryRun: dryRun).document,
            output.format)
    }
}
