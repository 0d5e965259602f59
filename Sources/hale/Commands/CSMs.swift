import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleStore

/// `hale csms`: looks at what CSMs have to do.
struct CSMs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csms", abstract: "Look at what each CSM looks after, and who covers for whom.",
        subcommands: [List.self, Show.self])

    /// `hale csms list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "Every CSM: accounts, ARR, the work of a week beside its minutes, and absences.")

        @Option(name: .customLong("as-of"), help: "The day; today when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).today(or: asOf)
                    let store = CSMStore(connection)
                    return CSMListDocument(
                        day: day, csms: try await store.workload(asOf: day),
                        absences: try await store.absences(from: day),
                        money: try await .reporting(on: connection)
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale csms show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "One CSM: the work of a week, absences, and every account with who looks after it.")

        @Argument(help: "E-mail or name of the CSM.")
        var csm: String

        @Option(name: .customLong("as-of"), help: "The day; today when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let accounts = AccountStore(connection)
                    let day = try await accounts.today(or: asOf)
                    let csm = try await LookUp.csm(csm, on: connection)
                    let store = CSMStore(connection)
                    guard let workload = try await store.workload(asOf: day, csms: [csm]).first else {
                        throw CommandError.unknownCSM(csm)
                    }
                    return CSMShowDocument(
                        day: day, csm: workload, absences: try await store.absences(from: day, csm: csm),
                        accounts: try await accounts.health(asOf: day).filter { $0.csm == csm || $0.cover?.csm == csm },
                        money: try await .reporting(on: connection)
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }
}

extension AccountStore {
    /// The day asked for, else today; a cover is of the calendar and waits for no score.
    fileprivate func today(or asked: Day?) async throws -> Day {
        if let asked { return asked }
        return try await today()
    }
}
