/// The score of an account on a day with everything that explains it.
package struct AccountScore: Sendable, Hashable {
    /// Key of the account in the database.
    package let accountKey: Int64
    /// Identifier of the account given by the user.
    package let accountID: String
    /// Day of scoring.
    package let day: Day
    /// Every driver with the figures behind it.
    package let drivers: AccountDrivers
    /// The day's score with its breakdown.
    package let composition: Composition
    /// True if enough is known for a score.
    package let isScored: Bool
    /// The day's flags.
    package let flags: RiskFlags
    /// What the next day needs: the smoothed score, the computed band and the flags.
    package let state: ScoreState
    /// The exceptions in force.
    package let exceptions: [BandException]
    /// The computed band lowered by the exceptions.
    package let band: Band
    /// One sentence per driver, in the order of the model's drivers.
    package let texts: [String]
    /// The figures stored beside the score, in the order of `ScoreFact.allCases`.
    package let facts: [Double?]

    /// The band with hysteresis, before exceptions.
    package var computedBand: Band { state.computedBand }
    /// The smoothed score with its breakdown.
    package var smoothed: SmoothedScore { state.smoothed }
    /// One reading per driver, in the order of the model's drivers.
    package var readings: [DriverReading] { drivers.readings }
    /// The contracts taken together.
    package var contract: AccountContract { drivers.contract }
}

/// Scores accounts (mathematics §1).
package enum AccountScoring {
    /// The score of one account on a day.
    /// - Parameters:
    ///   - features: Everything known of the account before the day.
    ///   - portfolio: The day's figures of all accounts together.
    ///   - asOf: The day; nothing that happened on it or later may be in the features.
    ///   - previous: The state of the newest earlier scored day of the same model; nil for a new account.
    package static func score(
        _ features: AccountFeatures, portfolio: PortfolioFigures, model: HealthModel,
        calendar: BusinessCalendar, asOf: Day, previous: ScoreState?
    ) -> AccountScore {
        var drivers = AccountDrivers(
            features, portfolio: portfolio, model: model, calendar: calendar, asOf: asOf)
        // What cannot be computed is no score: nothing counts as known, as where data is missing.
        if features.obstacle != nil { drivers.withholdReadings() }
        let composition = Composition(drivers.readings, model: model)
        let earlier = previous.flatMap { $0.day < asOf ? $0 : nil }
        let flags = RiskFlags.next(
            after: earlier?.flags ?? RiskFlags(), drivers: drivers, features: features, asOf: asOf, model: model)
        let state = ScoreState.smooth(
            DayScore(day: asOf, composition: composition, flags: flags), after: earlier, model: model)
        let isScored = composition.isScored(model: model)
        let exceptions = BandException.inForce(
            flags: flags, noticeGiven: drivers.contract.noticeGiven, isScored: isScored)
        let text = DriverText(features: features, drivers: drivers, portfolio: portfolio, model: model, asOf: asOf)
        return AccountScore(
            accountKey: features.accountKey, accountID: features.accountID, day: asOf, drivers: drivers,
            composition: composition, isScored: isScored, flags: flags, state: state, exceptions: exceptions,
            band: BandException.apply(exceptions, to: state.computedBand, model: model),
            texts: features.obstacle.map { obstacle in model.drivers.map { _ in "not scored: \(obstacle)" } }
                ?? text.sentences,
            facts: ScoreFact.allCases.map { $0.value(of: features, drivers: drivers, asOf: asOf) })
    }
}
