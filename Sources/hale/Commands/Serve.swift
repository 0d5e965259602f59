import ArgumentParser
import HaleService
import HaleStore
import HaleWeb
import Logging
import ServiceLifecycle
import UnixSignals

/// `hale serve`: what runs for long.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Answer over HTTP until stopped: /healthz (the process) and /readyz (database, schema, last run).")

    @Option(help: "Name or address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 8080

    @Option(help: "Most connections at once; more wait until one is closed.")
    var connections = WebServer.Limits().connections

    @Option(name: .customLong("header-seconds"), help: "Seconds within which a request's headers must have come.")
    var headerSeconds = WebServer.Limits().headerSeconds

    @Option(name: .customLong("idle-seconds"), help: "Seconds for which a connection without a request stays open.")
    var idleSeconds = WebServer.Limits().idleSeconds

    mutating func validate() throws {
        guard (1...65535).contains(connections) else {
            throw ValidationError("--connections \(connections) is not between 1 and 65535")
        }
        for (name, seconds) in [("--header-seconds", headerSeconds), ("--idle-seconds", idleSeconds)]
        where !(1...3600).contains(seconds) {
            throw ValidationError("\(name) \(seconds) is not between 1 and 3600")
        }
        guard (0...65535).contains(port) else { throw ValidationError("--port \(port) is not between 0 and 65535") }
    }

    func run() async throws {
        try await Database.use { database in
            var logger = Logger(label: "hale") { StreamLogHandler.standardError(label: $0) }
            // The line below says where it listens.
            logger.logLevel = .notice
            var limits = WebServer.Limits()
            limits.connections = connections
            limits.headerSeconds = headerSeconds
            limits.idleSeconds = idleSeconds
            let server = WebServer(
                address: WebServer.Address(host: host, port: port), limits: limits,
                readiness: ReadinessCheck(database), logger: logger,
                onListening: { Console.printError("hale: listening on http://\($0)") })
            let services = ServiceGroup(
                services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await services.run()
        }
    }
}
