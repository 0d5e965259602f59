import ArgumentParser
import Foundation
import HaleService
import HaleStore
import HaleTerminal

/// `hale import`: takes files in, and looks after what came in.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import CSV and JSON files; list, repeat and undo imports.",
        usage: """
            hale import KIND FILE [options]
            hale import --preset NAME FILE [options]
            hale import list|show|rejects|replay|undo|presets …
            """,
        discussion:
            "Kinds, in the order of a first load: \(ImportKind.loadOrder.map(\.rawValue).joined(separator: ", ")). "
            + "The options of an import: hale import file --help.",
        subcommands: [
            ImportFileCommand.self, ImportList.self, ImportShow.self, ImportRejects.self, ImportReplay.self,
            ImportUndo.self, ImportPresets.self,
        ], defaultSubcommand: ImportFileCommand.self)
}

/// `hale import file`, or `hale import` alone: takes a file in, whole or not at all.
struct ImportFileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract:
            "Import a CSV or JSON file; the receipt says what was read, changed and left out. The word file may be left out.",
        usage: "hale import [file] KIND FILE [options]")

    @Argument(
        help: ArgumentHelp(
            "What the rows are, such as accounts; not needed with --preset. Then the file; - reads standard input, "
                + ".gz is unpacked.", valueName: "kind> <file"))
    var words: [String] = []

    @Option(help: "A mapping file that says how the file's columns become the kind's.")
    var map: String?

    @Option(help: "A mapping that ships with hale, such as stripe-subscriptions; hale import presets lists them.")
    var preset: String?

    @Option(
        name: .customLong("date-format"),
        help: "The order of dates: iso, dmy or mdy. Found from the values when not given.")
    var dateFormat: DateFormat?

    @Option(help: "The decimal mark: point or comma. Found from the values when not given.")
    var decimal: DecimalMark?

    @Option(
        name: .customLong("ends-on"),
        help: "What ends_on of contracts names: last-day or day-after. Found from the terms when not given.")
    var endsOn: TermEnd?

    @Option(
        name: .customLong("header-line"),
        help: "The line that names the columns, where others stand above it. Found from the names when not given.")
    var headerLine: Int?

    @Option(name: .customLong("skip-bad"), help: "Leave out up to this many bad rows and keep them with the receipt.")
    var skipBad: Int = 0

    @Option(name: .customLong("create-missing"), help: "Create what rows name and nobody imported; only accounts.")
    var createMissing: String?

    @Flag(
        name: .customLong("confirm-rates"),
        help: "Take exchange rates that look inverted or are far from the rates around them.")
    var confirmRates = false

    @Flag(help: "A first load: facts count as known since they happened.")
    var history = false

    @Flag(name: .customLong("dry-run"), help: "Do everything, print the receipt, and undo it.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard headerLine ?? 1 > 0 else { throw ValidationError("--header-line takes the number of a line, 1 or more") }
        guard skipBad >= 0 else { throw ValidationError("--skip-bad takes a number of rows, 0 or more") }
        guard createMissing == nil || createMissing == "accounts" else {
            throw ValidationError("--create-missing takes only accounts")
        }
        guard map == nil || preset == nil else { throw ValidationError("--map and --preset exclude each other") }
        let kindIsKnown = preset != nil && words.count == 1
        guard words.count == 2 || kindIsKnown else {
            throw ValidationError("a kind and a file are needed: hale import KIND FILE")
        }
    }

    func run() async throws {
        let mapping = try map.map { try Mapping(path: $0) } ?? preset.map { try Preset.named($0).mapping }
        let kind = words.count == 2 ? words[0] : mapping?.kind ?? ""
        guard let importKind = ImportKind(rawValue: kind.lowercased()) else {
            throw CommandError.unknownKind(kind, known: ImportKind.loadOrder.map(\.rawValue))
        }
        var request = ImportStage.Request(kind: importKind, path: words[words.count - 1])
        request.mapping = mapping
        request.formats = GivenFormats(dateFormat: dateFormat, decimalMark: decimal)
        request.termEnd = endsOn
        request.headerLine = headerLine
        request.allowedBadRows = skipBad
        request.createsMissingAccounts = createMissing != nil
        request.isHistory = history
        request.confirmsRates = confirmRates
        request.isDryRun = dryRun
        let progress = ImportProgress(subject: "\(importKind.rawValue)")
        let started = ContinuousClock.now
        let outcome = try await Database.use { database in
            try await ImportStage(database).run(request) { progress.show($0) }
        }
        let steps = progress.end()
        Console.show(
            ReceiptDocument(
                kind: importKind, outcome: outcome, elapsed: started.duration(to: .now), isDryRun: dryRun, steps: steps
            ).document, output.format)
    }
}
