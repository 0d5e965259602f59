import ServiceLifecycle

/// The worker as a service that ends when it is asked to.
package struct DeliveryService: Service {
    private let worker: DeliveryWorker
    private let onEnd: @Sendable (DeliveryWorker.Summary) -> Void

    /// A service; `onEnd` is told what was done.
    package init(_ worker: DeliveryWorker, onEnd: @escaping @Sendable (DeliveryWorker.Summary) -> Void = { _ in }) {
        self.worker = worker
        self.onEnd = onEnd
    }

    /// Sends until a graceful shutdown, finishes or gives back what is under way, and returns.
    package func run() async throws {
        let summary = await withGracefulShutdownHandler {
            await worker.run()
        } onGracefulShutdown: {
            worker.stop()
        }
        onEnd(summary)
    }
}
