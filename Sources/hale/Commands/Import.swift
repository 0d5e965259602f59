import ArgumentParser
import Delimited
import Foundation
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore

/// `hale import`: takes files in, and looks after what came in.
struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Import CSV and JSON files; list, repeat and undo imports.",
        usage: """
            hale import KIND FILE [options]
            hale import --preset NAME FILE [options]
            hale import FOLDER [options]
            hale import mapping|list|show|rejects|replay|undo|presets …
            """,
        discussion:
            "Kinds, in the order of a first load: \(ImportKind.loadOrder.map(\.rawValue).joined(separator: ", ")). "
            + "The options of an import: hale import file --help.",
        subcommands: [
            ImportFileCommand.self, ImportList.self, ImportShow.self, ImportRejects.self, ImportReplay.self,
            ImportUndo.self, ImportPresets.self, ImportMapping.self,
        ], defaultSubcommand: ImportFileCommand.self)
}

/// `hale import file`, or `hale import` alone: takes a file in, whole or not at all.
struct ImportFileCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract:
            "Import a CSV or JSON file; the receipt says what was read, changed and left out. The word file may be left out.",
        usage: """
            hale import [file] KIND FILE [options]
            hale import FOLDER [options]
            """)

    @Argument(
        help: ArgumentHelp(
            "What the rows are, such as accounts; not needed with --preset. Then the file; - reads standard input, "
                + ".gz is unpacked. A folder alone: its files, whose kinds are found by their columns.",
            valueName: "kind> <file"))
    var words: [String] = []

    @Option(help: "A mapping file that says how the file's columns become the kind's.")
    var map: String?

    @Option(help: "A mapping that ships with hale, such as stripe-subscriptions; hale import presets lists them.")
    var preset: String?

    @Option(
        name: .customLong("column"),
        help: ArgumentHelp(
            "Which header of the file a column is taken from, such as email=E-Mail; as often as needed.",
            valueName: "column=header"))
    var columns: [ColumnChoice] = []

    @Option(
        name: .customLong("date-format"),
        help:
            "The order of dates: iso, dmy or mdy (FILE=dmy for one of a folder). Found from the values when not given."
    )
    var dateFormats: [PerFile<DateFormat>] = []

    @Option(
        name: .customLong("decimal"),
        help: "The decimal mark: point or comma (FILE=comma for one of a folder). Found from the values when not given."
    )
    var decimals: [PerFile<DecimalMark>] = []

    @Option(
        name: .customLong("ends-on"),
        help: "What ends_on of contracts names: last-day or day-after. Found from the terms when not given.")
    var ends: [PerFile<TermEnd>] = []

    @Option(
        name: .customLong("header-line"),
        help: "The line that names the columns, where others stand above it. Found from the names when not given.")
    var headerLine: Int?

    @Option(name: .customLong("skip-bad"), help: "Leave out up to this many bad rows and keep them with the receipt.")
    var skipBad: Int = 0

    @Option(
        name: .customLong("create-missing"),
        help: "Create what rows name and nobody imported: accounts, csms or accounts,csms.")
    var createMissing: CreatedKinds?

    @Flag(
        name: .customLong("confirm-rates"),
        help: "Take exchange rates that look inverted or are far from the rates around them.")
    var confirmRates = false

    @Flag(help: "A first load: facts count as known since they happened.")
    var history = false

    @Flag(name: .customLong("dry-run"), help: "Do everything, print the receipt, and undo it.")
    var dryRun = false

    @Option(
        name: .customLong("kind"),
        help: ArgumentHelp(
            "Of a folder: what a file is, where its columns leave that open: a kind, a preset, or none to leave it out.",
            valueName: "file=kind"))
    var kinds: [PerFile<FileIdentity>] = []

    @Flag(help: "Of a folder: import what was found without asking.")
    var yes = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard headerLine ?? 1 > 0 else { throw ValidationError("--header-line takes the number of a line, 1 or more") }
        guard skipBad >= 0 else { throw ValidationError("--skip-bad takes a number of rows, 0 or more") }
        guard map == nil || preset == nil else { throw ValidationError("--map and --preset exclude each other") }
        guard !isFolder else {
            guard headerLine == nil else {
                throw ValidationError("--header-line is for one file; in a folder a mapping's header_line says it")
            }
            guard map == nil, columns.isEmpty else {
                throw ValidationError(
                    "a folder takes no --map and no --column: a mapping of a file's name beside it is used, "
                        + "such as accounts.yaml for accounts.csv")
            }
            return
        }
        guard words.count == 2 || (preset != nil && words.count == 1) else {
            throw ValidationError(whatIsNeeded)
        }
        let named = dateFormats.map(\.file) + decimals.map(\.file) + ends.map(\.file)
        guard named.allSatisfy(\.isEmpty), kinds.isEmpty, !yes else {
            throw ValidationError("--kind, --yes and FILE=VALUE are for the files of a folder")
        }
    }

    /// What is missing where the words are neither a kind and a file nor a folder.
    private var whatIsNeeded: String {
        guard words.count == 1, ImportKind(rawValue: words[0].lowercased()) == nil else {
            return "a kind and a file are needed, or a folder: hale import KIND FILE"
        }
        return FileManager.default.fileExists(atPath: words[0])
            ? "\(words[0]) is a file: say of which kind, hale import KIND \(words[0])"
            : "\(words[0]) is neither a kind nor a folder that is there: hale import KIND FILE, or hale import FOLDER"
    }

    /// Whether all files of a folder are meant.
    var isFolder: Bool {
        guard words.count == 1, preset == nil else { return false }
        return (try? URL(fileURLWithPath: words[0]).resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
    }

    func run() async throws {
        if isFolder { return try await FolderImportRun(options: self).run() }
        let mapping = try map.map { try Mapping(path: $0) } ?? preset.map { try Preset.named($0).mapping }
        let kind = words.count == 2 ? words[0] : mapping?.kind ?? ""
        guard let importKind = ImportKind(rawValue: kind.lowercased()) else {
            throw CommandError.unknownKind(kind, known: ImportKind.loadOrder.map(\.rawValue))
        }
        var request = request(of: importKind, path: words[words.count - 1])
        request.mapping = try mapping?.choosing(columns) ?? (columns.isEmpty ? nil : .of(columns, kind: importKind))
        request.formats = GivenFormats(dateFormat: dateFormats.last?.value, decimalMark: decimals.last?.value)
        request.termEnd = ends.last?.value
        request.headerLine = headerLine
        let progress = ImportProgress(subject: "\(importKind.rawValue)")
        let started = ContinuousClock.now
        let outcome: ImportStage.Outcome
        do {
            outcome = try await Database.use { [request] database in
                try await ImportStage(database).run(request) { progress.show($0) }
            }
        } catch {
            // Programs get the reasons as data; people, and logs, as lines on standard error.
            let refusal = ImportRefusalDocument(kind: importKind, path: request.path, error: error)
            if output.format == .json, let refusal { Console.show(refusal.document, .json) }
            throw error
        }
        let steps = progress.end()
        Console.showDone(
            ReceiptDocument(
                kind: importKind, outcome: outcome, elapsed: started.duration(to: .now), isDryRun: dryRun, steps: steps
            ).document, output.format)
    }

    /// What the options say of any file.
    func request(of kind: ImportKind, path: String) -> ImportStage.Request {
        var request = ImportStage.Request(kind: kind, path: path)
        request.allowedBadRows = skipBad
        request.createsMissingAccounts = createMissing?.accounts ?? false
        request.createsMissingCSMs = createMissing?.csms ?? false
        request.isHistory = history
        request.confirmsRates = confirmRates
        request.isDryRun = dryRun
        return request
    }
}
