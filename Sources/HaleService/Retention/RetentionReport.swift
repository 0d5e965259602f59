public import HaleDomain
public import HaleStore
public import Postgres

/// What became of the ARR and of the customers, from which every figure of retention follows.
public struct RetentionReport: Sendable {
    /// The day; nothing after it is seen.
    public let day: Day
    /// The days whose beginning and end are compared.
    public let range: CalendarPeriod
    /// The reporting currency.
    public let currency: String?
    /// Decimals of its minor unit.
    public let minorDigits: Int
    /// What became of each account's ARR.
    public let movements: [ArrMovement]
    /// The same month by month.
    public let months: [RetentionStore.Month]
    /// The segment that is looked at; nil for all customers.
    public let segment: String?
    /// What the customers who began in it make a cohort.
    public let cohortUnit: RetentionStore.CohortUnit
    /// What is left of the customers of each cohort.
    public let cohorts: [RetentionStore.Cohort]
    /// How long every customer has been one.
    public let lifetimes: [CustomerLifetime]
    /// How long they stay.
    public let projection: SurvivalProjection
    /// The net promoter score, and of how many responses.
    public let netPromoter: (margin: NetPromoterMargin, responses: Int)

    /// Months that are compared where no range is asked for.
    public static let defaultMonths = 12
    /// Rate by which a year's money is discounted (mathematics §3).
    public static let discount = 0.10

    /// Reads it; without a range the twelve whole months before the day. A range that is not over ends with the day.
    public static func read(
        asOf day: Day, in asked: CalendarPeriod? = nil, segment: String? = nil,
        cohortsBy unit: RetentionStore.CohortUnit = .year, on connection: Connection
    ) async throws -> RetentionReport {
        let month = day.firstOfMonth
        let range =
            asked.map { CalendarPeriod(from: $0.first, before: min($0.before, day)) }
            ?? CalendarPeriod(from: month.adding(months: -Self.defaultMonths), before: month)
        guard range.first < range.before else {
            throw StoreError.refused("\(range.first) is not before \(day): nothing of it is over")
        }
        let store = RetentionStore(connection)
        let money = try await TaskStore(connection).money()
        let lifetimes = try await store.lifetimes(asOf: day).filter { segment == nil || $0.segment == segment }
        if let segment, lifetimes.isEmpty {
            throw StoreError.refused("no customer is of segment \(segment): hale accounts list shows segments")
        }
        let movements = try await store.movements(in: range, seen: day).filter {
            segment == nil || $0.segment == segment
        }
        return RetentionReport(
            day: day, range: range, currency: money.currency, minorDigits: money.minorDigits,
            movements: movements, months: try await store.months(asOf: day, in: range, segment: segment),
            segment: segment, cohortUnit: unit,
            cohorts: try await store.cohorts(asOf: day, by: unit, segment: segment), lifetimes: lifetimes,
            projection: SurvivalProjection(lifetimes, asOf: day),
            netPromoter: try await store.netPromoter(asOf: day, segment: segment))
    }

    /// All accounts together.
    public var total: RetentionSummary { RetentionSummary(movements) }

    /// What the live contracts of a customer are still expected to bring, discounted [minor units].
    public func residualValueMinor(of customer: CustomerLifetime) -> Double {
        projection.residualValueMinor(
            of: customer, asOf: day, margin: TaskAssumptions().margin, discount: Self.discount)
    }
}
