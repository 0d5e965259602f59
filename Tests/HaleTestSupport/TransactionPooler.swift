import NIOCore
import NIOPosix

/// What a pooler of connections does in transaction mode, as PgBouncer: a client has one connection, and each of its
/// transactions goes to the next of two sessions of the server, which know nothing of each other.
package final class TransactionPooler: Sendable {
    /// Where it listens, on 127.0.0.1.
    package let port: Int
    private let channel: any Channel

    /// A pooler before the server whose socket is in a directory.
    package init(to directory: String) async throws {
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { client in
                func connect() -> EventLoopFuture<any Channel> {
                    ClientBootstrap(group: client.eventLoop)
                        .connect(unixDomainSocketPath: "\(directory)/.s.PGSQL.5432")
                }
                return connect().and(connect()).flatMapThrowing { first, second in
                    let sessions = PooledSessions(client: client, servers: [first, second])
                    for (index, server) in [first, second].enumerated() {
                        try server.pipeline.syncOperations.addHandler(PoolerServerHandler(sessions, index))
                    }
                    // The client's bytes are read once this is done.
                    try client.pipeline.syncOperations.addHandler(PoolerClientHandler(sessions))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// Stops listening.
    package func close() async throws { try await channel.close() }
}

/// A client's two sessions; used on the client's event loop only.
private final class PooledSessions {
    private let client: any Channel
    private let servers: [any Channel]
    private var isReady = [false, false]
    /// The session that the transaction under way belongs to.
    private var current: Int?
    private var next = 0

    init(client: any Channel, servers: [any Channel]) {
        self.client = client
        self.servers = servers
    }

    /// The client's first message, with user and database, goes to both.
    func start(_ message: ByteBuffer) {
        for server in servers { server.writeAndFlush(message, promise: nil) }
    }

    func answer(_ bytes: ByteBuffer) { client.writeAndFlush(bytes, promise: nil) }

    func toServer(_ bytes: ByteBuffer) {
        let index = current ?? next
        if current == nil { next = 1 - next }
        current = index
        servers[index].writeAndFlush(bytes, promise: nil)
    }

    /// A message of a session: passed on, but of the beginning the client sees one session's only, under a number that is
    /// no process's.
    func fromServer(_ index: Int, type: UInt8, _ message: ByteBuffer) {
        var message = message
        guard isReady.allSatisfy(\.self) else {
            let isLast = type == UInt8(ascii: "Z")
            if isLast { isReady[index] = true }
            if type == UInt8(ascii: "K") { message.setInteger(UInt32(1), at: message.readerIndex + 5) }
            // The end of the beginning is told when both are ready.
            if isLast ? isReady.allSatisfy(\.self) : index == 0 { answer(message) }
            return
        }
        if type == UInt8(ascii: "Z"), message.getInteger(at: message.readerIndex + 5) == UInt8(ascii: "I") {
            current = nil
        }
        answer(message)
    }

    func end() {
        client.close(promise: nil)
        for server in servers { server.close(promise: nil) }
    }
}

/// Reads what a client sends.
private final class PoolerClientHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private static let encryptionRequests: [Int32] = [80_877_103, 80_877_104]

    private let sessions: PooledSessions
    private var beginning: ByteBuffer? = ByteBuffer()

    init(_ sessions: PooledSessions) {
        self.sessions = sessions
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        guard var waiting = beginning else { return sessions.toServer(bytes) }
        waiting.writeBuffer(&bytes)
        while let length = waiting.getInteger(at: waiting.readerIndex, as: Int32.self),
            let message = waiting.readSlice(length: Int(length))
        {
            guard Self.encryptionRequests.contains(message.getInteger(at: message.readerIndex + 4) ?? 0) else {
                beginning = nil
                return sessions.start(message)
            }
            sessions.answer(ByteBuffer(string: "N"))
        }
        beginning = waiting
    }

    func channelInactive(context: ChannelHandlerContext) { sessions.end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { sessions.end() }
}

/// Reads what a session of the server sends, message by message.
private final class PoolerServerHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let sessions: PooledSessions
    private let index: Int
    private var waiting = ByteBuffer()

    init(_ sessions: PooledSessions, _ index: Int) {
        self.sessions = sessions
        self.index = index
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        waiting.writeBuffer(&bytes)
        while let type = waiting.getInteger(at: waiting.readerIndex, as: UInt8.self),
            let length = waiting.getInteger(at: waiting.readerIndex + 1, as: Int32.self),
            let message = waiting.readSlice(length: Int(length) + 1)
        {
            sessions.fromServer(index, type: type, message)
        }
        waiting.discardReadBytes()
    }

    func channelInactive(context: ChannelHandlerContext) { sessions.end() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { sessions.end() }
}
