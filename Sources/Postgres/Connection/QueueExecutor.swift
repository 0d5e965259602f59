import Dispatch

/// Runs an actor on a dispatch queue of its own, so that its blocking calls hold none of Swift's cooperative threads.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let pending = UnownedJob(job)
        queue.async {
            // Each job is run exactly once, on this executor's own serial queue, while the actor retains the executor.
            unsafe pending.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }
}
