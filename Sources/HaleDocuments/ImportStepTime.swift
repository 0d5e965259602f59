package import HaleService

/// How long a step of an import took.
package struct ImportStepTime: Sendable {
    /// The step.
    package let step: ImportStage.Step
    /// How long it took.
    package let elapsed: Duration

    /// A step with its time.
    package init(step: ImportStage.Step, elapsed: Duration) {
        self.step = step
        self.elapsed = elapsed
    }
}

extension Duration {
    /// The duration in seconds.
    package var inSeconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
