import ArgumentParser
import Foundation
import HaleDomain
import HaleStore
import PrivateServer

/// `hale db`: the database.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Start, stop, migrate and look into the database.",
        subcommands: [
            Up.self, Down.self, Status.self, Migrate.self, Repack.self, Shell.self, Distribute.self,
        ])

    /// The database that the settings ask for.
    static func location() throws -> DatabaseLocation {
        let environment = try Settings().effectiveEnvironment
        return try DatabaseLocation.resolve(
            environment: environment, workspace: Workspace(environment: environment))
    }

    private static func locate() async throws -> Database {
        try await Database.locate(
            environment: Settings().effectiveEnvironment, reporting: { Console.printError($0.text) },
            whenWaiting: Console.tellOfLock)
    }

    /// `hale db up`
    struct Up: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "up", abstract: "Start the private server and bring it up to date.")

        func run() async throws {
            let database = try await Database.ofThisWorkspace()
            await database.close()
            Console.printDone("up: \(database.location)")
        }
    }

    /// `hale db down`
    struct Down: AsyncParsableCommand {
        static let configuration = CommandConfiguration(commandName: "down", abstract: "Stop the private server.")

        func run() async throws {
            guard case .privateServer(let workspace) = try location() else {
                throw CommandError.badSetting("\(try location()): Hale did not start it, so it does not stop it")
            }
            let wasRunning = try PrivateServer(workspace: workspace).stop { Console.printError($0.text) }
            Console.printDone(wasRunning ? "down" : "it was not running")
        }
    }

    /// `hale db status`
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "status", abstract: "Say which database is in use and how it is; starts nothing.")

        func run() async throws {
            let location = try location()
            Console.printOut("\(location)")
            if case .privateServer(let workspace) = location {
                let status = PrivateServer(workspace: workspace).status()
                Console.printOut(ServerStatusText(status).text)
                guard case .running = status else { throw ExitCode(.foundProblems) }
            }
            let database = try await locate()
            let migrations = try await database.migrationStatus()
            await database.close()
            switch migrations {
            case .current: Console.printOut("schema up to date")
            case .pending(let count):
                Console.printOut("\(count) steps to apply: hale db migrate")
                throw ExitCode(.foundProblems)
            }
        }
    }

    /// `hale db migrate`
    struct Migrate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "migrate", abstract: "Bring the database to this version's schema.")

        @Flag(name: .customLong("dry-run"), help: "Only say how much would be applied.")
        var dryRun = false

        func run() async throws {
            let database = try await locate()
            if dryRun {
                switch try await database.migrationStatus() {
                case .current: Console.printOut("nothing to apply")
                case .pending(let count): Console.printOut("would apply \(count) steps")
                }
            } else {
                let applied = try await database.migrate()
                Console.printDone(applied.isEmpty ? "nothing to apply" : "applied \(applied.joined(separator: ", "))")
            }
            await database.close()
        }
    }

    /// `hale db shell`
    struct Shell: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "shell",
            abstract: "Open psql on the database as hale_reader, which reads the views; arguments go to psql.",
            usage: "hale db shell [--owner] [<psql arguments> ...]",
            discussion:
                "With --owner as hale_owner, which may change everything; on a server of your own as whom its address names."
        )

        @Argument(parsing: .captureForPassthrough, help: "--owner, or arguments for psql.")
        var arguments: [String] = []

        func run() async throws {
            let environment = try Settings().effectiveEnvironment
            let isOwner = arguments.first == "--owner"
            let location = try location()
            if case .privateServer = location {
                // In a new workspace there is no database yet, and in one of an older version no role.
                let database = try await Database.ofThisWorkspace()
                await database.close()
            }
            let target = try location.connect(as: isOwner ? .owner : .reader)
            // A password goes through the environment: a process list must not show it.
            let shell = isOwner ? target.shell : try target.shell(as: .reader)
            guard let psql = ServerPrograms.client("psql", path: environment["PATH"] ?? "") else {
                throw ServerError.clientAbsent(program: "psql")
            }
            var variables = environment.merging(shell.environment) { _, new in new }
            // The password that is given belongs to another role; that of hale_reader may stand in ~/.pgpass.
            if !isOwner { variables["PGPASSWORD"] = nil }
            try OperatingSystem.become(
                psql, shell.arguments + arguments.dropFirst(isOwner ? 1 : 0), environment: variables)
        }
    }
}
