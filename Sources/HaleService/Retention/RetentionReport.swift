package import HaleDomain
package import HaleStore
package import Postgres

/// What became of the ARR and of the customers, from which every figure of retention follows.
package struct RetentionReport: Sendable {
    /// The day; nothing after it is seen.
    package let day: Day
    /// The days whose beginning and end are compared.
    package let range: CalendarPeriod
    /// The reporting currency.
    package let currency: String?
    /// Decimals of its minor unit.
    package let minorDigits: Int
    /// What became of each account's ARR.
    package let movements: [ArrMovement]
    /// The same month by month.
    package let months: [RetentionStore.Month]
    /// The segment that is looked at; nil for all customers.
    package let segment: String?
    /// What the customers who began in it make a cohort.
    package let cohortUnit: RetentionStore.CohortUnit
    /// What is left of the customers of each cohort.
    package let cohorts: [RetentionStore.Cohort]
    /// How long every customer has been one.
    package let lifetimes: [CustomerLifetime]
    /// How long they stay.
    package let projection: SurvivalProjection
    /// The net promoter score, and of how many responses.
    package let netPromoter: (margin: NetPromoterMargin, responses: Int)

    /// What is assumed of money.
    package let assumptions: MoneyAssumptions

    /// Months that are compared where no range is asked for.
    package static let defaultMonths = 12

    /// Reads it; without a range the twelve whole months before the day. A range that is not over ends with the day.
    package static func read(
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
        let money = try await SettingStore(connection).reportingCurrency()
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
            netPromoter: try await store.netPromoter(asOf: day, segment: segment),
            assumptions: try await SettingStore(connection).moneyAssumptions())
    }

    /// All accounts together.
    package var total: RetentionSummary { RetentionSummary(movements) }

    /// What the live contracts of a customer are still expected to bring, discounted [minor units].
    package func residualValueMinor(of customer: CustomerLifetime) -> Double {
        projection.residualValueMinor(
            of: customer, asOf: day, margin: assumptions.margin, discount: assumptions.discount)
    }
}
