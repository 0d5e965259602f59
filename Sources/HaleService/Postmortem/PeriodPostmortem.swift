package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// All accounts that were lost in a period, and whether anything warned of each.
package struct PeriodPostmortem: Sendable {
    /// An account that was lost.
    package struct Entry: Sendable {
        /// The first of its renewals that was lost in the period.
        package let loss: LostRenewal
        /// What all of them ran at [minor units]; nil without an exchange rate.
        package let arrMinor: Int64?
        /// The alert that really fired first.
        package let alert: FiredAlert?
        /// The rule that would have fired first.
        package let warning: (rule: String, day: Day)?
        /// Things that were done for it, without the customer's replies.
        package let acts: Int
        /// The newest score that was stored 90 days or more before; nil where there is none.
        package let scoreBefore: (day: Day, score: Double, band: Band)?

        /// The first day on which an alert fired or would have.
        package var warnedOn: Day? { [alert?.firedOn, warning?.day].compactMap { $0 }.min() }
        /// Days from then to the decision.
        package var daysAhead: Int? { warnedOn.map { loss.lostOn - $0 } }
    }

    /// What was found.
    package struct Outcome: Sendable {
        package let period: CalendarPeriod
        /// In order of the decision.
        package let entries: [Entry]
        package let rules: PostmortemRules
        package let currency: String?
        package let minorDigits: Int

        /// Those that something warned of.
        package var caught: [Entry] { entries.filter { $0.warnedOn != nil } }
        /// The median of the days ahead; nil where nothing warned.
        package var medianDaysAhead: Double? {
            let sorted = caught.compactMap(\.daysAhead).sorted()
            guard !sorted.isEmpty else { return nil }
            let middle = sorted.count / 2
            return sorted.count % 2 == 1
                ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
        }
        /// What some of them ran at; nil where one's is not known.
        package func arrMinor(of entries: [Entry]) -> Int64? {
            entries.reduce(0) { sum, entry in sum.flatMap { sum in entry.arrMinor.map { sum + $0 } } }
        }
    }

    /// Days before the decision of which a score is told.
    package static let scoreDaysBefore = 90

    private let database: Database
    private let library: RuleLibrary
    private let fleetGuard: FleetGuard

    /// On a database, with the rules to be judged.
    package init(_ database: Database, library: RuleLibrary, fleetGuard: FleetGuard = FleetGuard()) {
        self.database = database
        self.library = library
        self.fleetGuard = fleetGuard
    }

    /// Looks back on the accounts that were lost in a period.
    package func run(_ period: CalendarPeriod) async throws -> Outcome {
        let today = try await database.withConnection { try await AccountStore($0).today() }
        let last = min(period.before - 1, today)
        let losses = try await database.withConnection { connection in
            try await PostmortemStore(connection).losses(asOf: today, from: period.first, to: max(last, period.first))
        }
        guard last >= period.first, !losses.isEmpty else {
            throw PostmortemFailure.noLosses(period: period.description)
        }
        let first = period.first - AccountPostmortem.lookBackDays
        let rules = try await PostmortemRules(
            RuleReplay(database, library: library, fleetGuard: fleetGuard).run(
                from: first, to: last, lossesUntil: today))
        let keys = Array(Set(losses.map(\.accountKey))).sorted()
        return try await database.withConnection { connection in
            let store = PostmortemStore(connection)
            let acts = Dictionary(
                grouping: try await store.acts(for: keys, from: first, to: last), by: \.accountKey)
            let alerts = Dictionary(
                grouping: try await store.alerts(of: keys, from: first, to: last), by: \.accountKey)
            let currency = try await SettingStore(connection).reportingCurrency()
            var entries: [Entry] = []
            var seen: Set<Int64> = []
            for loss in losses where seen.insert(loss.accountKey).inserted {
                let before = try await AccountStore(connection).history(
                    of: loss.accountID, upTo: loss.lostOn - Self.scoreDaysBefore,
                    days: AccountPostmortem.lookBackDays - Self.scoreDaysBefore)
                entries.append(
                    Self.entry(
                        loss, all: losses.filter { $0.accountKey == loss.accountKey },
                        acts: acts[loss.accountKey] ?? [], alerts: alerts[loss.accountKey] ?? [], rules: rules,
                        before: before.last))
            }
            return Outcome(
                period: period, entries: entries, rules: rules, currency: currency.currency,
                minorDigits: currency.minorDigits)
        }
    }

    private static func entry(
        _ loss: LostRenewal, all: [LostRenewal], acts: [AccountAct], alerts: [FiredAlert], rules: PostmortemRules,
        before: ScoredDay?
    ) -> Entry {
        let days = loss.lostOn - AccountPostmortem.lookBackDays..<loss.lostOn
        return Entry(
            loss: loss,
            arrMinor: all.reduce(0) { sum, loss in sum.flatMap { sum in loss.arrMinor.map { sum + $0 } } },
            alert: alerts.first { days.contains($0.firedOn) },
            warning: rules.warnings(of: loss.accountKey, before: loss.lostOn).first,
            acts: acts.count { days.contains($0.day) && !$0.isReply },
            scoreBefore: before.flatMap {
                $0.band == .unknown ? nil : (day: $0.day, score: $0.smoothedScore, band: $0.band)
            })
    }
}
