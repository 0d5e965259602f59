package import HaleDomain
package import Postgres

extension BinaryCopyBuffer {
    /// Appends a score as a row of `scores/staging`, or of `scores/copy_day` where it goes straight into the table.
    package mutating func append(_ score: AccountScore, to target: ScoreStore.Target) {
        let composition = score.composition
        let state = score.state
        beginRow(fieldCount: target.isFresh ? 37 : 34)
        append(score.accountKey)
        append(composition.score)
        append(composition.baseline)
        append(composition.clip)
        append(composition.low)
        append(composition.high)
        append(composition.coverage)
        append(composition.rescaling)
        append(doubles: score.readings.count) { score.readings[$0].x }
        append(doubles: score.readings.count) { score.readings[$0].c }
        append(doubles: score.readings.count) { score.readings[$0].mu }
        append(doubles: composition.points.count) { composition.points[$0] }
        append(state.smoothed.score)
        append(state.smoothed.baseline)
        append(state.smoothed.clip)
        append(doubles: state.smoothed.points.count) { state.smoothed.points[$0] }
        append(state.computedBand)
        append(score.band)
        append(score.exceptions)
        append(state.daysInBand)
        append(state.daysOnOtherSide)
        append(Int32(state.runsBelow))
        append(score.flags.cliffSince?.postgresDate)
        append(score.flags.declineSince?.postgresDate)
        append(score.flags.riseSince?.postgresDate)
        append(score.flags.championLeftSince?.postgresDate)
        append(score.flags.detractorSince?.postgresDate)
        append(score.contract.state)
        append(score.contract.urgency)
        append(score.contract.daysToDecision.map { Int32($0) })
        append(score.contract.decisionOn?.postgresDate)
        append(score.contract.arrMinor)
        append(doubles: score.facts.count) { score.facts[$0] }
        append(score.texts)
        guard target.isFresh else { return }
        append(target.day.postgresDate)
        append(target.modelHash)
        append(target.run)
    }

    /// Appends a day that was smoothed again as a row of `scores/smoothed_staging`.
    package mutating func append(_ state: ScoreState, band: Band, account: Int64) {
        beginRow(fieldCount: 11)
        append(account)
        append(state.day.postgresDate)
        append(state.smoothed.score)
        append(state.smoothed.baseline)
        append(state.smoothed.clip)
        append(doubles: state.smoothed.points.count) { state.smoothed.points[$0] }
        append(state.computedBand)
        append(band)
        append(state.daysInBand)
        append(state.daysOnOtherSide)
        append(Int32(state.runsBelow))
    }
}
