public import ArgumentParser
import Foundation
public import HaleDomain
public import HaleService
import HaleStore
public import HaleTerminal

extension OutputFormat: ExpressibleByArgument {}
extension DateFormat: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
extension Band: ExpressibleByArgument {}

extension Day: ExpressibleByArgument {
    /// A day written as an argument.
    public init?(argument: String) {
        self.init(iso: argument)
    }
}

/// How rows are printed.
struct FormatOption: ParsableArguments {
    @Option(help: "How to print: table, json, csv or markdown.")
    var format: OutputFormat = .table
}

extension Database {
    /// The database of this workspace, running and up to date.
    static func ofThisWorkspace() async throws -> Database {
        try await open(environment: Settings().effectiveEnvironment) { Console.printError($0.text) }
    }

    /// Runs a command's work on the database and closes it whatever happens.
    static func use<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
        let database = try await ofThisWorkspace()
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}
