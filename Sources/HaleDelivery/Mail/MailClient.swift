import Foundation
import HaleDomain
import Synchronization

/// Sends mail, each on a thread of its own because libcurl blocks: to the checked address only, within a limit of time.
package final class MailClient: Sendable {
    /// Most exchanges at once. One may take a while to take leave after its message has arrived.
    static let limit = 512
    private static let stackBytes = 524_288

    private let running = Mutex(0)

    package init() {}

    /// Sends a mail and reads what is answered; whatever goes wrong is in the answer.
    package func exchange(_ request: MailRequest) async -> DeliveryAnswer {
        let isFree = running.withLock { count in
            guard count < Self.limit else { return false }
            count += 1
            return true
        }
        guard isFree else { return DeliveryAnswer(phase: .check, error: "\(Self.limit) mails are being sent already") }
        let exchange = MailExchange(request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let thread = Thread { [self] in
                    exchange.run { continuation.resume(returning: $0) }
                    running.withLock { $0 -= 1 }
                }
                thread.stackSize = Self.stackBytes
                thread.start()
            }
        } onCancel: {
            exchange.stop()
        }
    }
}
