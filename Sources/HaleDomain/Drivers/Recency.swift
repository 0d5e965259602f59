/// How unlikely the present silence is by the account's own rhythm (mathematics §1.5).
package struct Recency: Sendable, Hashable {
    /// Value in 0...1.
    package let x: Double
    /// Reliability in 0...1.
    package let c: Double
    /// P(at least this many silent business days); nil for a dormant account.
    package let probabilitySilent: Double?
    /// True if the silence is long and unlikely.
    package let isCliff: Bool

    /// True if there was no activity in a long baseline.
    package var isDormant: Bool { probabilitySilent == nil }

    /// Reads the silence of an account or person; nil if the baseline is too short.
    /// - Parameters:
    ///   - activeDays: Baseline days with activity.
    ///   - baselineDays: Business days observed up to the last activity, at most 40.
    ///   - silentDays: Complete business days since.
    package static func read(
        activeDays: Int, baselineDays: Int, silentDays: Int, model: HealthModel
    ) -> Recency? {
        let parameters = model.recency
        guard baselineDays >= parameters.minimumBaselineDays else { return nil }
        if activeDays == 0, baselineDays >= parameters.dormantBaselineDays {
            return Recency(x: 0, c: 1, probabilitySilent: nil, isCliff: false)
        }
        let days = Double(baselineDays)
        let chance = min(parameters.activityCap, (Double(activeDays) + 0.5) / (days + 1))
        let logSilent = Double(silentDays) * Real.logarithmOfOnePlus(-chance)
        let silent = Real.exponential(logSilent)
        return Recency(
            x: Real.clamp(1 - logSilent / Real.logarithm(parameters.silenceLimit)),
            c: days / (days + parameters.priorDays), probabilitySilent: silent,
            isCliff: silent < parameters.silenceLimit && silentDays >= parameters.cliffSilentDays)
    }
}
