import ArgumentParser
import Foundation
import HaleDomain
import HaleService

/// `hale import mapping`: a mapping to edit.
struct ImportMapping: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Write a mapping to edit: the kind's columns, the file's headers, and the formats found.")

    @Argument(help: "What the rows are, such as accounts.")
    var kind: String

    @Argument(help: "The file; - reads standard input.")
    var file: String

    @Option(help: ArgumentHelp("Write it to this file, which must not be there yet.", valueName: "file"))
    var output: String?

    @Option(
        name: .customLong("header-line"),
        help: ArgumentHelp("The line of the header, where it is not found.", valueName: "line"))
    var headerLine: Int?

    func validate() throws {
        guard headerLine ?? 1 > 0 else { throw ValidationError("--header-line takes the number of a line, 1 or more") }
    }

    func run() throws {
        guard let importKind = ImportKind(rawValue: kind.lowercased()) else {
            throw CommandError.unknownKind(kind, known: ImportKind.loadOrder.map(\.rawValue))
        }
        let draft = try MappingDraft(kind: importKind, path: file, headerLine: headerLine)
        guard let output else { return Console.printOut(draft.text) }
        do {
            try Data(draft.text.utf8).write(to: URL(fileURLWithPath: output), options: .withoutOverwriting)
        } catch {
            let isThere = FileManager.default.fileExists(atPath: output)
            throw CommandError.unwritableFile(
                output, reason: isThere ? "it is there already; name another file" : error.localizedDescription)
        }
        Console.printOut("\(output): check it, then hale import \(importKind.rawValue) \(file) --map \(output)")
    }
}
