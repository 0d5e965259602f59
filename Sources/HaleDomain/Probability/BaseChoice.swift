/// Which base decided renewals bear: that of the renewal's number is taken where it foretold the newest ones better.
package struct BaseChoice: Sendable, Hashable {
    /// The rates in force.
    package let rates: RenewalRates
    /// Why.
    package let step: LadderStep

    /// Compares both bases on the newest renewals, each foretold from what had been decided an embargo before; a renewal
    /// weighs as much as the part of a year that its term is.
    package init(_ decided: [DecidedCounts], assumptions: RenewalAssumptions = RenewalAssumptions()) {
        let history = RenewalHistory(decided)
        let flat = RenewalRates(history, base: .rate, assumptions: assumptions)
        let byNumber = RenewalRates(history, base: .renewalNumber, assumptions: assumptions)
        guard byNumber.tellsNumbersApart else {
            rates = flat
            step = LadderStep(.renewalNumber, .oneNumber)
            return
        }
        step = LadderStep(.renewalNumber, comparing: Self.compare(decided, assumptions))
        rates = step.isTaken ? byNumber : flat
    }

    private static func compare(_ decided: [DecidedCounts], _ assumptions: RenewalAssumptions) -> [FoldScores] {
        let folds = TimeFolds(
            decided.map { ($0.decidedOn, Double($0.counts.decided) * $0.group.term.years) }, assumptions: assumptions)
        let scores = folds.newest.compactMap { fold -> FoldScores? in
            let known = RenewalHistory(decided.lazy.filter { $0.decidedOn < fold.knownBefore })
            let byNumber = RenewalRates(known, base: .renewalNumber, assumptions: assumptions)
            guard byNumber.tellsNumbersApart else { return nil }
            let flat = RenewalRates(known, base: .rate, assumptions: assumptions)
            var (below, above, weight) = (0.0, 0.0, 0.0)
            for entry in fold.tested.map({ decided[$0] }) {
                below += entry.squaredError(flat)
                above += entry.squaredError(byNumber)
                weight += Double(entry.counts.decided) * entry.group.term.years
            }
            return FoldScores(below: below, above: above, weight: weight)
        }
        return scores.count == assumptions.foldsThatDecide ? scores : []
    }
}

extension DecidedCounts {
    /// Sum of the squared errors of what rates say of these renewals, by the part of a year that their term is.
    fileprivate func squaredError(_ rates: RenewalRates) -> Double {
        let chance = Real.logistic(rates.logOdds(of: group, number: number))
        let (renewed, lost) = (Double(counts.renewed), Double(counts.lost))
        return group.term.years * (renewed * (1 - chance) * (1 - chance) + lost * chance * chance)
    }
}
