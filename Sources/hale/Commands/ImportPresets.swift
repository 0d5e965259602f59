import ArgumentParser
import HaleFiles
import HaleOutput

/// `hale import presets`: the mappings that ship with the program.
struct ImportPresets: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "presets",
        abstract: "List the mappings for the exports of other products, or print one to copy and change.")

    @Argument(help: "Print this one.")
    var name: String?

    @OptionGroup var output: FormatOption

    func run() throws {
        if let name {
            Console.printOut(try Preset.named(name).text)
            return
        }
        let presets = try Preset.all
        var table = Table([
            Column("preset", priority: 100), Column("kind", priority: 99),
            Column("what for", key: "purpose", priority: 90, minimumWidth: 30, overflow: .wrap(maximumLines: 4)),
        ])
        for preset in presets {
            table.append([.text(preset.name), .text(preset.mapping.kind), .text(preset.purpose)])
        }
        Console.show(
            Document(
                table: table,
                json: [
                    "presets": .array(
                        presets.map {
                            [
                                "preset": .string($0.name), "kind": .string($0.mapping.kind),
                                "purpose": .string($0.purpose),
                            ]
                        })
                ]), output.format)
    }
}
