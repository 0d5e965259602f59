import ArgumentParser
import HaleDelivery
import HaleDocuments
import HaleDomain
import HaleStore

/// `hale digest`: the day of a CSM as a mail.
struct Digest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "digest",
        abstract: "The day of a CSM, or a week's forecast, as a mail: print it, or hand it to hale deliver.",
        discussion:
            "--send writes to every receiver with a digest: each CSM once for a scored day, and the forecast once a week, "
            + "however often it is run.")

    @Option(help: "E-mail of the CSM; HALE_CSM or all CSMs when not given.")
    var csm: String?

    @Option(help: "The day; the newest scored one when not given.")
    var date: Day?

    @Option(help: "What is sent: daily or weekly-forecast; daily when it is printed, both with --send when not given.")
    var kind: DigestKind?

    @Flag(help: "Print the part that is a page.")
    var html = false

    @Flag(help: "Write it to the receivers that get digests; hale deliver sends it.")
    var send = false

    mutating func validate() throws {
        guard !html || !send else { throw ValidationError("--html prints, --send sends: give one of them") }
        guard csm == nil || kind != .weeklyForecast else {
            throw ValidationError("the weekly forecast is about everybody's renewals: leave --csm out")
        }
    }

    func run() async throws {
        if send { return try await sendAll() }
        let digest = try await Database.use { database in
            let content = DigestContent(database)
            let day = try await content.day(date)
            if kind == .weeklyForecast { return try await content.forecast(on: day) }
            let narrowing = try await database.withConnection { connection in
                try await AccountFilter.narrowing(csm: csm, on: connection)
            }
            return try await content.day(of: narrowing, on: day)
        }
        Console.printOut(html ? digest.html : digest.text)
    }

    private func sendAll() async throws {
        try await Database.use { database in
            let effects = DeliveryEffects.withoutSending
            let book = try await ReceiverBook.load(
                DeliverySurroundings.receiverFile(), from: database, effects: effects)
            let desk = DigestDesk(database, book: book, effects: effects)
            let content = DigestContent(database)
            let day = try await content.day(date)
            let kinds = kind.map { [$0] } ?? (csm == nil ? DigestKind.allCases : [.daily])
            for kind in try desk.kinds(among: kinds) {
                let digests = try await content.digests(kind, on: day, for: desk.wants(kind), only: csm)
                let outcome = try await desk.send(digests, kind, of: day)
                for line in DigestOutcomeText(kind: kind, day: kind.key(of: day), outcome: outcome).lines {
                    Console.printDone(line)
                }
            }
        }
    }
}
