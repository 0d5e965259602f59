import HaleDelivery
import HaleDocuments
import HaleOutput
import HaleService
import Synchronization

/// The progress of an import: a line drawn on a terminal's standard error only, and how long each step took.
final class ImportProgress: Sendable {
    private struct State {
        var throttle = ProgressThrottle()
        var steps: [(step: ImportStage.Step, began: ContinuousClock.Instant)] = []
    }

    private let subject: String
    private let started = ContinuousClock.now
    private let state = Mutex(State())
    private let isShown = Console.showsProgress

    init(subject: String) {
        self.subject = subject
    }

    func show(_ progress: ImportStage.Progress) {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            let isNew = state.steps.last?.step != progress.step
            if isNew { state.steps.append((progress.step, now)) }
            return state.throttle.isDue(at: now) || isNew
        }
        guard isShown, isDue else { return }
        let seconds = started.duration(to: now).inSeconds
        let line = ProgressLine(
            subject: subject + suffix(of: progress.step), doneBytes: Int64(progress.bytes),
            totalBytes: Int64(progress.totalBytes), rows: Int64(progress.rows),
            rowsPerSecond: seconds > 0 && progress.rows > 0 ? Double(progress.rows) / seconds : nil)
        Console.drawProgress(line.overwritingText(columns: Console.capabilities.columns ?? 80))
    }

    /// Ends the line; returns the steps and how long each took, the last one until now.
    func end() -> [ImportStepTime] {
        Console.endProgress()
        let now = ContinuousClock.now
        let steps = state.withLock { $0.steps }
        return steps.indices.map { index in
            let end = index + 1 < steps.count ? steps[index + 1].began : now
            return ImportStepTime(step: steps[index].step, elapsed: steps[index].began.duration(to: end))
        }
    }

    private func suffix(of step: ImportStage.Step) -> String {
        switch step {
        case .survey: ": looking"
        case .rows: ""
        case .names: ": writing"
        case .people, .features, .months: ": packing \(step.rawValue)"
        }
    }
}
