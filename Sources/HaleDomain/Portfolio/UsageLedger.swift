/// What many accounts and their people did in flat arrays, 160 bytes each, so that the usage of a whole portfolio is
/// read once: for the figures of all, then for the score of each.
package struct UsageLedger: Sendable {
    /// Number of accounts.
    package var count: Int { keys.count }
    /// Keys of the accounts, in the order added.
    package private(set) var keys: [Int64] = []

    private let weeks: Int
    private let words: Int
    private var starts: [Int32] = []
    private var flags: [UInt8] = []
    private var observedWeeks: [UInt8] = []
    /// Counts of the four windows, then of the baseline weeks.
    private var counts: [UInt32] = []
    /// Business days and other days of the four windows.
    private var days: [UInt8] = []
    private var activity: [UInt64] = []
    private var people: [UInt32] = []
    private var championDays: [UInt64] = []
    /// Usage rows of the window of lists and of the one before, and quantities.
    private var totals: [Int] = []
    private var listedDays: [UInt8] = []
    private var listedPeople: [UInt32] = []
    private var lastActive: [Int32] = []
    /// Counts of the few accounts that have one beyond 32 bits.
    private var largeCounts: [Int: [Int]] = [:]

    private static let quantityFlag: UInt8 = 1
    private static let namesPeopleFlag: UInt8 = 2
    private static let windowsFlag: UInt8 = 4
    private static let usageFlag: UInt8 = 8
    private static let championFlag: UInt8 = 16
    private static let championsLeftFlag: UInt8 = 32
    private static let championSeenFlag: UInt8 = 64
    private static let windowCount = 4

    /// An empty ledger.
    package init(model: HealthModel) {
        weeks = model.trend.baselineWeeks
        words = (model.recency.lookbackDays + 63) / 64
    }

    /// Makes room for so many accounts at once, which takes less memory than growing.
    package mutating func reserve(_ accounts: Int) {
        keys.reserveCapacity(accounts)
        starts.reserveCapacity(accounts)
        flags.reserveCapacity(accounts)
        observedWeeks.reserveCapacity(accounts)
        counts.reserveCapacity(accounts * (Self.windowCount + weeks))
        days.reserveCapacity(accounts * 2 * Self.windowCount)
        activity.reserveCapacity(accounts * words)
        people.reserveCapacity(accounts)
        championDays.reserveCapacity(accounts * words)
        totals.reserveCapacity(accounts * 3)
        listedDays.reserveCapacity(accounts)
        listedPeople.reserveCapacity(accounts)
        lastActive.reserveCapacity(accounts)
    }

    /// Adds an account with the digest of its usage, if it has any, and returns its position.
    @discardableResult
    mutating func append(_ account: AccountActivity, _ digest: UsageDigest?) -> Int {
        let position = keys.count
        keys.append(account.key)
        starts.append(account.startedOn?.daysSince2000 ?? .min)
        people.append(UInt32(clamping: account.activePeople))
        append(account.totals)
        var flag: UInt8 = 0
        var champion: DaySet?
        switch account.champion {
        case .noneAssigned: break
        case .allLeft: flag = Self.championsLeftFlag
        case .active(let days, let seenBefore):
            flag = seenBefore ? Self.championFlag | Self.championSeenFlag : Self.championFlag
            champion = days
        }
        Self.append(champion, words: words, to: &championDays)
        if let digest {
            flag |= Self.usageFlag
            if digest.unit == .quantity { flag |= Self.quantityFlag }
            if digest.namesPeople { flag |= Self.namesPeopleFlag }
            if digest.windows != nil { flag |= Self.windowsFlag }
        }
        flags.append(flag)
        Self.append(digest?.activity, words: words, to: &activity)
        append(digest?.windows, at: position)
        return position
    }

    private mutating func append(_ shown: UsageTotals) {
        totals.append(shown.events)
        totals.append(shown.priorEvents)
        totals.append(shown.quantity)
        listedDays.append(UInt8(clamping: shown.activeDays))
        listedPeople.append(UInt32(clamping: shown.activePeople))
        lastActive.append(shown.lastActiveOn?.daysSince2000 ?? .min)
    }

    private static func append(_ days: DaySet?, words: Int, to place: inout [UInt64]) {
        let known = days?.words ?? []
        for word in 0..<words { place.append(word < known.count ? known[word] : 0) }
    }

    private mutating func append(_ windows: UsageWindows?, at position: Int) {
        let none = UsageWindow(count: 0, businessDays: 0, otherDays: 0)
        let four = [
            windows?.recentSlow ?? none, windows?.priorSlow ?? none, windows?.recentFast ?? none,
            windows?.priorFast ?? none,
        ]
        let all = four.map(\.count) + (windows?.baselineWeeks ?? Array(repeating: 0, count: weeks))
        if all.contains(where: { $0 > Int(UInt32.max) }) { largeCounts[position] = all }
        for count in all { counts.append(UInt32(truncatingIfNeeded: count)) }
        for window in four {
            days.append(UInt8(clamping: window.businessDays))
            days.append(UInt8(clamping: window.otherDays))
        }
        observedWeeks.append(UInt8(clamping: windows?.observedWeeks ?? 0))
    }

    /// Puts what the account at a position and its people did into its features.
    package func fill(_ features: inout AccountFeatures, from position: Int) {
        features.startedOn = startedOn(at: position)
        features.activePeople28d = Int(people[position])
        features.champion = champion(at: position)
        features.digest = digest(at: position)
        features.totals = totals(at: position)
    }

    private func totals(at position: Int) -> UsageTotals {
        var shown = UsageTotals()
        shown.events = totals[3 * position]
        shown.priorEvents = totals[3 * position + 1]
        shown.quantity = totals[3 * position + 2]
        shown.activeDays = Int(listedDays[position])
        shown.activePeople = Int(listedPeople[position])
        shown.lastActiveOn = lastActive[position] == .min ? nil : Day(daysSince2000: lastActive[position])
        return shown
    }

    private func champion(at position: Int) -> ChampionActivity {
        let flag = flags[position]
        if flag & Self.championFlag != 0 {
            return .active(
                daySet(championDays, at: position), seenBefore: flag & Self.championSeenFlag != 0)
        }
        return flag & Self.championsLeftFlag != 0 ? .allLeft : .noneAssigned
    }

    private func daySet(_ stored: [UInt64], at position: Int) -> DaySet {
        DaySet(words: Array(stored[position * words..<(position + 1) * words]))
    }

    /// Since when the account at a position is a customer; nil if that is unknown.
    private func startedOn(at position: Int) -> Day? {
        starts[position] == .min ? nil : Day(daysSince2000: starts[position])
    }

    /// The digest at a position; nil for an account without usage.
    private func digest(at position: Int) -> UsageDigest? {
        let flag = flags[position]
        guard flag & Self.usageFlag != 0 else { return nil }
        return UsageDigest(
            unit: flag & Self.quantityFlag != 0 ? .quantity : .personDays,
            namesPeople: flag & Self.namesPeopleFlag != 0, activity: daySet(activity, at: position),
            windows: flag & Self.windowsFlag != 0 ? windows(at: position) : nil)
    }

    /// The windows at a position.
    func windows(at position: Int) -> UsageWindows {
        let stride = Self.windowCount + weeks
        let stored = largeCounts.isEmpty ? nil : largeCounts[position]
        func count(_ index: Int) -> Int { stored?[index] ?? Int(counts[position * stride + index]) }
        func window(_ index: Int) -> UsageWindow {
            let day = 2 * (position * Self.windowCount + index)
            return UsageWindow(count: count(index), businessDays: Int(days[day]), otherDays: Int(days[day + 1]))
        }
        return UsageWindows(
            unit: flags[position] & Self.quantityFlag != 0 ? .quantity : .personDays, recentSlow: window(0),
            priorSlow: window(1), recentFast: window(2), priorFast: window(3),
            baselineWeeks: (0..<weeks).map { count(Self.windowCount + $0) },
            observedWeeks: Int(observedWeeks[position]))
    }
}
