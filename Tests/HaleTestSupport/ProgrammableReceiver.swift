import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A receiver of webhooks on this machine that answers as a test tells it, and keeps what it got.
package final class ProgrammableReceiver: Sendable {
    /// What it got.
    package struct Request: Sendable {
        /// Path and query.
        package let path: String
        /// Headers by their names in small letters.
        package let headers: [String: String]
        /// The body.
        package let body: [UInt8]

        /// The header `webhook-id`.
        package var webhookID: String { headers["webhook-id"] ?? "" }
        /// The body as text.
        package var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// How it answers.
    package enum Answer: Sendable {
        /// With a status, headers and a body.
        case status(Int, headers: [String: String] = [:], body: String = "ok")
        /// Not at all, while the connection stays open.
        case never
        /// With 200 when the test releases it.
        case held
        /// With 200 and a byte every few milliseconds, for ever.
        case drip
        /// With 200 and a body that breaks off.
        case broken
        /// With 200 and zeroes for ever, as fast as they are taken; said to be gzip where asked.
        case endless(gzip: Bool = false)
        /// With 200 and the beginning of a body of so many zeroes, as fast as they are taken.
        case huge(bytes: Int64)
        /// With 200, headers and these bytes.
        case bytes([UInt8], headers: [String: String] = [:])
    }

    /// Where it listens, on 127.0.0.1.
    package let port: Int
    private let channel: any Channel
    private let log: ReceiverLog

    /// A receiver that decides by the request and how many came before.
    package init(_ answer: @escaping @Sendable (Request, Int) -> Answer = { _, _ in .status(200) }) async throws {
        let log = ReceiverLog(answer)
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 256)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                log.countConnection()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ReceiverHandler(log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = channel.localAddress?.port ?? 0
    }

    /// How many connections were made.
    package var connections: Int { log.connections }
    /// How many bytes of bodies without end went to the system, which may hold some MB that nobody read.
    package var pouredBytes: Int { log.pouredBytes }
    /// What it got, in order.
    package var requests: [Request] { log.requests }

    /// Waits until so many requests came; an error after the limit.
    package func wait(forRequests count: Int, limitSeconds: Int64 = 60) async throws {
        try await log.wait(count, on: channel.eventLoop, limitSeconds: limitSeconds)
    }

    /// Answers the requests that are held, and every later one at once.
    package func release() { log.release() }

    /// Stops listening.
    package func close() async throws { try await channel.close() }
}

/// Why a wait for a receiver ended.
package enum ReceiverTestError: Error {
    /// Fewer requests came in time.
    case onlyRequests(Int)
}

/// What a receiver knows.
private final class ReceiverLog: Sendable {
    private struct Waiter {
        let number: Int
        let count: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var connections = 0
        var pouredBytes = 0
        var requests: [ProgrammableReceiver.Request] = []
        var waiters: [Waiter] = []
        var nextWaiter = 0
        var held: [@Sendable () -> Void] = []
        var isReleased = false
    }

    private let answer: @Sendable (ProgrammableReceiver.Request, Int) -> ProgrammableReceiver.Answer
    private let state = Mutex(State())

    init(_ answer: @escaping @Sendable (ProgrammableReceiver.Request, Int) -> ProgrammableReceiver.Answer) {
        self.answer = answer
    }

    var connections: Int { state.withLock { $0.connections } }
    var requests: [ProgrammableReceiver.Request] { state.withLock { $0.requests } }

    var pouredBytes: Int { state.withLock { $0.pouredBytes } }

    func countPoured(_ bytes: Int) { state.withLock { $0.pouredBytes += bytes } }

    func countConnection() { state.withLock { $0.connections += 1 } }

    func take(_ request: ProgrammableReceiver.Request) -> ProgrammableReceiver.Answer {
        let (before, ready) = state.withLock { state in
            state.requests.append(request)
            let ready = state.waiters.filter { $0.count <= state.requests.count }
            state.waiters.removeAll { $0.count <= state.requests.count }
            return (state.requests.count - 1, ready)
        }
        for waiter in ready { waiter.continuation.resume() }
        return answer(request, before)
    }

    func hold(_ send: @escaping @Sendable () -> Void) {
        let isReleased = state.withLock { state in
            if !state.isReleased { state.held.append(send) }
            return state.isReleased
        }
        if isReleased { send() }
    }

    func release() {
        let held = state.withLock { state in
            state.isReleased = true
            defer { state.held = [] }
            return state.held
        }
        for send in held { send() }
    }

    func wait(_ count: Int, on loop: any EventLoop, limitSeconds: Int64) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            let number: Int? = state.withLock { state in
                guard state.requests.count < count else { return nil }
                state.nextWaiter += 1
                state.waiters.append(Waiter(number: state.nextWaiter, count: count, continuation: continuation))
                return state.nextWaiter
            }
            guard let number else {
                continuation.resume()
                return
            }
            loop.scheduleTask(in: .seconds(limitSeconds)) {
                let (late, came) = self.state.withLock { state in
                    let late = state.waiters.filter { $0.number == number }
                    state.waiters.removeAll { $0.number == number }
                    return (late, state.requests.count)
                }
                for waiter in late { waiter.continuation.resume(throwing: ReceiverTestError.onlyRequests(came)) }
            }
        }
    }
}

/// Reads requests and answers them.
private final class ReceiverHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let log: ReceiverLog
    private var head: HTTPRequestHead?
    private var body: [UInt8] = []
    private var isEndless = false

    init(_ log: ReceiverLog) {
        self.log = log
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            self.head = head
            body = []
        case .body(let buffer): body += buffer.readableBytesView
        case .end:
            guard let head else { return }
            var headers: [String: String] = [:]
            for (name, value) in head.headers { headers[name.lowercased()] = value }
            answer(log.take(.init(path: head.uri, headers: headers, body: body)), context: context)
        }
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if isEndless { pour(context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func answer(_ answer: ProgrammableReceiver.Answer, context: ChannelHandlerContext) {
        switch answer {
        case .status(let status, let headers, let body):
            respond(status, headers, ByteBuffer(string: body), context)
        case .bytes(let bytes, let headers): respond(200, headers, ByteBuffer(bytes: bytes), context)
        case .never: break
        case .held:
            let loop = context.eventLoop
            let bound = NIOLoopBound((self, context), eventLoop: loop)
            log.hold {
                loop.execute {
                    let (handler, context) = bound.value
                    guard context.channel.isActive else { return }
                    handler.respond(200, [:], ByteBuffer(string: "ok"), context)
                }
            }
        case .drip:
            begin(["content-length": "1000000"], context)
            let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
            context.eventLoop.scheduleRepeatedTask(initialDelay: .zero, delay: .milliseconds(50)) { task in
                let (handler, context) = bound.value
                guard context.channel.isActive else { return task.cancel() }
                handler.send("x", context)
            }
        case .broken:
            begin(["content-length": "1000"], context)
            send("half", context)
            context.close(promise: nil)
        case .endless(let gzip):
            begin(gzip ? ["content-encoding": "gzip"] : [:], context)
            isEndless = true
            pour(context)
        case .huge(let bytes):
            begin(["content-length": String(bytes)], context)
            isEndless = true
            pour(context)
        }
    }

    private func respond(
        _ status: Int, _ headers: [String: String], _ body: ByteBuffer, _ context: ChannelHandlerContext
    ) {
        var fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
        fields.replaceOrAdd(name: "content-length", value: String(body.readableBytes))
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: fields)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }

    private func begin(_ headers: [String: String], _ context: ChannelHandlerContext) {
        let fields = HTTPHeaders(headers.map { ($0.key, $0.value) })
        let head = HTTPResponseHead(version: .http1_1, status: .ok, headers: fields)
        context.writeAndFlush(wrapOutboundOut(.head(head)), promise: nil)
    }

    private func send(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
    }

    /// Writes as long as somebody takes it.
    private func pour(_ context: ChannelHandlerContext) {
        while context.channel.isActive, context.channel.isWritable {
            let zeroes = ByteBuffer(repeating: 0, count: 16_384)
            let written = context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(zeroes))))
            written.whenSuccess { [log] in log.countPoured(16_384) }
        }
    }
}
