/// What a person says of an alert that fired.
package enum AlertVerdict: String, Sendable, Hashable, CaseIterable {
    /// It was worth the time that it took.
    case useful
    /// It was not.
    case noise
}

/// What people said of the alerts of a rule; of several verdicts on one alert the last counts.
package struct RuleVerdicts: Sendable, Hashable {
    /// Alerts that were useful.
    package var useful: Int
    /// Alerts that were noise.
    package var noise: Int

    package init(useful: Int = 0, noise: Int = 0) {
        self.useful = useful
        self.noise = noise
    }

    /// Alerts that were judged.
    package var count: Int { useful + noise }

    /// Share of the judged alerts that were useful; nil where none was judged.
    package var precision: Double? { count == 0 ? nil : Double(useful) / Double(count) }

    /// The 90 % interval of the share of the rule's alerts that are useful, after Jeffreys: the 5 % and 95 % quantiles of
    /// Beta(useful + 1/2, noise + 1/2). Nil where none was judged.
    package var interval: ClosedRange<Double>? {
        guard count > 0 else { return nil }
        let posterior = BetaDistribution(alpha: Double(useful) + 0.5, beta: Double(noise) + 0.5)
        return posterior.quantile(0.05)...posterior.quantile(0.95)
    }
}

/// When receivers are told of a rule's alerts no more because people find them to be noise; the digest then tells of them.
package struct VerdictGuard: Sendable, Hashable {
    /// Fewest verdicts of which a share means something.
    package static let minimumVerdicts = 10
    /// Days for which an alert's verdict counts from the day on which it fired.
    package static let days = 365

    /// The share of useful alerts below which a rule goes to the digest; 0 for never.
    package var minimumPrecision: Double

    /// A guard; the usual one stops a rule of which fewer than one alert in five is useful.
    package init(minimumPrecision: Double = 0.2) {
        self.minimumPrecision = minimumPrecision
    }

    /// Whether a rule goes to the digest.
    package func stops(_ verdicts: RuleVerdicts) -> Bool {
        guard verdicts.count >= Self.minimumVerdicts, let precision = verdicts.precision else { return false }
        return precision < minimumPrecision
    }
}
