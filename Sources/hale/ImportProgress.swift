import HaleService
import HaleTerminal
import Synchronization

/// The progress line of an import, drawn on a terminal's standard error only.
final class ImportProgress: Sendable {
    private let subject: String
    private let started = ContinuousClock.now
    private let throttle = Mutex(ProgressThrottle())
    private let isShown = Console.showsProgress

    init(subject: String) {
        self.subject = subject
    }

    func show(_ progress: ImportStage.Progress) {
        let now = ContinuousClock.now
        guard isShown, throttle.withLock({ $0.isDue(at: now) }) else { return }
        let elapsed = started.duration(to: now)
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        let line = ProgressLine(
            subject: progress.isSurvey ? "\(subject): looking" : subject, doneBytes: Int64(progress.bytes),
            totalBytes: Int64(progress.totalBytes), rows: Int64(progress.rows),
            rowsPerSecond: seconds > 0 && progress.rows > 0 ? Double(progress.rows) / seconds : nil)
        Console.drawProgress(line.overwritingText(columns: Console.capabilities.columns ?? 80))
    }
}
