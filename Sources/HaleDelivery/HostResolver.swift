import Foundation
import HaleDomain
import PrivateServer
import Synchronization

/// Asks the system's resolver, which blocks, on threads of their own.
final class HostResolver: Sendable {
    /// Time for one question, in milliseconds.
    static let limitMilliseconds: Int64 = 5_000
    /// Most questions at once; the system may hold each for longer than it is waited for.
    static let limit = 64

    private let running = Mutex(0)

    func resolve(_ host: String) async throws(ResolutionFailure) -> [NetworkAddress] {
        let isFree = running.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
        guard isFree else { throw ResolutionFailure("\(Self.limit) names are being looked up already") }
        let answer = await withCheckedContinuation { (continuation: CheckedContinuation<Answer, Never>) in
            let once = Once(continuation)
            let thread = Thread { [self] in
                let answer: Answer
                do throws(ServerError) {
                    answer = .success(try OperatingSystem.addresses(ofHost: host).compactMap(Self.address))
                } catch {
                    answer = .failure(ResolutionFailure(Self.reason(error)))
                }
                running.withLock { $0 -= 1 }
                once.resume(answer)
            }
            thread.stackSize = 262_144
            thread.start()
            Task {
                try? await Task.sleep(for: .milliseconds(Self.limitMilliseconds))
                once.resume(
                    .failure(ResolutionFailure("the name was not found within \(Self.limitMilliseconds / 1_000) s")))
            }
        }
        return try answer.get()
    }

    private typealias Answer = Result<[NetworkAddress], ResolutionFailure>

    private static func reason(_ error: ServerError) -> String {
        if case .systemCallFailed(_, let subject, let reason) = error { return "\(subject): \(reason)" }
        return error.description
    }

    private static func address(_ bytes: [UInt8]) -> NetworkAddress? {
        func number(_ part: ArraySlice<UInt8>) -> UInt64 { part.reduce(0) { $0 << 8 | UInt64($1) } }
        switch bytes.count {
        case 4: return .v4(UInt32(truncatingIfNeeded: number(bytes[0..<4])))
        case 16: return NetworkAddress(high: number(bytes[0..<8]), low: number(bytes[8..<16]))
        default: return nil
        }
    }

    /// Resumes the first time only.
    private final class Once: Sendable {
        private let continuation: Mutex<CheckedContinuation<Answer, Never>?>

        init(_ continuation: CheckedContinuation<Answer, Never>) {
            self.continuation = Mutex(continuation)
        }

        func resume(_ answer: Answer) {
            let waiting = continuation.withLock { held in
                defer { held = nil }
                return held
            }
            waiting?.resume(returning: answer)
        }
    }
}

extension DeliveryEffects {
    /// The real world, with requests sent by a client.
    package static func live(_ client: WebhookClient) -> DeliveryEffects {
        let mail = MailClient()
        return live({ await client.exchange($0) }, { await mail.exchange($0) })
    }

    /// The real world for those who only write what is to be sent.
    package static var withoutSending: DeliveryEffects {
        let answer = DeliveryAnswer(phase: .check, error: "nothing is sent from here")
        return live({ _ in answer }, { _ in answer })
    }

    private static func live(
        _ exchange: @escaping @Sendable (WebhookRequest) async -> DeliveryAnswer,
        _ sendMail: @escaping @Sendable (MailRequest) async -> DeliveryAnswer
    ) -> DeliveryEffects {
        let started = ContinuousClock.now
        let resolver = HostResolver()
        return DeliveryEffects(
            nowSeconds: { Int64(Date().timeIntervalSince1970.rounded(.down)) },
            milliseconds: {
                let passed = started.duration(to: .now).components
                return passed.seconds * 1_000 + passed.attoseconds / 1_000_000_000_000_000
            },
            sleep: { try? await Task.sleep(for: .milliseconds($0)) },
            newID: {
                (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined()
            },
            randomBytes: { count in (0..<count).map { _ in UInt8.random(in: .min ... .max) } },
            jitter: { Double.random(in: 0...1) },
            variable: { ProcessInfo.processInfo.environment[$0] },
            resolve: { host async throws(ResolutionFailure) in try await resolver.resolve(host) },
            exchange: exchange, sendMail: sendMail)
    }
}
