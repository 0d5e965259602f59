import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleService
import HaleStore

extension Accounts {
    /// `hale accounts override`
    struct Override: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "override", abstract: "Set an account's band by hand until a day, or take that back.",
            discussion:
                "The computed band stays beside it and every score stays what it is. An override ends by itself, "
                + "gives way to a notice of non-renewal, and makes no band where too little is known for one.")

        @Argument(help: ArgumentHelp(LookUp.accountHelp))
        var account: String

        @Option(help: "The band: red, amber or green.")
        var band: Band?

        @Option(help: "The last day on which it holds.")
        var until: Day?

        @Option(help: "The first day; the newest scored one when not given.")
        var from: Day?

        @Option(help: "Why.")
        var reason: String?

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        @Flag(name: .customLong("take-back"), help: "Take back what was set of the account.")
        var takeBack = false

        @Flag(name: .customLong("dry-run"), help: "Say what would be done, and change nothing.")
        var dryRun = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            if takeBack {
                guard band == nil, until == nil, reason == nil else {
                    throw ValidationError("--take-back goes without --band, --until and --reason")
                }
                return
            }
            guard let band, until != nil, let reason else {
                throw ValidationError("give --band, --until and --reason, or --take-back")
            }
            guard band != .unknown else { throw ValidationError("--band is red, amber or green") }
            guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason is empty") }
        }

        func run() async throws {
            let person = try Author.required(by)
            let document = try await Database.use { database in
                let account = try await database.account(account)
                let judgements = Judgements(database)
                guard let band, let until, let reason else {
                    let ended = try await judgements.takeBack(
                        of: account, from: from, by: person, isDryRun: dryRun)
                    if !dryRun { try await TaskStage.inForce(database).refresh(account) }
                    return JudgementDocument(account: account, isDryRun: dryRun).takenBack(ended)
                }
                let (override, ended) = try await judgements.set(
                    band, of: account, from: from, until: until, reason: reason, by: person, isDryRun: dryRun)
                if !dryRun { try await TaskStage.inForce(database).refresh(account) }
                return JudgementDocument(account: account, isDryRun: dryRun).set(override, ended: ended)
            }
            Console.showDone(document, output.format)
        }
    }

    /// `hale accounts overrides`
    struct Overrides: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "overrides",
            abstract: "Bands that were set by hand: those in force on a day, or all, or how often people were right.")

        @Flag(help: "Those that ended too.")
        var all = false

        @Flag(help: "How often the person was right against what happened.")
        var scoreboard = false

        @OptionGroup var filter: AccountFilter

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard !all || !scoreboard else {
                throw ValidationError("--scoreboard is about all overrides: leave --all out")
            }
            guard !filter.isGiven || !scoreboard else {
                throw ValidationError("--scoreboard is about all overrides: leave --csm and --segment out")
            }
        }

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let day = try await AccountStore(connection).day(asOf)
                    if scoreboard {
                        return OverrideScoreboardDocument(
                            day: day, outcomes: try await OverrideStore(connection).outcomes(asOf: day)
                        ).document
                    }
                    let narrowing = try await filter.narrowing(on: connection)
                    let entries = try await OverrideStore(connection).entries(asOf: day, includesEnded: all)
                    return OverrideListDocument(
                        day: day,
                        entries: entries.filter { narrowing.includes(csm: $0.csm, segment: $0.segment) },
                        narrowing: narrowing
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }
}

/// Who says something.
enum Author {
    /// The person named, else that of the settings.
    static func optional(_ named: String?) throws -> String? {
        let person = try named ?? Settings().value(.csm).text
        guard let person else { return nil }
        let parts = person.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !person.contains(where: \.isWhitespace) else {
            throw ValidationError("--by \"\(person)\" is no e-mail address")
        }
        return person.lowercased()
    }

    /// The same, where somebody must be named.
    static func required(_ named: String?) throws -> String {
        guard let person = try optional(named) else { throw ValidationError("give --by, or set HALE_CSM") }
        return person
    }
}
