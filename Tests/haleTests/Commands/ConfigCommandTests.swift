import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale config`: values, where they come from, and `hale.yaml`.
@Suite(.database) struct `The config command` {
    private static func settings(_ run: CommandLineRun) throws -> [String: JSONAnswer] {
        var settings: [String: JSONAnswer] = [:]
        let answer = try run.json()
        for setting in try #require(answer["settings"]?.elements) {
            let name = try #require(setting["name"]?.textValue)
            settings[name] = setting
        }
        return settings
    }

    @Test func `without a file and variables there are defaults, and what is not set is null`() async throws {
        let run = try await CommandLineUser.ofTestDatabase().run("config", "--format", "json")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let settings = try Self.settings(run)
        #expect(settings["home"]?["value"] == .text(".hale"))
        #expect(settings["home"]?["from"] == .text("default"))
        #expect(settings["csm"]?["value"] == .null)
        #expect(settings["csm"]?["from"] == .text("not set"))
        #expect(settings["time_zone"]?["value"] == .text("UTC"))
        #expect(settings["reporting_currency"]?["value"] == .null)
    }

    @Test func `a variable wins over the file, and the file over the default`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write("csm: ana@example.com\nhome: elsewhere\n", to: "hale.yaml")
        let first = try await user.run("config", "--format", "json")
        let byFile = try Self.settings(first)
        #expect(byFile["csm"]?["value"] == .text("ana@example.com"))
        #expect(byFile["csm"]?["from"] == .text("hale.yaml"))
        #expect(byFile["home"]?["value"] == .text("elsewhere"))
        #expect(byFile["home"]?["from"] == .text("hale.yaml"))

        let second = try await user.run(["config", "--format", "json"], variables: ["HALE_CSM": "bo@example.com"])
        let byVariable = try Self.settings(second)
        #expect(byVariable["csm"]?["value"] == .text("bo@example.com"))
        #expect(byVariable["csm"]?["from"] == .text("HALE_CSM"))
        #expect(byVariable["home"]?["from"] == .text("hale.yaml"))
    }

    @Test(arguments: ["table", "json", "csv", "markdown"])
    func `the address of a server is hidden, wherever it comes from`(format: String) async throws {
        let database = try TestDatabase.shared
        let host = try #require(database.superuser.keywords["host"])
        let address = "postgresql://postgres:s3cret-wort@/\(database.name)?host=\(host)"
        let byVariable = try CommandLineUser(["DATABASE_URL": address])
        let first = try await byVariable.run("config", "--format", format)
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("(hidden)"))
        #expect(first.output.contains("DATABASE_URL"))

        // No workspace can be made there, so that nothing starts a private server unnoticed.
        let byFile = try CommandLineUser(["HALE_HOME": "/dev/null/none"])
        try byFile.write("database_url: \"\(address)\"\n", to: "hale.yaml")
        let second = try await byFile.run("config", "--format", format)
        #expect(second.status == 0, "\(second.errors)")
        #expect(second.output.contains("(hidden)"))
        for run in [first, second] {
            #expect(!run.everything.contains("s3cret-wort"))
            #expect(!run.everything.contains(database.name))
        }
    }

    @Test func `keys and addresses that are secret are named and not shown`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let key = String(repeating: "0123456789abcdef", count: 4)
        let run = try await user.run(
            ["config", "--format", "json"],
            variables: ["HALE_SECRET_KEY": key, "HALE_RULES_DATABASE_URL": "postgresql://hale_rules:wort@/none"])
        let settings = try Self.settings(run)
        for (name, variable) in [("secret_key", "HALE_SECRET_KEY"), ("rules_database_url", "HALE_RULES_DATABASE_URL")] {
            #expect(settings[name]?["value"] == .text("(hidden)"))
            #expect(settings[name]?["from"] == .text(variable))
        }
        #expect(!run.everything.contains(key) && !run.everything.contains("wort"))
    }

    /// Files, and the place and name of the entry that cannot be used.
    private static let badEntries = [
        ("# of the team\ncsm: ana@example.com\ncolour: red\n", "hale.yaml:3:1: there is no setting \"colour\""),
        ("{csm: ana@example.com, colour: red}\n", "hale.yaml:1:24: there is no setting \"colour\""),
        ("csm: [ana, bo]\n", "hale.yaml:1:1: csm "),
        ("secret_key: 00\n", "hale.yaml:1:1: secret_key stands in the environment only, as HALE_SECRET_KEY"),
    ]

    @Test(arguments: badEntries)
    func `an entry of the file that cannot be used is one line with its place, and wrong usage`(
        text: String, place: String
    ) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(text, to: "hale.yaml")
        for command in [["config"], ["accounts", "list"], ["doctor"]] {
            let run = try await user.run(command)
            #expect(run.status == 2)
            #expect(run.output == "")
            #expect(run.errorLines.count == 1, "\(run.errors)")
            #expect(run.errors.contains(place), "\(run.errors)")
        }
    }

    @Test(arguments: ["csm: \"ana\n", "- csm\n", "csm: ana\n  home: [\n"])
    func `a file that is no list of settings is one line that names it, and wrong usage`(text: String) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        try user.write(text, to: "hale.yaml")
        let run = try await user.run("config")
        #expect(run.status == 2)
        #expect(run.output == "")
        #expect(run.errorLines.count == 1, "\(run.errors)")
        #expect(run.errors.contains("hale.yaml"))
    }

    @Test func `a setting of the organisation is kept in the database`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let set = try await user.run("config", "set", "time_zone", "Europe/Berlin")
        #expect(set.status == 0, "\(set.errors)")
        let run = try await user.run("config", "--format", "json")
        let settings = try Self.settings(run)
        #expect(settings["time_zone"]?["value"] == .text("Europe/Berlin"))
        #expect(settings["time_zone"]?["from"] == .text("database"))
    }

    @Test func `what is assumed of money is told where it acts`() async throws {
        let user = try await SmallPortfolio.user()
        for (name, value) in [("margin", "0.65"), ("save_rate", "0.125"), ("hourly_cost", "95"), ("discount", "0.08")] {
            let set = try await user.run("config", "set", name, value)
            #expect(set.status == 0, "\(set.errors)")
        }
        let morning = try await user.run("morning", "--format", "json").json()
        #expect(morning["margin"] == .number(0.65) && morning["saveRate"] == .number(0.125))
        #expect(morning["hourlyCost"] == .money(minor: 9_500, "EUR"))
        let text = try await user.run("morning").everything.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains("65 % margin × 12.5 % saved") && text.contains("an hour costs EUR 95.00"), "\(text)")
        let economics = try await user.run("economics", "--format", "json").json()
        #expect(economics["grossMargin"] == .number(0.65) && economics["discount"] == .number(0.08))
        let retention = try await user.run("retention", "--by", "account", "--format", "json").json()
        #expect(retention["margin"] == .number(0.65) && retention["discount"] == .number(0.08))
        for command in [["economics"], ["retention", "--by", "account"]] {
            #expect(try await user.run(command).everything.contains("65 % margin, 8 % discount a year"))
        }
    }

    @Test func `the CSM of the file is whose morning is shown`() async throws {
        let user = try await SmallPortfolio.user()
        try user.write("csm: ana@example.com\n", to: "hale.yaml")
        let answer = try await user.run("morning", "--format", "json").json()
        let mornings = try #require(answer["csms"]?.elements)
        #expect(mornings.map { $0["csm"]?.textValue } == ["ana@example.com"])
    }
}
