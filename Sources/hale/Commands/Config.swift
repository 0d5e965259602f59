import ArgumentParser
import HaleOutput
import HaleStore

/// `hale config`: the settings, where each came from, and the organisation's settings in the database.
struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Show the settings and where each value came from; set those of the organisation.",
        subcommands: [List.self, Set.self], defaultSubcommand: List.self)

    /// `hale config`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "Show every setting.")

        @OptionGroup var output: FormatOption

        func run() async throws {
            var rows: [(name: String, value: String?, origin: String, meaning: String)] = []
            let settings = try Settings()
            for key in Settings.Key.allCases {
                let value = settings.value(key)
                let text = key.isSecret && value.text != nil ? "(hidden)" : value.text
                rows.append((key.rawValue, text, value.origin, key.meaning))
            }
            do {
                let stored = try await Database.use { database in
                    try await database.withConnection { try await SettingStore($0).all() }
                }
                for setting in OrganisationSetting.allCases {
                    let origin = stored[setting] == nil ? "not set" : "database"
                    rows.append((setting.rawValue, stored[setting], origin, setting.meaning))
                }
            } catch {
                // The settings are wanted most when the database is out of reach.
                Console.printError("hale: \(error)")
                for setting in OrganisationSetting.allCases {
                    rows.append((setting.rawValue, nil, "database out of reach", setting.meaning))
                }
            }
            var table = Table([
                Column("setting", priority: 100), Column("value", priority: 99, minimumWidth: 8),
                Column("from", priority: 90),
                Column("what it is", key: "meaning", priority: 50, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
            ])
            for row in rows {
                table.append([
                    .text(row.name), .optional(row.value) { .text($0) }, .text(row.origin), .text(row.meaning),
                ])
            }
            Console.show(
                Document(
                    table: table,
                    json: [
                        "settings": .array(
                            rows.map {
                                ["name": .string($0.name), "value": .init($0.value), "from": .string($0.origin)]
                            })
                    ]), output.format)
        }
    }

    /// `hale config set`
    struct Set: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "set", abstract: "Set a setting of the organisation, such as time_zone or reporting_currency.")

        @Argument(help: "One of \(OrganisationSetting.allCases.map(\.rawValue).joined(separator: ", ")).")
        var name: String

        @Argument(help: "The value, such as Europe/Berlin or EUR.")
        var value: String

        func run() async throws {
            guard let setting = OrganisationSetting(rawValue: name) else {
                let known = OrganisationSetting.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandError.badSetting("there is no setting \"\(name)\" in the database: use one of \(known)")
            }
            try await Database.use { database in
                try await database.withConnection { try await SettingStore($0).set(setting, to: value) }
            }
            Console.printDone("\(name) is \(value)")
        }
    }
}
