import Foundation
import HaleTestSupport
import Postgres
import Testing

/// What `hale doctor` finds in the files that are in force.
@Suite(.database) struct `The doctor` {
    private static func checks(_ run: CommandLineRun) throws -> [String: JSONAnswer] {
        var checks: [String: JSONAnswer] = [:]
        for check in try #require(try run.json()["checks"]?.elements) {
            checks[try #require(check["name"]?.textValue)] = check
        }
        return checks
    }

    /// A user with files, which lie in folders of the current directory.
    private static func user(_ files: [String: String]) throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        for (name, text) in files {
            let folder = user.directory.appending(path: name).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try user.write(text, to: name)
        }
        return user
    }

    @Test func `finds good files good, and writes nothing`() async throws {
        let user = try Self.user([
            "alerts/receivers.yaml": "receivers: [{name: team, url: https://example.com/, secret_env: SECRET}]\n"
        ])
        let run = try await user.run(
            ["doctor", "--format", "json"], variables: ["HALE_SECRET_KEY": String(repeating: "0a", count: 32)])
        #expect(run.status == 0, "\(run.everything)")
        let checks = try Self.checks(run)
        for name in ["models", "rules", "playbooks", "receivers", "secret key"] {
            #expect(checks[name]?["outcome"] == .text("ok"), "\(name)")
        }
        #expect(checks["models"]?["text"] == .text("in force: default"))
        #expect(checks["receivers"]?["text"] == .text("1 in alerts/receivers.yaml"))
        let known = try await TestDatabase.shared.query("select 1 as one from hale_data.receiver")
        #expect(known.isEmpty)
    }

    @Test func `finds every file that cannot be used, with its place`() async throws {
        let user = try Self.user([
            "models/default.yaml": "name: default\ncolour: red\n",
            "alerts/rules/own.yaml": "rules:\n  - name: Own\n    when: no_signal > 1\n",
            "alerts/playbooks/own.yaml": "playbooks:\n  - name: own\n    colour: red\n",
            "alerts/receivers.yaml": "receivers:\n  - name: team\n",
        ])
        let run = try await user.run(["doctor", "--format", "json"], variables: ["HALE_SECRET_KEY": "none"])
        #expect(run.status == 3)
        #expect(run.errorLines.count == 1, "\(run.errors)")
        let checks = try Self.checks(run)
        let places = [
            ("models", "models/default.yaml:"), ("rules", "alerts/rules/own.yaml:"),
            ("playbooks", "alerts/playbooks/own.yaml:"), ("receivers", "alerts/receivers.yaml:"),
            ("secret key", "HALE_SECRET_KEY is no key"),
        ]
        for (name, place) in places {
            #expect(checks[name]?["outcome"] == .text("problem"), "\(name)")
            let text = checks[name]?["text"]?.textValue ?? ""
            #expect(text.contains(place) && !text.contains("\n"), "\(name): \(text)")
            #expect(checks[name]?["advice"]?.textValue?.isEmpty == false, "\(name)")
        }
    }

    @Test func `tries every secret that is kept, whichever receiver is told next`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let (old, new) = (String(repeating: "0a", count: 32), String(repeating: "b1", count: 32))
        let added = try await user.run(
            ["receivers", "add", "team", "--url", "https://1.1.1.1/hook"], variables: ["HALE_SECRET_KEY": old])
        #expect(added.status == 0, "\(added.everything)")
        func secrets(_ variables: [String: String]) async throws -> JSONAnswer? {
            try Self.checks(try await user.run(["doctor", "--format", "json"], variables: variables))["signing secrets"]
        }
        #expect(try await secrets(["HALE_SECRET_KEY": old])?["outcome"] == .text("ok"))
        for variables in [["HALE_SECRET_KEY": new], [:]] {
            let check = try #require(try await secrets(variables))
            #expect(check["outcome"] == .text("problem"), "\(check)")
            #expect(check["text"]?.textValue?.contains("HALE_SECRET_KEY") == true, "\(check)")
        }

        // The keys stand in the environment; the command line is for everybody to read.
        let both = ["HALE_SECRET_KEY": old, "HALE_NEW_SECRET_KEY": new]
        let tried = try await user.run(["receivers", "rekey", "--dry-run"], variables: both)
        #expect(tried.output == "1 secrets would be encrypted anew, 0 were so already: team\n", "\(tried.everything)")
        let done = try await user.run(["receivers", "rekey"], variables: both)
        #expect(done.output == "1 secrets encrypted anew, 0 were so already: team\n", "\(done.everything)")
        #expect(!done.everything.contains(new) && !done.everything.contains(old))
        #expect(try await secrets(["HALE_SECRET_KEY": new])?["outcome"] == .text("ok"))
        #expect(try await secrets(["HALE_SECRET_KEY": old])?["outcome"] == .text("problem"))
        let wrong = try await user.run(["receivers", "rekey"], variables: ["HALE_SECRET_KEY": old])
        #expect(wrong.status == 1 && wrong.errorLines.count == 1, "\(wrong.everything)")
        #expect(wrong.errors.contains("HALE_NEW_SECRET_KEY"))
    }
}
