import NIOCore
import NIOPosix
import Synchronization

/// A small proxy on this machine between a client and a server, which breaks connections as a test tells it.
package final class FaultProxy: Sendable {
    /// What it does with a connection.
    package enum Fault: Sendable, Equatable {
        /// Nothing: bytes go both ways.
        case none
        /// Takes the connection and never says a word, as a stalled peer does.
        case stall
        /// Passes everything to the server, and cuts the connection instead of passing the answer back.
        case loseAnswer
        /// Closes the connection at once.
        case close
    }

    /// Where it listens, on 127.0.0.1.
    package let port: Int
    private let channel: any Channel
    private let plan: ProxyPlan

    /// A proxy to a server's port on 127.0.0.1 that treats each connection as the plan says, by its number from 0.
    package init(to server: Int, _ fault: @escaping @Sendable (Int) -> Fault) async throws {
        let plan = ProxyPlan(fault)
        self.plan = plan
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { client in
                let fault = plan.next()
                switch fault {
                case .close: return client.close()
                // Bytes that nobody handles are dropped.
                case .stall: return client.eventLoop.makeSucceededVoidFuture()
                case .none, .loseAnswer:
                    return ClientBootstrap(group: client.eventLoop)
                        .channelInitializer { server in
                            server.eventLoop.makeCompletedFuture {
                                try server.pipeline.syncOperations.addHandler(
                                    ProxyHandler(to: client, losesAll: fault == .loseAnswer))
                            }
                        }
                        .connect(host: "127.0.0.1", port: server)
                        .flatMapThrowing { server in
                            // The client's bytes are read once this is done.
                            try client.pipeline.syncOperations.addHandler(ProxyHandler(to: server, losesAll: false))
                        }
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// How many connections were made.
    package var connections: Int { plan.count }

    /// Stops listening.
    package func close() async throws { try await channel.close() }
}

private final class ProxyPlan: Sendable {
    private let fault: @Sendable (Int) -> FaultProxy.Fault
    private let number = Mutex(0)

    init(_ fault: @escaping @Sendable (Int) -> FaultProxy.Fault) {
        self.fault = fault
    }

    var count: Int { number.withLock { $0 } }

    func next() -> FaultProxy.Fault {
        fault(
            number.withLock { number in
                defer { number += 1 }
                return number
            })
    }
}

/// Passes bytes on, or cuts the connection instead.
private final class ProxyHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let other: any Channel
    private let losesAll: Bool

    init(to other: any Channel, losesAll: Bool) {
        self.other = other
        self.losesAll = losesAll
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !losesAll else {
            other.close(promise: nil)
            context.close(promise: nil)
            return
        }
        other.writeAndFlush(unwrapInboundIn(data), promise: nil)
    }

    func channelInactive(context: ChannelHandlerContext) {
        other.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
