/// How forecasts that were frozen compare with what came of them (surfaces §2).
public struct ForecastAccuracy: Sendable, Hashable {
    /// A frozen forecast of a period that is over.
    public struct Outcome: Sendable, Hashable {
        /// The day of the forecast.
        public var day: Day
        /// The period.
        public var period: CalendarPeriod
        /// Renewals that were forecast.
        public var contracts: Int
        /// Expected renewed ARR [minor units].
        public var expectedMinor: Double
        /// What is fallen short of in 10 of 100 cases [minor units].
        public var p10Minor: Int64
        /// What is fallen short of in 90 of 100 cases [minor units].
        public var p90Minor: Int64
        /// ARR that was renewed of it [minor units].
        public var actualMinor: Int64
        /// Of the renewals of which somebody said an amount: those amounts, what the model expected of the same, and what
        /// came of them [minor units]; nil where nobody said anything.
        public var human: HumanComparison?

        /// A frozen forecast with what came of it.
        public init(
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
        public var isCovered: Bool { p10Minor <= actualMinor && actualMinor <= p90Minor }
    }

    /// The model beside people, on the same renewals [minor units].
    public struct HumanComparison: Sendable, Hashable {
        /// What people said.
        public var saidMinor: Int64
        /// What the model expected.
        public var modelMinor: Double
        /// What was renewed.
        public var actualMinor: Int64
        /// Renewals.
        public var contracts: Int

        /// The model beside people.
        public init(saidMinor: Int64, modelMinor: Double, actualMinor: Int64, contracts: Int) {
            self.saidMinor = saidMinor
            self.modelMinor = modelMinor
            self.actualMinor = actualMinor
            self.contracts = contracts
        }
    }

    /// Errors of forecasts against what came of them, as shares of it; nil where nothing was renewed.
    public struct Errors: Sendable, Hashable {
        /// Sum of forecasts less sum of outcomes, over the latter: above 0 where too much was promised.
        public let bias: Double?
        /// Sum of absolute errors over the sum of outcomes.
        public let absolute: Double?

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
    public let forecasts: Int
    /// The model's errors.
    public let model: Errors
    /// Share of outcomes within P10 to P90, which should be 0.8; nil without one.
    public let coverage: Double?
    /// People's errors where they said an amount.
    public let human: Errors
    /// The model's errors on the same renewals.
    public let modelOfSame: Errors
    /// Forecasts in which somebody said an amount.
    public let humanForecasts: Int

    /// Judges forecasts.
    public init(_ outcomes: [Outcome]) {
        forecasts = outcomes.count
        model = Errors(outcomes.map { ($0.expectedMinor, Double($0.actualMinor)) })
        coverage = outcomes.isEmpty ? nil : Double(outcomes.count { $0.isCovered }) / Double(outcomes.count)
        let compared = outcomes.compactMap(\.human)
        human = Errors(compared.map { (Double($0.saidMinor), Double($0.actualMinor)) })
        modelOfSame = Errors(compared.map { ($0.modelMinor, Double($0.actualMinor)) })
        humanForecasts = compared.count
    }
}
