public import HaleService
public import Hummingbird
public import Logging
public import ServiceLifecycle

/// Answers over HTTP until it is told to stop; then requests in flight are finished.
public struct WebServer: Service {
    /// Where to listen.
    public struct Address: Sendable, CustomStringConvertible {
        /// A name or address of this machine.
        public let host: String
        /// The port; 0 lets the system choose.
        public let port: Int

        /// A host and a port.
        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }

        /// As in a URL.
        public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    }

    private let address: Address
    private let readiness: ReadinessCheck
    private let logger: Logger
    private let onListening: @Sendable (Address) async -> Void

    /// A server for an address. `onListening` is told the port that was bound.
    public init(
        address: Address, readiness: ReadinessCheck, logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void = { _ in }
    ) {
        self.address = address
        self.readiness = readiness
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the task's service group shuts down. Throws `WebError`.
    public func run() async throws {
        let host = address.host
        let onListening = onListening
        let application = Application(
            router: Self.router(readiness: readiness),
            configuration: ApplicationConfiguration(address: .hostname(host, port: address.port), serverName: "hale"),
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

    /// Every route, for a server of one's own making.
    public static func router(readiness: ReadinessCheck) -> Router<BasicRequestContext> {
        let router = Router()
        ProbeRoutes(readiness: readiness).add(to: router)
        return router
    }
}
