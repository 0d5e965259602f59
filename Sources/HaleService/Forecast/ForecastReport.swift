import Foundation
package import HaleDomain
import HaleStore
package import Postgres

/// The renewals of a day in some days, open and decided, from which every figure of a forecast follows.
package struct ForecastReport: Sendable {
    /// What renewals are added up by.
    package enum Grouping: String, Sendable, CaseIterable {
        /// Calendar months.
        case month
        /// Calendar quarters.
        case quarter
        /// Responsible CSMs.
        case csm
        case segment
    }

    package let day: Day
    /// The days in which renewals are due.
    package let range: CalendarPeriod
    /// The reporting currency.
    package let currency: String?
    /// Decimals of its minor unit.
    package let minorDigits: Int
    /// The open renewals due in the range, in order of their dates.
    package let renewals: [ForecastRenewal]
    /// Those due in the range that were decided already.
    package let decided: [DecidedContract]
    /// Open renewals due in the range that no probability is known of.
    package let unknown: Int
    /// What turns scores into probabilities; nil where nothing was scored yet.
    package let formula: RenewalFormula?

    /// Months that are forecast where no range is asked for.
    package static let defaultMonths = 12

    /// How far a forecast goes where no range is asked for.
    package enum Reach: Sendable {
        /// Twelve months.
        case year
        /// The quarter and the four after it.
        case quarters
        /// Whole quarters to the last renewal.
        case everything
    }

    /// Reads the renewals of a day in a range; without one from the month or quarter of the day, or of the oldest renewal
    /// that is past due, as far as `reach` says.
    package static func read(
        asOf day: Day, in asked: CalendarPeriod? = nil, reach: Reach = .year, on connection: Connection
    ) async throws -> ForecastReport {
        let store = ForecastStore(connection)
        let (all, unknown) = try await store.renewals(asOf: day, in: asked)
        let range = asked ?? Self.range(of: all.compactMap(\.renewsOn), asOf: day, reach: reach)
        let money = try await SettingStore(connection).reportingCurrency()
        return ForecastReport(
            day: day, range: range, currency: money.currency, minorDigits: money.minorDigits,
            renewals: all.filter { $0.renewsOn.map(range.contains) ?? false },
            decided: try await store.decided(asOf: day, in: range), unknown: unknown,
            formula: try await CalibrationStore(connection).formula(asOf: day))
    }

    private static func range(of renewals: [Day], asOf day: Day, reach: Reach) -> CalendarPeriod {
        let first = min(renewals.min() ?? day, day)
        let quarter = CalendarPeriod(quarterOf: day)
        switch reach {
        case .year:
            return CalendarPeriod(
                from: first.firstOfMonth, before: day.firstOfMonth.adding(months: Self.defaultMonths))
        case .quarters:
            return CalendarPeriod(
                from: CalendarPeriod(quarterOf: first).first, before: quarter.before.adding(months: Self.defaultMonths))
        case .everything:
            return CalendarPeriod(
                from: CalendarPeriod(quarterOf: first).first,
                before: CalendarPeriod(quarterOf: max(renewals.max() ?? day, day)).before)
        }
    }

    /// The same of the renewals of some CSMs and segments alone.
    package func narrowed(to isWanted: (_ csm: String?, _ segment: String?) -> Bool) -> ForecastReport {
        ForecastReport(
            day: day, range: range, currency: currency, minorDigits: minorDigits,
            renewals: renewals.filter { isWanted($0.csm, $0.segment) },
            decided: decided.filter { isWanted($0.csm, $0.segment) }, unknown: unknown, formula: formula)
    }

    /// The forecast of each part of the range, or of each group in all of it.
    package func periods(by grouping: Grouping) -> [PeriodForecast] {
        switch grouping {
        case .month: range.months.map(forecast)
        case .quarter: range.quarters.map(forecast)
        case .csm: groups(renewals: \.csm, decided: \.csm)
        case .segment: groups(renewals: \.segment, decided: \.segment)
        }
    }

    /// What the renewals up to the end of each month come to together, month by month.
    package var cumulated: [PeriodForecast] {
        range.months.map { forecast(CalendarPeriod(from: range.first, before: min($0.before, range.before))) }
    }

    /// The forecast of the whole range.
    package var total: PeriodForecast { forecast(range) }

    private var unitMinor: Double { pow(10, Double(minorDigits)) }

    private func forecast(_ period: CalendarPeriod) -> PeriodForecast {
        PeriodForecast(
            period: period, renewals: renewals.filter { $0.renewsOn.map(period.contains) ?? false },
            decided: decided.filter { period.contains($0.renewalOn) }, unitMinor: unitMinor)
    }

    /// Groups in order of their names, what has none at the end.
    private func groups(
        renewals name: (ForecastRenewal) -> String?, decided decidedName: (DecidedContract) -> String?
    ) -> [PeriodForecast] {
        let open = Dictionary(grouping: renewals, by: name)
        let done = Dictionary(grouping: decided, by: decidedName)
        return Set(open.keys).union(done.keys)
            .sorted { ($0 ?? "\u{10FFFF}") < ($1 ?? "\u{10FFFF}") }
            .map { group in
                PeriodForecast(
                    period: range, group: group, renewals: open[group] ?? [], decided: done[group] ?? [],
                    unitMinor: unitMinor)
            }
    }
}
