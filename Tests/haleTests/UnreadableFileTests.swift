import Foundation
import HaleTestSupport
import PrivateServer
import Testing

/// A file that says how Hale works and cannot be read is never taken for one that is not there.
@Suite(.database) struct `Configuration that cannot be read` {
    /// What may stand in the place of a file.
    enum Obstacle: String, CaseIterable {
        case folder, danglingLink, notUTF8, pipe, permission

        /// A word of the reason.
        var reason: String {
            switch self {
            case .folder: "is a folder"
            case .danglingLink: "is a link to nothing"
            case .notUTF8: "is not valid UTF-8"
            case .pipe: "is a pipe"
            case .permission: "permission denied"
            }
        }

        func make(_ name: String, of user: CommandLineUser) throws {
            let path = user.directory.appending(path: name).path
            let parent = URL(filePath: path).deletingLastPathComponent()
            try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
            switch self {
            case .folder: try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            case .danglingLink:
                try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere.yaml")
            case .notUTF8: try Data([0x63, 0x73, 0x6D, 0x3A, 0x20, 0xFF, 0x0A]).write(to: URL(filePath: path))
            case .pipe: _ = try OperatingSystem.run(ProgramCall("/usr/bin/env", ["mkfifo", path]))
            case .permission:
                try Data("csm: ana@example.com\n".utf8).write(to: URL(filePath: path))
                try OperatingSystem.setPermissions(path, 0)
            }
        }
    }

    /// Root may read everything.
    private static let obstacles = Obstacle.allCases.filter {
        $0 != .permission || OperatingSystem.effectiveUserID != 0
    }

    @Test(arguments: obstacles)
    func `hale yaml stops every command before a server is made`(obstacle: Obstacle) async throws {
        let user = try CommandLineUser()
        try obstacle.make("hale.yaml", of: user)
        for arguments in [["accounts", "list"], ["config"], ["doctor"], ["db", "up"], ["db", "status"]] {
            let run = try await user.run(arguments)
            #expect(run.status == 2, "\(arguments): \(run.everything)")
            #expect(run.errorLines.count == 1 && run.output == "", "\(run.everything)")
            #expect(run.errors.contains("HALE-CLI-006: hale.yaml \(obstacle.reason)"), "\(run.errors)")
        }
        #expect(!user.has(".hale"))
    }

    @Test(arguments: obstacles)
    func `a model, a rule, a playbook, a receiver`(obstacle: Obstacle) async throws {
        let cases: [(file: String, command: [String], code: String)] = [
            ("models/default.yaml", ["models", "check"], "HALE-MODEL-001"),
            ("models/default.yaml", ["score"], "HALE-MODEL-001"),
            ("models/tests/mine.yaml", ["models", "test"], "HALE-MODEL-001"),
            ("alerts/rules/mine.yaml", ["rules", "check"], "HALE-RULE-001"),
            ("alerts/tests/mine.yaml", ["rules", "test"], "HALE-RULE-001"),
            ("alerts/playbooks/mine.yaml", ["playbooks", "check"], "HALE-RULE-001"),
            ("alerts/receivers.yaml", ["receivers", "list"], "HALE-DELIVERY-001"),
            (".hale/alerts/receivers.yaml", ["receivers", "list"], "HALE-DELIVERY-001"),
        ]
        for (file, command, code) in cases {
            let user = try CommandLineUser.ofTestDatabase()
            try obstacle.make(file, of: user)
            let run = try await user.run(command)
            #expect(run.status != 0, "\(file): \(run.everything)")
            #expect(run.everything.contains(obstacle.reason), "\(file): \(run.everything)")
            #expect(run.everything.contains(code), "\(file): \(run.everything)")
            #expect(run.everything.contains(String(file.split(separator: "/").last ?? "")), "\(run.everything)")
        }
    }

    @Test(arguments: [
        ("models", ["models", "check"]), ("models/tests", ["models", "test"]), ("alerts", ["rules", "check"]),
        ("alerts/rules", ["rules", "check"]), ("alerts", ["receivers", "list"]),
    ])
    func `a file in the place of a folder`(folder: String, command: [String]) async throws {
        for obstacle in [Obstacle.notUTF8, .danglingLink] {
            let user = try CommandLineUser.ofTestDatabase()
            try obstacle.make(folder, of: user)
            let run = try await user.run(command)
            #expect(run.status != 0, "\(run.everything)")
            #expect(run.everything.contains("\(folder): is "), "\(run.everything)")
        }
    }

    @Test func `a folder that is not there is none`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        for command in [["models", "check"], ["rules", "check"], ["receivers", "list"]] {
            let run = try await user.run(command)
            #expect(run.status == 0, "\(run.everything)")
        }
    }
}
