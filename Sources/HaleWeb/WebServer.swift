package import HaleService
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle

/// Answers over HTTP until it is told to stop; then requests in flight are finished.
package struct WebServer: Service {
    /// Where to listen.
    package struct Address: Sendable, CustomStringConvertible {
        /// A name or address of this machine.
        package let host: String
        /// The port; 0 lets the system choose.
        package let port: Int

        /// A host and a port.
        package init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// As in a URL.
        package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    /// How long and how often strangers may hold a connection.
    package struct Limits: Sendable, Equatable {
        /// Seconds from a connection to the end of its first request's headers.
        package var headerSeconds = 10
        /// Seconds from the headers to the end of the request.
        package var requestSeconds = 30
        /// Seconds for which a connection without a request stays open.
        package var idleSeconds = 60
        /// Most connections at once; more wait until one is closed.
        package var connections = 256

        /// The usual limits.
        package init() {}
    }

    private let address: Address
    private let limits: Limits
    private let readiness: ReadinessCheck
    private let logger: Logger
    private let onListening: @Sendable (Address) async -> Void

    /// A server for an address. `onListening` is told the port that was bound.
    package init(
        address: Address, limits: Limits = Limits(), readiness: ReadinessCheck, logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void = { _ in }
    ) {
        self.address = address
        self.limits = limits
        self.readiness = readiness
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the task's service group shuts down. Throws `WebError`.
    package func run() async throws {
        let host = address.host
        let onListening = onListening
        let (header, request) = (Self.time(limits.headerSeconds), Self.time(limits.requestSeconds))
        let application = Application(
            router: Self.router(readiness: readiness),
            server: .http1(
                configuration: HTTP1Channel.Configuration(
                    additionalChannelHandlers: [RequestDeadlines(header: header, request: request)],
                    idleTimeout: Self.time(limits.idleSeconds))),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: address.port), serverName: "hale",
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)),
            onServerRunning: { channel in
                await onListening(Address(host: host, port: channel.localAddress?.port ?? 0))
            },
            logger: logger)
        do {
            try await application.run()
        } catch {
            throw WebError(listeningFailed: error, at: address)
        }
    }

    private static func time(_ seconds: Int) -> TimeAmount { .seconds(Int64(seconds)) }

    /// Every route, for a server of one's own making.
    package static func router(readiness: ReadinessCheck) -> Router<BasicRequestContext> {
        // Load balancers ask with HEAD.
        let router = Router(options: .autoGenerateHeadEndpoints)
        ProbeRoutes(readiness: readiness).add(to: router)
        return router
    }
}
