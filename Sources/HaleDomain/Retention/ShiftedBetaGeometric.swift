/// How long customers stay when each has a chance of leaving at every renewal, and those chances differ as a beta
/// distribution: the shifted beta-geometric model of Fader and Hardie (mathematics §3).
package struct ShiftedBetaGeometric: RenewalSurvival, Hashable {
    /// First parameter of the distribution of the chance to leave.
    package let alpha: Double
    /// Second parameter.
    package let beta: Double

    /// A model of known parameters, both above 0.
    package init(alpha: Double, beta: Double) {
        self.alpha = alpha
        self.beta = beta
    }

    /// Share of those who are asked for the `period`-th renewal (1 for the first) that renew.
    package func retention(at period: Int) -> Double {
        let (before, all) = (beta + Double(period - 1), alpha + beta + Double(period - 1))
        return before / all
    }
}
