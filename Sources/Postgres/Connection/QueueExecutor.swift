import Dispatch

/// Runs an actor on a dispatch queue of its own, so that its blocking calls hold none of the threads that Swift's tasks
/// share. A queue made with a label gets a further thread from the system while others are blocked; the global queues,
/// which Swift's tasks run on, do not.
final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let pending = UnownedJob(job)
        queue.async {
            // Each job is run exactly once, on this executor's own serial queue, which retains the executor meanwhile.
            unsafe pending.runSynchronously(on: self.asUnownedSerialExecutor())
        }
    }
}
