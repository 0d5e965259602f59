/// Who looks after an account on a day, where it has a cover about then.
package struct ResponsibleCSM: Sendable, Hashable {
    package let accountKey: Int64
    package let day: Day
    /// E-mail; nil for nobody.
    package let csm: String?
    /// Minutes that the CSM has in a day.
    package let capacityMinutes: Int
    /// E-mail of the account's own CSM, where the other one covers.
    package let covered: String?
    /// The last day of the cover.
    package let coveredUntil: Day?

    package init(
        accountKey: Int64, day: Day, csm: String?, capacityMinutes: Int, covered: String? = nil,
        coveredUntil: Day? = nil
    ) {
        self.accountKey = accountKey
        self.day = day
        self.csm = csm
        self.capacityMinutes = capacityMinutes
        self.covered = covered
        self.coveredUntil = coveredUntil
    }
}

/// That a CSM is away on a day: who covers how many accounts.
package struct DayAbsence: Sendable, Hashable {
    package let csm: String
    package let covering: String
    /// The last day.
    package let until: Day
    package let accounts: Int

    package func sentence(on day: Day) -> String {
        "\(covering) covers \(accounts) \(accounts == 1 ? "account" : "accounts") of \(csm) until \(until.short(near: day))"
    }
}

extension [ResponsibleCSM] {
    /// Who covers for whom on a day, in order of who is away.
    package func absences(on day: Day) -> [DayAbsence] {
        let counts = reduce(into: [[String]: (until: Day, accounts: Int)]()) { counts, entry in
            guard entry.day == day, let csm = entry.csm, let covered = entry.covered, let until = entry.coveredUntil
            else { return }
            counts[[covered, csm, until.description], default: (until, 0)].accounts += 1
        }
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { key, count in
            DayAbsence(csm: key[0], covering: key[1], until: count.until, accounts: count.accounts)
        }
    }

    /// A CSM and all with whom accounts change hands, directly or through others; nil stands for accounts without one,
    /// and for everybody where everybody is asked for.
    package func csms(changingHandsWith csm: String?) -> Set<String?> {
        guard let csm else { return [nil] }
        let changes = Dictionary(grouping: self, by: \.accountKey).values.map { Set($0.map(\.csm)) }
            .filter { $0.count > 1 }
        var found: Set<String?> = [csm.lowercased()]
        while true {
            let wider = changes.filter { !$0.isDisjoint(with: found) }.reduce(found) { $0.union($1) }
            if wider == found { return found }
            found = wider
        }
    }
}

extension ListedTask {
    /// The task as it is its performers' one after another on the days of a plan.
    /// - Parameter responsible: Who looks after its account on each of the days, in their order; empty without a cover.
    package func turns(_ responsible: [ResponsibleCSM]) -> [ListedTask] {
        var turns: [ListedTask] = []
        for entry in responsible {
            var task = self
            task.csm = entry.csm
            // What the account's own CSM was given goes to whoever covers too.
            if entry.covered != nil, entry.covered == assignee { task.assignee = nil }
            if task.assignee == nil { task.capacityMinutes = entry.capacityMinutes }
            if let last = turns.last, last.performer == task.performer, let turn = last.turn {
                turns[turns.count - 1].turn = turn.lowerBound...entry.day
            } else {
                task.turn = entry.day...entry.day
                turns.append(task)
            }
        }
        if turns.isEmpty { return [self] }
        if turns.count == 1 { turns[0].turn = nil }
        return turns
    }
}
