/// The models of how long customers stay that are thought possible, each with how far it is trusted, and what resampled
/// customers give instead (mathematics §3).
struct SurvivalModels: Sendable, Hashable {
    /// A model and its share of the trust in all of them.
    struct Weighted: Sendable, Hashable {
        let model: BetaDiscreteWeibull
        let weight: Double
    }

    /// The models; their weights add up to 1.
    let weighted: [Weighted]
    /// One model for each time that customers were drawn again.
    let draws: [BetaDiscreteWeibull]

    private static let resamples = 400
    /// With parameters of this size all customers are alike.
    private static let alike = 1e6

    /// One rate for all and every year, which is known as a distribution.
    init(rate: BetaDistribution) {
        func alike(_ rate: Double) -> BetaDiscreteWeibull {
            BetaDiscreteWeibull(alpha: (1 - rate) * Self.alike, beta: rate * Self.alike, shape: 1)
        }
        weighted = [Weighted(model: alike(rate.alpha / (rate.alpha + rate.beta)), weight: 1)]
        draws = (0..<Self.resamples).map { alike(rate.quantile((Double($0) + 0.5) / Double(Self.resamples))) }
    }

    /// Chances to leave that differ between customers, without and with a change in time. Each is trusted by Akaike's
    /// weight. Customers are drawn again, both are fitted to them, and one is taken by the weights that they have there.
    init?(_ histories: [[Bool]], seed: UInt64) {
        guard let fit = Self.Fit(Self.counts(histories), around: nil) else { return nil }
        weighted = [
            Weighted(model: BetaDiscreteWeibull(fit.fixed), weight: 1 - fit.weightOfChanging),
            Weighted(model: fit.changing, weight: fit.weightOfChanging),
        ]
        var generator = SplitMix(seed: seed)
        draws = (0..<Self.resamples).compactMap { _ in
            let drawn = histories.indices.map { _ in histories[Int(generator.unit() * Double(histories.count))] }
            let chosen = generator.unit()
            guard let again = Fit(Self.counts(drawn), around: fit.changing) else { return nil }
            return chosen < again.weightOfChanging ? again.changing : BetaDiscreteWeibull(again.fixed)
        }
    }

    /// Customers who stayed and who left in each year.
    static func counts(_ histories: [[Bool]]) -> [ShiftedBetaGeometricFit.Period] {
        var counts: [ShiftedBetaGeometricFit.Period] = []
        for history in histories {
            for (index, stayed) in history.enumerated() {
                if index == counts.count { counts.append(.init(renewed: 0, lost: 0)) }
                if stayed { counts[index].renewed += 1 } else { counts[index].lost += 1 }
            }
        }
        return counts
    }

    /// What all models together say of a figure.
    func mean(_ figure: (BetaDiscreteWeibull) -> Double) -> Double {
        weighted.reduce(0) { $0 + $1.weight * figure($1.model) }
    }

    /// Where the figure is in 9 of 10 draws; never apart from what all models together say.
    func interval(_ figure: (BetaDiscreteWeibull) -> Double) -> (low90: Double, high90: Double) {
        let (mean, values) = (mean(figure), draws.map(figure).sorted())
        return (min(mean, values.quantile(0.05) ?? mean), max(mean, values.quantile(0.95) ?? mean))
    }

    private struct Fit {
        let fixed: ShiftedBetaGeometric
        let changing: BetaDiscreteWeibull
        let weightOfChanging: Double

        init?(_ counts: [ShiftedBetaGeometricFit.Period], around known: BetaDiscreteWeibull?) {
            guard let fixed = ShiftedBetaGeometricFit(counts),
                let changing = known.map({ BetaDiscreteWeibullFit(counts, like: $0) })
                    ?? BetaDiscreteWeibullFit(counts, around: fixed.model)
            else { return nil }
            self.fixed = fixed.model
            self.changing = changing.model
            // One parameter more costs one unit of log likelihood.
            weightOfChanging = 1 / (1 + Real.exponential(1 - (changing.logLikelihood - fixed.logLikelihood)))
        }
    }
}
