/// How well probabilities foretold what happened (mathematics §2).
package struct ProbabilityMetrics: Sendable, Hashable {
    /// What happened (1 or 0) to each observation.
    package let outcomes: [Double]
    /// The probability of 1 that each was given.
    package let probabilities: [Double]

    /// Pairs of what happened and its probability, of the same number.
    package init(outcomes: [Double], probabilities: [Double]) {
        self.outcomes = outcomes
        self.probabilities = probabilities
    }

    /// Chance that an observation that came true was given more than one that did not, ties counting one half; nil
    /// where all went the same way.
    package var areaUnderCurve: Double? {
        let positives = outcomes.reduce(0, +)
        let negatives = Double(outcomes.count) - positives
        guard positives > 0, negatives > 0 else { return nil }
        let order = outcomes.indices.sorted { probabilities[$0] < probabilities[$1] }
        var rankSum = 0.0
        var start = 0
        while start < order.count {
            var end = start
            while end < order.count, probabilities[order[end]] == probabilities[order[start]] { end += 1 }
            // Equal ones share the mean of their ranks, which begin with 1.
            let rank = Double(start + end + 1) / 2
            for position in start..<end { rankSum += rank * outcomes[order[position]] }
            start = end
        }
        return (rankSum - positives * (positives + 1) / 2) / (positives * negatives)
    }

    /// Mean squared difference of probability and outcome; nil without observations.
    package var brierScore: Double? {
        guard !outcomes.isEmpty else { return nil }
        let squares = zip(outcomes, probabilities).reduce(0) { $0 + ($1.1 - $1.0) * ($1.1 - $1.0) }
        return squares / Double(outcomes.count)
    }

    /// Expected calibration error over bins of equal counts, in order of probability: the mean distance between the share
    /// that came true and the mean probability. Biased upward for few observations.
    package func calibrationError(bins: Int = 10) -> Double? {
        guard !outcomes.isEmpty, bins > 0 else { return nil }
        return self.bins(bins).reduce(0) {
            $0 + Double($1.count) / Double(outcomes.count) * abs($1.observed - $1.expected)
        }
    }

    /// One bin of a reliability diagram.
    package struct Bin: Sendable, Hashable {
        /// Observations in it.
        package let count: Int
        /// Share that came true.
        package let observed: Double
        /// Mean probability.
        package let expected: Double
    }

    /// Bins of equal counts in order of probability, the first ones larger by one where it does not come out even;
    /// empty ones are left out.
    package func bins(_ number: Int) -> [Bin] {
        let order = stableOrder { probabilities[$0] < probabilities[$1] }
        let (size, larger) = order.count.quotientAndRemainder(dividingBy: number)
        var bins: [Bin] = []
        var start = 0
        for index in 0..<number {
            let members = order[start..<start + size + (index < larger ? 1 : 0)]
            start = members.endIndex
            guard !members.isEmpty else { continue }
            bins.append(
                Bin(
                    count: members.count,
                    observed: members.reduce(0) { $0 + outcomes[$1] } / Double(members.count),
                    expected: members.reduce(0) { $0 + probabilities[$1] } / Double(members.count)))
        }
        return bins
    }

    /// Spiegelhalter's z: beyond ±1.96 the probabilities are not those of the outcomes; nil where all are 0, ½ or 1.
    package var spiegelhalter: Double? {
        var sum = 0.0
        var variance = 0.0
        for (outcome, probability) in zip(outcomes, probabilities) {
            let lean = 1 - 2 * probability
            sum += (outcome - probability) * lean
            variance += lean * lean * probability * (1 - probability)
        }
        return variance > 0 ? sum / variance.squareRoot() : nil
    }

    /// Share that came true of the `count` that were given most; nil without observations.
    package func precision(at count: Int) -> Double? {
        let chosen = stableOrder { probabilities[$0] > probabilities[$1] }.prefix(count)
        guard !chosen.isEmpty else { return nil }
        return chosen.reduce(0) { $0 + outcomes[$1] } / Double(chosen.count)
    }

    /// That share of the top `share` of the observations over the share of all; nil where none came true.
    package func lift(top share: Double = 0.1) -> Double? {
        let mean = outcomes.isEmpty ? 0 : outcomes.reduce(0, +) / Double(outcomes.count)
        let count = max(1, Int((share * Double(outcomes.count)).rounded(.up)))
        guard mean > 0, let top = precision(at: count) else { return nil }
        return top / mean
    }

    /// Slope and intercept of the outcomes on the log odds of the probabilities: 1 and 0 where they are calibrated; nil
    /// where they cannot be fitted.
    package var calibration: (slope: Double, intercept: Double)? {
        let odds = probabilities.map { [Real.logit(Real.clamp($0, 1e-6, 1 - 1e-6))] }
        return LogisticRegression(features: odds, outcomes: outcomes, penalty: 1e-9)
            .map { ($0.coefficients[1], $0.coefficients[0]) }
    }

    /// The positions in an order in which equal ones stay as they are.
    private func stableOrder(_ precedes: (Int, Int) -> Bool) -> [Int] {
        outcomes.indices.sorted { left, right in
            if precedes(left, right) { return true }
            return precedes(right, left) ? false : left < right
        }
    }
}
