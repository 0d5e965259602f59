/// How forecasts that were frozen compare with what came of them (surfaces §2).
package struct ForecastAccuracy: Sendable, Hashable {
    /// A frozen forecast of a period that is over.
    package struct Outcome: Sendable, Hashable {
        /// The day of the forecast.
        package var day: Day
        package var period: CalendarPeriod
        /// Renewals that were forecast.
        package var contracts: Int
        /// Expected renewed ARR [minor units].
        package var expectedMinor: Double
        /// What is fallen short of in 10 of 100 cases [minor units].
        package var p10Minor: Int64
        /// What is fallen short of in 90 of 100 cases [minor units].
        package var p90Minor: Int64
        /// ARR that was renewed of it [minor units].
        package var actualMinor: Int64
        /// Of the renewals of which somebody said an amount: those amounts, what the model expected of the same, and what
        /// came of them [minor units]; nil where nobody said anything.
        package var human: HumanComparison?

        /// A frozen forecast with what came of it.
        package init(
            day: Day, period: CalendarPeriod, contracts: Int, expectedMinor: Double, p10Minor: Int64,
            p90Minor: Int64, actualMinor: Int64, human: HumanComparison? = nil
        ) {
            self.day = day
            self.period = period
            self.contracts = contracts
            self.expectedMinor = expectedMinor
            self.p10Minor = p10Minor
            self.p90Minor = p90Minor
            self.actualMinor = actualMinor
            self.human = human
        }

        /// Whether what came of it lies within the interval.
        package var isCovered: Bool { p10Minor <= actualMinor && actualMinor <= p90Minor }
    }

    /// The model beside people, on the same renewals [minor units].
    package struct HumanComparison: Sendable, Hashable {
        /// What people said.
        package var saidMinor: Int64
        /// What the model expected.
        package var modelMinor: Double
        /// What was renewed.
        package var actualMinor: Int64
        /// Renewals.
        package var contracts: Int

        /// The model beside people.
        package init(saidMinor: Int64, modelMinor: Double, actualMinor: Int64, contracts: Int) {
            self.saidMinor = saidMinor
            self.modelMinor = modelMinor
            self.actualMinor = actualMinor
            self.contracts = contracts
        }
    }

    /// Errors of forecasts against what came of them, as shares of it; nil where nothing was renewed.
    package struct Errors: Sendable, Hashable {
        /// Sum of forecasts less sum of outcomes, over the latter: above 0 where too much was promised.
        package let bias: Double?
        /// Sum of absolute errors over the sum of outcomes.
        package let absolute: Double?

        init(_ pairs: [(forecast: Double, actual: Double)]) {
            let actual = pairs.reduce(0) { $0 + $1.actual }
            guard actual > 0 else {
                (bias, absolute) = (nil, nil)
                return
            }
            bias = (pairs.reduce(0) { $0 + $1.forecast } - actual) / actual
            absolute = pairs.reduce(0) { $0 + abs($1.forecast - $1.actual) } / actual
        }
    }

    /// Forecasts of periods that are over.
    package let forecasts: Int
    /// The model's errors.
    package let model: Errors
    /// Share of outcomes within P10 to P90, which should be 0.8; nil without one.
    package let coverage: Double?
    /// People's errors where they said an amount.
    package let human: Errors
    /// The model's errors on the same renewals.
    package let modelOfSame: Errors
    /// Forecasts in which somebody said an amount.
    package let humanForecasts: Int

    /// Judges forecasts.
    package init(_ outcomes: [Outcome]) {
        forecasts = outcomes.count
        model = Errors(outcomes.map { ($0.expectedMinor, Double($0.actualMinor)) })
        coverage = outcomes.isEmpty ? nil : Double(outcomes.count { $0.isCovered }) / Double(outcomes.count)
        let compared = outcomes.compactMap(\.human)
        human = Errors(compared.map { (Double($0.saidMinor), Double($0.actualMinor)) })
        modelOfSame = Errors(compared.map { ($0.modelMinor, Double($0.actualMinor)) })
        humanForecasts = compared.count
    }
}
