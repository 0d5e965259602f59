import ArgumentParser
import Foundation
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// `hale accounts`: looks at accounts.
struct Accounts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "Look at accounts and at what their scores are made of.",
        subcommands: [
            List.self, Show.self, Why.self, Assign.self, AddNote.self, GivePulse.self, Override.self, Overrides.self,
        ])

    /// `hale accounts list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "Every account on a day: facts, score and band.")

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var filter: AccountFilter

        @Option(help: "Only the accounts that are red, amber, green or unknown.")
        var band: String?

        @Option(help: ArgumentHelp("Only those whose band has this reason: \(NamedWord.list(of: BandReason.self))."))
        var reason: String?

        @Option(name: .customLong("renews-before"), help: "Only those whose next renewal is before this day.")
        var renewsBefore: Day?

        @Option(
            help: ArgumentHelp(
                "The order: \(NamedWord.list(of: AccountSelection.Order.self)). The worst, the most and the nearest "
                    + "come first."))
        var sort: String?

        @Option(help: "Show the first of them only.")
        var limit: Int?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            if let limit, limit < 1 { throw ValidationError("--limit \(limit) is not 1 or more") }
        }

        func run() async throws {
            let band: Band? = try band.map { try NamedWord.one($0, of: "band") }
            let reason: BandReason? = try reason.map { try NamedWord.one($0, of: "reason") }
            let order: AccountSelection.Order = try sort.map { try NamedWord.one($0, of: "order") } ?? .id
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let store = AccountStore(connection)
                    let day = try await store.day(asOf)
                    let narrowing = try await filter.narrowing(on: connection)
                    let accounts = try await store.health(asOf: day)
                    try narrowing.requireSegment(among: accounts.map(\.segment))
                    return AccountListDocument(
                        day: day, accounts: accounts,
                        selection: AccountSelection(
                            narrowing, band: band, reason: reason, renewsBefore: renewsBefore, order: order,
                            limit: limit)
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale accounts show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One account, and the points of its score.")

        /// Pulses, and notes, that are shown.
        private static let shownJudgements = 5

        /// Days of the longest history that is drawn: ten years.
        private static let mostDays = 3_660

        @Argument(help: ArgumentHelp(LookUp.accountHelp))
        var account: String

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @Flag(help: "Draw the history of the score too.")
        var chart = false

        @Option(help: "Draw the history of the score, bands and stacked points into an SVG file; - prints it.")
        var svg: String?

        @Option(help: "Days of the history.")
        var days = 90

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard (1...Self.mostDays).contains(days) else {
                throw ValidationError("--days is a number from 1 to \(Self.mostDays)")
            }
        }

        func run() async throws {
            let document: Document? = try await Database.use { database in
                try await database.withConnection { connection in
                    let store = AccountStore(connection)
                    let day = try await store.day(asOf)
                    let account = try await LookUp.account(account, on: connection)
                    guard let health = try await store.health(asOf: day, accounts: [account]).first else {
                        throw CommandError.unknownAccount(account)
                    }
                    let judgements = JudgementStore(connection)
                    let explanation = try await store.explanation(of: account, asOf: day)
                    let model: HealthModel? =
                        if let explanation {
                            try await HealthModel.kept(hash: explanation.modelHash, on: connection)
                        } else { nil }
                    var picture: ScoreChart?
                    if chart || svg != nil {
                        let history = try await store.history(of: account, upTo: day, days: days)
                        // The edges are those of the model that the day was scored with.
                        let drawn = ScoreChart(of: health, days: history, bands: (model ?? .default).bands)
                        if let svg, try !SVGFile.write(drawn.svg(), to: svg) { return nil }
                        picture = chart ? drawn : nil
                    }
                    return AccountShowDocument(
                        day: day, account: health, explanation: explanation, model: model,
                        overrides: try await OverrideStore(connection).entries(
                            asOf: day, accounts: [account], includesEnded: true),
                        pulses: try await judgements.pulses(of: account, upTo: day, limit: Self.shownJudgements),
                        notes: try await judgements.notes(of: account, upTo: day, limit: Self.shownJudgements),
                        rollUp: try await store.rollUp(to: account, asOf: day), chart: picture,
                        usesUnicode: Console.capabilities.unicode
                    ).document
                }
            }
            if let document { Console.show(document, output.format) }
        }
    }
}

extension AccountStore {
    /// The day asked for, else the newest scored one, else today; a day after today is refused.
    func day(_ asked: Day?) async throws -> Day {
        try await requireReached(asked)
        if let asked { return asked }
        if let newest = try await ScoreCalendar(connection).newest() { return newest }
        return try await today()
    }
}
