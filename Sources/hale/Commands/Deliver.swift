import ArgumentParser
import HaleDelivery
import HaleDocuments
import HaleOutput
import HaleStore
import Logging
import ServiceLifecycle
import UnixSignals

/// `hale deliver`: sends what receivers are to be told.
struct Deliver: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliver", abstract: "Send alerts to their receivers until stopped, or once what is due.",
        discussion:
            "SIGTERM and Control-C: nothing more is taken, what is under way is finished within the grace time, and the "
            + "rest is given back. Several may run at once.")

    @Flag(help: "Send what is due now, and end.")
    var once = false

    @Flag(help: "Show what waits, how old it is, and what keeps the tables from shrinking; send nothing.")
    var status = false

    @Option(help: "Seconds for which messages under way may go on after a stop.")
    var grace = 20

    @Option(name: .customLong("own-address"), help: "Where hale serve listens; nothing is sent there.")
    var ownAddress: [String] = DeliverySurroundings.usualListeners

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard !once || !status else { throw ValidationError("--status sends nothing: leave --once out") }
        guard (0...600).contains(grace) else { throw ValidationError("--grace is a number from 0 to 600") }
    }

    func run() async throws {
        if status { return try await showStatus() }
        var options = DeliveryWorker.Options()
        options.graceMilliseconds = Int64(grace) * 1_000
        options.ownListeners = try DeliverySurroundings.listeners(ownAddress)
        let client = WebhookClient()
        do {
            try await send(by: client, options: options)
            await client.close()
        } catch {
            await client.close()
            throw error
        }
    }

    private func send(by client: WebhookClient, options: DeliveryWorker.Options) async throws {
        try await Database.use { database in
            // A broken configuration is an error at the start, and later keeps the last good one.
            _ = try await ReceiverBook.load(
                DeliverySurroundings.receiverFile(), from: database, effects: .live(client))
            let worker = DeliveryWorker(
                database, effects: .live(client), options: options,
                readFile: { try DeliverySurroundings.receiverFile() },
                report: { Console.printError("hale: \($0)") })
            if once {
                Self.show(try await worker.runOnce())
                let waiting = try await DeliveryQueueText.all(
                    DeliverySurroundings.receiverFile(), in: database, effects: .live(client))
                for line in waiting.map(\.text) { Console.printError("hale: \(line)") }
            } else {
                Console.printError("hale: delivering")
                try await Self.serve(worker)
            }
        }
    }

    private static func serve(_ worker: DeliveryWorker) async throws {
        var logger = Logger(label: "hale") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let service = DeliveryService(worker) { show($0) }
        let services = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    ServiceGroupConfiguration.ServiceConfiguration(
                        service: service, successTerminationBehavior: .gracefullyShutdownGroup)
                ],
                gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await services.run()
    }

    private static func show(_ summary: DeliveryWorker.Summary) {
        var parts = ["\(summary.delivered) delivered"]
        if summary.failed > 0 { parts.append("\(summary.failed) to be tried again") }
        if summary.dead > 0 { parts.append("\(summary.dead) given up") }
        if summary.released > 0 { parts.append("\(summary.released) given back") }
        Console.printError("hale: messages: \(parts.joined(separator: ", "))")
    }

    private func showStatus() async throws {
        let document = try await Database.use { try await Self.status(of: $0) }
        Console.show(document, output.format)
    }

    private static func status(of database: Database) async throws -> Document {
        let file = try DeliverySurroundings.receiverFile()
        let counts = try await database.withConnection { try await DeliveryHistoryStore($0).counts() }
        let waiting = try await DeliveryQueueText.all(file, in: database, effects: .withoutSending)
        return DeliveryStatusDocument(waiting: waiting, counts: counts).document
    }
}
