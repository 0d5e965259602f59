import AsyncHTTPClient
import Foundation
import HaleDomain
import NIOCore
import NIOHTTP1
import Synchronization

/// Sends requests over HTTP: to the checked address only, without following redirects, within a limit of time and bytes.
public final class WebhookClient: Sendable {
    /// Most of an answer's body that is read, in bytes.
    public static let readLimitBytes = 65_536
    /// Most of it that is kept, in bytes.
    public static let keepLimitBytes = 4_096
    /// Time to connect, encryption included, in milliseconds.
    public static let connectLimitMilliseconds: Int64 = 5_000

    private let clients = PinnedClients()

    /// A client without connections.
    public init() {}

    /// Sends a request and reads its answer; whatever goes wrong is in the answer.
    public func exchange(_ request: WebhookRequest) async -> WebhookAnswer {
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
            answer.error = "not finished within \((request.limitMilliseconds + 999) / 1_000) s"
        }
        if Task.isCancelled, answer.status == nil { answer.isCancelled = true }
        return answer
    }

    /// Closes every connection.
    public func close() async {
        await clients.close()
    }

    private static func run(_ request: WebhookRequest, on client: HTTPClient, progress: ExchangeProgress) async {
        var sent = HTTPClientRequest(url: request.web.description)
        sent.method = .POST
        for header in request.headers { sent.headers.add(name: header.name, value: header.value) }
        sent.body = .bytes(ByteBuffer(bytes: request.body))
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
            let (phase, text) = reading(of: error, isEncrypted: request.web.scheme == .https)
            progress.fail(phase, text)
        }
    }

    private static let words: [Int32: String] = [
        ECONNREFUSED: "the connection was refused", ECONNRESET: "the connection was reset",
        EPIPE: "the connection was closed", EHOSTUNREACH: "there is no way to the host",
        ENETUNREACH: "there is no way to the network", ETIMEDOUT: "the connection timed out",
        EADDRNOTAVAIL: "no local address is free",
    ]

    /// The step at which a request failed before its answer began, and in words why.
    private static func reading(
        of error: any Error, isEncrypted: Bool
    ) -> (phase: WebhookAnswer.Phase?, text: String) {
        switch error {
        case let error as HTTPClientError where error == .connectTimeout:
            // The library says the same of a connection that stalls before encryption is agreed.
            let what = isEncrypted ? "no connection, or no agreement on encryption," : "no connection"
            return (.connect, "\(what) within \(connectLimitMilliseconds / 1_000) s")
        case let error as HTTPClientError where error == .tlsHandshakeTimeout:
            return (.tls, "no agreement on encryption within \(connectLimitMilliseconds / 1_000) s")
        case let error as HTTPClientError where error == .cancelled:
            return (nil, "cut off")
        case let error as HTTPClientError:
            return (.request, error.shortDescription)
        case let error as IOError:
            let isConnecting = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL]
                .contains(error.errnoCode)
            return (isConnecting ? .connect : .request, words[error.errnoCode] ?? "\(error)")
        case let error as ChannelError:
            return (.connect, "\(error)")
        default:
            return (isEncrypted ? .tls : .request, "\(error)")
        }
    }
}

/// What is known of an exchange while it goes on.
private final class ExchangeProgress: Sendable {
    private struct State {
        var answer: WebhookAnswer
        var kept: [UInt8] = []
        var readBytes = 0
    }

    private let state: Mutex<State>

    init(phase: WebhookAnswer.Phase) {
        state = Mutex(State(answer: WebhookAnswer(phase: phase)))
    }

    var answer: WebhookAnswer {
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

    func fail(_ phase: WebhookAnswer.Phase?, _ text: String) {
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
