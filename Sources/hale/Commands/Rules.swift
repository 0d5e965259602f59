import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleService
import HaleStore

/// `hale rules`: the files that say what wants attention.
struct Rules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Check, test, explain and replay the rules of alerts, and release one that is held.",
        subcommands: [Check.self, Test.self, Explain.self, Replay.self, Ledger.self, Release.self])

    /// `hale rules check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check files of rules; without a file, all rules in force. Exit status 3 with problems.")

        @Argument(help: "Files of rules.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            let checked = try await Database.use { try await RuleChecks($0, library: library).check(files) }
            for problem in checked.problems { Console.printError("hale: \(problem)") }
            Console.show(RuleListDocument(checked: checked).document, output.format)
            guard checked.problems.isEmpty else { throw CommandError.foundProblems(checked.problems.count) }
        }
    }

    /// `hale rules test`
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Run the tests of rules; without a file, all at hand. Exit status 3 when one fails.")

        @Argument(help: "Files of tests.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            let tested = try await Database.use { try await RuleChecks($0, library: library).test(files) }
            for result in tested {
                for problem in result.problems {
                    let place = "\(result.test.file):\(problem.line ?? result.test.line ?? 1)"
                    Console.printError("hale: \(place): \(result.test.name): \(problem.message)")
                }
            }
            Console.show(RuleTestDocument(tested: tested).document, output.format)
            let failed = tested.count { !$0.problems.isEmpty }
            guard failed == 0 else { throw CommandError.foundProblems(failed) }
        }
    }

    /// `hale rules explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "What a rule does, and for an account whether its condition holds; or every signal.")

        @Argument(help: "The rule.")
        var rule: String?

        @Option(help: "The account whose signals are shown.")
        var account: String?

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @Flag(help: "Every signal with its type, unit and meaning.")
        var signals = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard signals != (rule != nil) else { throw ValidationError("name a rule, or give --signals") }
            guard rule != nil || account == nil && asOf == nil else {
                throw ValidationError("--account and --as-of go with a rule")
            }
        }

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            let document = try await Database.use { database in
                guard let rule else {
                    return SignalListDocument(
                        signals: try await RuleChecks(database, library: library).signals()
                    ).document
                }
                let day = try await database.withConnection { try await AccountStore($0).day(asOf) }
                let account: String? = if let account { try await database.account(account) } else { nil }
                return RuleExplanationDocument(
                    explanation: try await RuleExplanation.of(
                        rule, library: library, account: account, on: day, database)
                ).document
            }
            Console.show(document, output.format)
        }
    }

    /// `hale rules replay`
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "replay",
            abstract: "What the rules would have done on scored days, and whether the accounts were really lost.",
            discussion: "Limits, silences and the fleet guard are left out, and nothing is written. An account counts "
                + "as lost from the day on which a renewal was decided as lost or a contract was cancelled.")

        @Option(help: "The first day.")
        var from: Day

        @Option(help: "The last day.")
        var to: Day

        @Option(name: .customLong("losses-until"), help: "The last day of losses; today when not given.")
        var lossesUntil: Day?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard from <= to else { throw ValidationError("--from \(from) is after --to \(to)") }
            guard lossesUntil ?? to >= to else { throw ValidationError("--losses-until is before --to \(to)") }
        }

        func run() async throws {
            let library = try RuleLibrary.ofThisWorkspace()
            let outcome = try await Database.use { database in
                let today = try await database.withConnection { connection in
                    let accounts = AccountStore(connection)
                    try await accounts.requireReached(to)
                    try await accounts.requireReached(lossesUntil)
                    return try await accounts.today()
                }
                return try await RuleReplay(database, library: library, fleetGuard: Settings.fleetGuard()).run(
                    from: from, to: to, lossesUntil: lossesUntil ?? max(today, to))
            }
            for complaint in outcome.complaints {
                Console.printError("hale: \(complaint.sentence)")
            }
            Console.show(RuleReplayDocument(from: from, to: to, outcome: outcome).document, output.format)
        }
    }

    /// `hale rules release`
    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "release",
            abstract: "Let a rule go that is held because it would fire for too many accounts at once.",
            discussion: "What waited fires now. Look first: hale alerts list --rule NAME shows what is pending.")

        @Argument(help: "The rule.")
        var rule: String

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        func run() async throws {
            let person = try Author.required(by)
            let library = try RuleLibrary.ofThisWorkspace()
            let count = try await Database.use {
                try await AlertActions($0, announcing: try .ofThisWorkspace()).release(
                    rule, by: person, library: library)
            }
            Console.printDone("\(rule) is released: \(count) \(count == 1 ? "alert fires" : "alerts fire")")
        }
    }
}
