import ArgumentParser
import HaleDelivery
import HaleDocuments
import HaleFiles
import HaleStore

extension Receivers {
    /// `hale receivers attempts`
    struct Attempts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "attempts",
            abstract: "The newest attempts to deliver, with how far each came and what was answered.")

        /// Most attempts that are shown.
        private static let mostRows = 10_000

        @Argument(help: "The receiver's name; all when not given.")
        var name: String?

        @Option(help: "The attempts of one delivery.")
        var delivery: Int64?

        @Option(help: "Most attempts that are shown.")
        var limit = 50

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard (1...Self.mostRows).contains(limit) else {
                throw ValidationError("--limit is a number from 1 to \(Self.mostRows)")
            }
        }

        func run() async throws {
            let attempts = try await Database.use { database in
                try await database.withConnection {
                    try await DeliveryHistoryStore($0).attempts(receiver: name, delivery: delivery, limit: limit)
                }
            }
            Console.show(AttemptListDocument(attempts: attempts).document, output.format)
        }
    }

    /// `hale receivers resend`
    struct Resend: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resend", abstract: "Send one delivery again, with the same webhook-id and body.")

        @Argument(help: "The delivery, as hale receivers attempts shows it.")
        var delivery: Int64

        func run() async throws {
            let sent = try await Database.use { database in
                try await database.withConnection { try await DeliveryHistoryStore($0).resend(delivery) }
            }
            guard let sent else {
                throw FileFailure(
                    FileProblem(.receiver, .refused, "there is no delivery \(delivery), or it is under way right now"))
            }
            Console.printDone("delivery \(delivery) (\(sent.webhookID)) is sent to \(sent.receiver) again")
        }
    }

    /// `hale receivers recover`
    struct Recover: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "recover", abstract: "Send again everything that was given up since a day or an instant.")

        @Argument(help: "The receiver's name.")
        var name: String

        @Option(help: "A day, or an instant with its zone.")
        var since: KnowledgeTime

        @Flag(name: .customLong("dry-run"), help: "Say how many, and send nothing.")
        var dryRun = false

        func run() async throws {
            let deliveries = try await ReceiverDesk.use { desk in
                _ = try await desk.entry(name)
                return try await Database.use { database in
                    try await database.withConnection {
                        try await DeliveryHistoryStore($0).recover(name, since: since.text, isDryRun: dryRun)
                    }
                }
            }
            let count = "\(deliveries.count) \(deliveries.count == 1 ? "delivery" : "deliveries")"
            Console.printDone("\(count) of \(name) \(dryRun ? "would be" : "are") sent again")
        }
    }
}
