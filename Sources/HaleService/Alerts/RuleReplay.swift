package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What rules would have done on scored days of the past, and what became of the accounts they would have named. Limits,
/// silences and the fleet guard are left out, and nothing is written.
package struct RuleReplay: Sendable {
    /// Days that one statement evaluates.
    static let daysAtOnce = 7

    /// What one rule would have done.
    package struct RuleOutcome: Sendable {
        package let rule: AlertRule
        /// How often it would have fired.
        package var firings = 0
        /// For each account it would have fired for, the day of the first time and the ARR then; nil without a rate.
        package var accounts: [Int64: (day: Day, arr: Double?)] = [:]
        /// For each really lost account it would have fired for in time, the days from then to the loss.
        package var daysAhead: [Int] = []
        /// Days on which the fleet guard would have held it.
        package var surges: [Day] = []

        /// ARR of the accounts when it fired for them first [major units]; nil where one's is not known.
        package var arr: Double? {
            accounts.values.reduce(0) { sum, account in sum.flatMap { sum in account.arr.map { sum + $0 } } }
        }
        /// Of the accounts it would have fired for, the share that was lost afterwards; nil where it never fired.
        package var precision: Double? {
            accounts.isEmpty ? nil : Double(daysAhead.count) / Double(accounts.count)
        }
        /// The median of the days ahead; nil where it saw no loss coming.
        package var medianDaysAhead: Double? {
            guard !daysAhead.isEmpty else { return nil }
            let sorted = daysAhead.sorted()
            let middle = sorted.count / 2
            return sorted.count % 2 == 1
                ? Double(sorted[middle]) : Double(sorted[middle - 1] + sorted[middle]) / 2
        }
    }

    /// What a replay found.
    package struct Outcome: Sendable {
        /// The scored days, oldest first.
        package let days: [Day]
        /// Accounts on the last of them.
        package let accounts: Int
        /// Accounts that had a contract on one of them.
        package let customers: Int
        /// Accounts that were really lost after the first of the days.
        package let lost: Int
        /// The last day on which a loss was looked for.
        package let lossesUntil: Day
        /// The reporting currency.
        package let currency: String?
        /// What each rule would have done, in their order.
        package let rules: [RuleOutcome]
        /// Rules that could not be evaluated, for some accounts or at all.
        package let complaints: [RuleComplaint]

        /// Of the accounts with a contract, the share that was lost: the precision of a rule that fires for everybody. Nil
        /// without one.
        package var baseRate: Double? { customers == 0 ? nil : Double(lost) / Double(customers) }

        /// How many times the base rate a rule's precision is; nil where one of them is not known, or nobody was lost.
        package func lift(of rule: RuleOutcome) -> Double? {
            guard let precision = rule.precision, let baseRate, baseRate > 0 else { return nil }
            return precision / baseRate
        }
    }

    private let database: Database
    private let library: RuleLibrary
    private let fleetGuard: FleetGuard

    /// A replay of the rules at hand.
    package init(_ database: Database, library: RuleLibrary, fleetGuard: FleetGuard = FleetGuard()) {
        self.database = database
        self.library = library
        self.fleetGuard = fleetGuard
    }

    /// Replays the scored days of a range; losses are looked for up to a later day.
    package func run(from first: Day, to last: Day, lossesUntil: Day) async throws -> Outcome {
        let (days, losses, currency) = try await database.withConnection { connection in
            let store = AlertStore(connection)
            return (
                try await ScoreCalendar(connection).days(from: first, to: last),
                try await store.losses(from: first + 1, to: lossesUntil),
                try await SettingStore(connection).reportingCurrency().currency
            )
        }
        return try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let all = try await library.load(conditions).rules.map(\.rule)
            var complaints: [RuleComplaint] = []
            let replayed: ReplayedRules
            do {
                replayed = try await replay(all, days) { try await conditions.replay($0, days: $1) }
            } catch let error as PostgresError where RuleEvaluation.isOfOneRule(error) {
                replayed = try await oneByOne(all, days, conditions, &complaints)
            }
            return Outcome(
                days: days, accounts: replayed.accounts,
                customers: replayed.customers.union(losses.keys).count, lost: losses.count, lossesUntil: lossesUntil,
                currency: currency,
                rules: replayed.outcomes(losses: losses), complaints: complaints)
        }
    }

    private func replay(
        _ rules: [AlertRule], _ days: [Day],
        reading: ([RuleConditions], [Day]) async throws -> [ReplayedReadings]
    ) async throws -> ReplayedRules {
        var replayed = ReplayedRules(rules: rules, fleetGuard: fleetGuard)
        for part in Self.parts(of: days) {
            replayed.take(try await reading(rules.map(RuleConditions.init), part))
        }
        return replayed
    }

    /// Each rule by itself. One that fails for some accounts tells nothing of them on the days on which it does; one that
    /// fails otherwise is left out.
    private func oneByOne(
        _ rules: [AlertRule], _ days: [Day], _ conditions: ConditionStore, _ complaints: inout [RuleComplaint]
    ) async throws -> ReplayedRules {
        var replayed = ReplayedRules(rules: [], fleetGuard: fleetGuard)
        for rule in rules {
            var complaint: RuleComplaint?
            do {
                let alone = try await replay([rule], days) { rules, days in
                    do {
                        return try await conditions.replay(rules, days: days)
                    } catch let error as PostgresError where error.isAboutValue {
                        return try await withoutFailing(rule, days, conditions, &complaint)
                    }
                }
                replayed.append(alone)
            } catch let error as PostgresError where RuleEvaluation.isOfOneRule(error) {
                complaint = RuleComplaint(rule: rule.name, message: error.message)
            }
            if let complaint { complaints.append(complaint) }
        }
        return replayed
    }

    /// The readings of a rule, day by day, without the accounts for which it fails.
    private func withoutFailing(
        _ rule: AlertRule, _ days: [Day], _ conditions: ConditionStore, _ complaint: inout RuleComplaint?
    ) async throws -> [ReplayedReadings] {
        let rules = [RuleConditions(rule)]
        var rows: [ReplayedReadings] = []
        for day in days {
            do {
                rows += try await conditions.replay(rules, days: [day])
            } catch let error as PostgresError where error.isAboutValue {
                let failing = try await conditions.failures(of: rules[0], on: day)
                guard !failing.isEmpty else { throw error }
                rows += try await conditions.replay(rules, days: [day], leavingOut: failing.map(\.key))
                var known = complaint ?? RuleComplaint(rule: rule.name, message: error.message)
                known.accounts += failing.map(\.accountID).filter { !known.accounts.contains($0) }
                complaint = known
            }
        }
        return rows
    }

    private static func parts(of days: [Day]) -> [[Day]] {
        stride(from: 0, to: days.count, by: daysAtOnce).map { Array(days[$0..<min($0 + daysAtOnce, days.count)]) }
    }
}

/// Rules that are taken through days in memory.
private struct ReplayedRules {
    let fleetGuard: FleetGuard
    private(set) var accounts = 0
    /// Accounts that had a contract on a day.
    private(set) var customers: Set<Int64> = []
    private var outcomes: [RuleReplay.RuleOutcome]
    private var alerts: [[Int64: Alert]]
    private var firstDay: Day?

    init(rules: [AlertRule], fleetGuard: FleetGuard) {
        self.fleetGuard = fleetGuard
        outcomes = rules.map { RuleReplay.RuleOutcome(rule: $0) }
        alerts = rules.map { _ in [:] }
    }

    /// Takes in other rules that went through the same days.
    mutating func append(_ others: ReplayedRules) {
        accounts = max(accounts, others.accounts)
        customers.formUnion(others.customers)
        outcomes += others.outcomes
        alerts += others.alerts
    }

    /// Takes the rows of some days, in order of the days.
    mutating func take(_ rows: [ReplayedReadings]) {
        var start = 0
        while start < rows.count {
            let day = rows[start].day
            let end = rows[start...].firstIndex { $0.day != day } ?? rows.count
            take(rows[start..<end], on: day)
            start = end
        }
    }

    private mutating func take(_ rows: ArraySlice<ReplayedReadings>, on day: Day) {
        accounts = rows.count
        // ARR that is not known for want of a rate is somebody's.
        for row in rows where row.arr != 0 { customers.insert(row.account) }
        let first = firstDay ?? day
        firstDay = first
        let scored = rows.count(where: \.isScored)
        for index in outcomes.indices {
            let rule = outcomes[index].rule
            var fired = 0
            for row in rows {
                let key = AlertKey(account: row.account, rule: rule.name)
                let step = AlertLifecycle.step(
                    rule, key: key, alert: alerts[index][row.account], reading: row.readings[index], on: day)
                guard let step else { continue }
                alerts[index][row.account] = step.alert.isOpen ? step.alert : nil
                guard step.transition?.kind == .firing else { continue }
                outcomes[index].firings += 1
                if outcomes[index].accounts[row.account] == nil {
                    outcomes[index].accounts[row.account] = (day, row.arr)
                }
                if step.alert.sinceOn > first { fired += 1 }
            }
            if fleetGuard.stops(newlyFiring: fired, ofScored: scored) { outcomes[index].surges.append(day) }
        }
    }

    /// What the rules did, with what became of the accounts.
    func outcomes(losses: [Int64: Day]) -> [RuleReplay.RuleOutcome] {
        outcomes.map { outcome in
            var outcome = outcome
            outcome.daysAhead = outcome.accounts.compactMap { account, fired in
                losses[account].flatMap { $0 > fired.day ? $0 - fired.day : nil }
            }.sorted()
            return outcome
        }
    }
}
