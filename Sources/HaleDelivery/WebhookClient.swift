import AsyncHTTPClient
import Foundation
import HaleDomain
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends requests over HTTP: to the checked address only, without following redirects, within a limit of time and bytes.
package final class WebhookClient: Sendable {
    /// Most of an answer's body that is read, in bytes.
    package static let readLimitBytes = 65_536
    /// Most of it that is kept, in bytes.
    package static let keepLimitBytes = 4_096
    /// Time to connect, encryption included, in milliseconds.
    package static let connectLimitMilliseconds: Int64 = 5_000

    private let clients = PinnedClients()

    /// A client without connections.
    package init() {}

    /// Sends a request and reads its answer; whatever goes wrong is in the answer.
    package func exchange(_ request: WebhookRequest) async -> DeliveryAnswer {
        let progress = ExchangeProgress(phase: .connect)
        let client = clients.take(host: request.web.host, address: request.address)
        let isInTime = await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                await Self.run(request, on: client.client, progress: progress)
                return true
            }
            group.addTask {
                try? await Task.sleep(for: .milliseconds(request.limitMilliseconds))
                return false
            }
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        await clients.giveBack(client)
        var answer = progress.answer
        if !isInTime, !answer.isCancelled {
            answer.error = Self.lateness(in: answer.phase, limitMilliseconds: request.limitMilliseconds)
        }
        if Task.isCancelled, answer.status == nil { answer.isCancelled = true }
        return answer
    }

    /// Closes every connection.
    package func close() async {
        await clients.close()
    }

    private static func lateness(in phase: DeliveryPhase, limitMilliseconds: Int64) -> String {
        let limit = "within \((limitMilliseconds + 999) / 1_000) s"
        return switch phase {
        case .check, .dns, .connect, .tls: "no connection \(limit)"
        case .request: "the request was sent, and no answer came \(limit)"
        case .response, .unknown: "not finished \(limit)"
        }
    }

    private static func run(_ request: WebhookRequest, on client: HTTPClient, progress: ExchangeProgress) async {
        var sent = HTTPClientRequest(url: request.web.description)
        sent.method = .POST
        for header in request.headers { sent.headers.add(name: header.name, value: header.value) }
        sent.body = .stream(
            ToldBody(bytes: request.body) { progress.reach(.request) }, length: .known(Int64(request.body.count)))
        do {
            // The deadline is the caller's: the library's own ends with the head of the answer.
            let response = try await client.execute(sent, deadline: .distantFuture)
            progress.begin(
                status: Int(response.status.code), retryAfter: response.headers.first(name: "retry-after"))
            for try await chunk in response.body {
                guard progress.take(chunk) else { return }
            }
        } catch is CancellationError {
            progress.fail(nil, "cut off")
        } catch {
            let fault = WebhookFault(error, isEncrypted: request.web.scheme == .https)
            progress.fail(fault.phase, fault.text)
        }
    }
}

/// What is known of an exchange while it goes on.
private final class ExchangeProgress: Sendable {
    private struct State {
        var answer: DeliveryAnswer
        var kept: [UInt8] = []
        var readBytes = 0
    }

    private let state: Mutex<State>

    init(phase: DeliveryPhase) {
        state = Mutex(State(answer: DeliveryAnswer(phase: phase)))
    }

    var answer: DeliveryAnswer {
        state.withLock { state in
            var answer = state.answer
            if answer.status != nil { answer.response = Self.text(state.kept) }
            return answer
        }
    }

    func begin(status: Int, retryAfter: String?) {
        state.withLock {
            $0.answer.phase = .response
            $0.answer.status = status
            $0.answer.retryAfter = retryAfter
        }
    }

    /// A step that the exchange came to before any answer.
    func reach(_ phase: DeliveryPhase) {
        state.withLock { if $0.answer.status == nil { $0.answer.phase = phase } }
    }

    /// Whether more is read.
    func take(_ chunk: ByteBuffer) -> Bool {
        state.withLock { state in
            state.readBytes += chunk.readableBytes
            let room = WebhookClient.keepLimitBytes - state.kept.count
            if room > 0 { state.kept += chunk.readableBytesView.prefix(room) }
            guard state.readBytes < WebhookClient.readLimitBytes else {
                state.answer.error = "the answer is longer than \(WebhookClient.readLimitBytes) bytes"
                return false
            }
            return true
        }
    }

    func fail(_ phase: DeliveryPhase?, _ text: String) {
        state.withLock { state in
            if state.answer.status == nil, let phase { state.answer.phase = phase }
            state.answer.error = Self.oneLine(text)
        }
    }

    /// Text that the database takes: bytes that are no UTF-8 are replaced, and so is NUL.
    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self).replacing("\0", with: "\u{FFFD}")
    }

    private static func oneLine(_ text: String) -> String {
        String(text.split(whereSeparator: \.isNewline).joined(separator: " ").replacing("\0", with: "").prefix(300))
    }
}

/// The bytes of a body that say when they are first asked for: then the connection, with its encryption, is there.
private struct ToldBody: AsyncSequence, Sendable {
    let bytes: [UInt8]
    let onAsked: @Sendable () -> Void

    func makeAsyncIterator() -> Iterator { Iterator(body: self) }

    struct Iterator: AsyncIteratorProtocol {
        let body: ToldBody
        private var isOver = false

        init(body: ToldBody) { self.body = body }

        mutating func next() async throws -> ByteBuffer? {
            guard !isOver else { return nil }
            isOver = true
            body.onAsked()
            return ByteBuffer(bytes: body.bytes)
        }
    }
}
