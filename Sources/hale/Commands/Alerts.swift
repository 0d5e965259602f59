import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleOutput
import HaleService
import HaleStore

/// `hale alerts`: what wants attention.
struct Alerts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alerts", abstract: "Look at alerts, take them, silence them.",
        subcommands: [List.self, Show.self, Acknowledge.self, Verdict.self, AddSilence.self, Expire.self])

    /// `hale alerts list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The alerts of a day: those that fire, the gravest first, and those that are pending.")

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var filter: AccountFilter

        @Option(help: "Only this rule.")
        var rule: String?

        @Option(help: "Only this account.")
        var account: String?

        @Flag(help: "Those that are hidden by another rule, silenced, or resolved on the day too.")
        var all = false

        @Flag(help: "The silences instead; with --all those that ended too.")
        var silences = false

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard !silences || asOf == nil && !filter.isGiven && rule == nil && account == nil else {
                throw ValidationError("--silences goes with --all alone")
            }
        }

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let accounts = AccountStore(connection)
                    let day = try await accounts.day(asOf)
                    let store = AlertStore(connection)
                    if silences {
                        return SilenceListDocument(
                            day: day, silences: try await store.silences(includesEnded: all)
                        ).document
                    }
                    var selection = AlertStore.Selection()
                    let narrowing = try await filter.narrowing(on: connection)
                    selection.csm = narrowing.csm
                    selection.segment = narrowing.segment
                    selection.rule = rule
                    if let account { selection.accounts = [try await LookUp.account(account, on: connection)] }
                    selection.includesResolved = all
                    return AlertListDocument(
                        day: day, alerts: try await store.list(asOf: day, selection), showsAll: all,
                        narrowing: narrowing
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale alerts show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "One alert: its texts, and everything that happened to it and why.")

        @Argument(help: "The alert's number.")
        var number: Int64

        @OptionGroup var output: FormatOption

        func run() async throws {
            let document = try await Database.use { database in
                try await database.withConnection { connection in
                    let store = AlertStore(connection)
                    guard let found = try await store.find(number) else {
                        throw AlertActions.Refusal.unknownAlert(number)
                    }
                    var selection = AlertStore.Selection()
                    selection.numbers = [number]
                    selection.includesResolved = true
                    return AlertShowDocument(
                        day: found.shownOn, alert: try await store.list(asOf: found.shownOn, selection).first,
                        number: number, events: try await store.events(of: found)
                    ).document
                }
            }
            Console.show(document, output.format)
        }
    }

    /// `hale alerts ack`
    struct Acknowledge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ack",
            abstract: "Say that you have an alert; it is not repeated until its state changes.")

        @Argument(help: "The alert's number.")
        var number: Int64

        @Option(help: "E-mail of who has it; HALE_CSM when not given.")
        var by: String?

        @Option(help: "What you will do.")
        var note: String?

        @Flag(help: "Take it over from whoever has it.")
        var take = false

        func run() async throws {
            let person = try Author.required(by)
            try await Database.use {
                try await AlertActions($0).acknowledge(number, by: person, note: note, takesOver: take)
            }
            Console.printDone("\(person) has alert \(number)")
        }
    }

    /// `hale alerts verdict`
    struct Verdict: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "verdict", abstract: "Say whether an alert was useful or noise; the last word counts.",
            discussion: "hale rules ledger shows what becomes of it, rule by rule.")

        @Argument(help: "The alert's number.")
        var number: Int64

        @Argument(help: "useful: worth the time that it took; noise: not.")
        var verdict: AlertVerdict

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        @Option(help: "Why.")
        var note: String?

        func run() async throws {
            let person = try Author.required(by)
            try await Database.use { try await AlertActions($0).judge(number, verdict, by: person, note: note) }
            Console.printDone("alert \(number) is \(verdict.rawValue), says \(person)")
        }
    }

    /// `hale alerts silence`
    struct AddSilence: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "silence",
            abstract: "Tell nobody of alerts that match, for a while; they live on as they would.",
            discussion: "A matcher is NAME=VALUE: rule, account, severity, segment, csm, or a label. All must match.")

        @Argument(help: "Matchers, such as rule=UsageCliff account=A-1.")
        var matchers: [String]

        @Option(help: "The last day.")
        var until: Day?

        @Option(name: .customLong("for-hours"), help: "Hours from now.")
        var hours: Int?

        @Option(help: "Why.")
        var reason: String

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard (until == nil) != (hours == nil) else { throw ValidationError("give --until or --for-hours") }
            let most = AlertActions.maximumSilenceDays * 24
            guard (1...most).contains(hours ?? 1) else {
                throw ValidationError("--for-hours is a number from 1 to \(most)")
            }
            guard !reason.allSatisfy(\.isWhitespace) else { throw ValidationError("--reason is empty") }
            _ = try parsed()
        }

        private func parsed() throws -> [String: String] {
            var result: [String: String] = [:]
            for matcher in matchers {
                let parts = matcher.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
                    throw ValidationError("\"\(matcher)\" is no matcher: write NAME=VALUE, such as rule=UsageCliff")
                }
                guard result.updateValue(String(parts[1]), forKey: String(parts[0])) == nil else {
                    throw ValidationError("\(parts[0]) stands twice: all matchers must match")
                }
            }
            return result
        }

        func run() async throws {
            let person = try Author.required(by)
            let (matchers, silence) = try await Database.use { database in
                var matchers = try parsed()
                if let account = matchers["account"] { matchers["account"] = try await database.account(account) }
                return (
                    matchers,
                    try await AlertActions(database).silence(
                        matchers, author: person, reason: reason, until: until, hours: hours)
                )
            }
            let text = matchers.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            Console.showDone(
                Document(
                    sections: [
                        Document.Section(
                            lines: ["silence \(silence.number): \(text) until \(silence.endsAt), said by \(person)"])
                    ],
                    json: ["silence": .init(silence.number), "endsAt": .string(silence.endsAt)]), output.format)
        }
    }

    /// `hale alerts expire`
    struct Expire: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "expire",
            abstract: "End a silence now; with --alert close an alert, for instance of a rule that is gone.")

        @Argument(help: "Number of the silence, or of the alert.")
        var number: Int64

        @Flag(help: "The number is an alert's.")
        var alert = false

        @Option(help: "E-mail of who says so; HALE_CSM when not given.")
        var by: String?

        func run() async throws {
            let person = alert ? try Author.required(by) : ""
            try await Database.use { database in
                let actions = AlertActions(database, announcing: try .ofThisWorkspace())
                if alert {
                    try await actions.close(number, by: person)
                } else {
                    try await actions.endSilence(number)
                }
            }
            Console.printDone(alert ? "alert \(number) is closed" : "silence \(number) has ended")
        }
    }
}
