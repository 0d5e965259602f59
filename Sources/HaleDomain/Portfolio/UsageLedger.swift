/// The digests of many accounts in flat arrays, 90 bytes each, so that the usage of a whole portfolio is read once:
/// for the figures of all, then for the score of each.
public struct UsageLedger: Sendable {
    /// Number of accounts.
    public var count: Int { keys.count }
    /// Keys of the accounts, in the order added.
    public private(set) var keys: [Int64] = []

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
    /// Counts of the few accounts that have one beyond 32 bits.
    private var largeCounts: [Int: [Int]] = [:]

    private static let quantityFlag: UInt8 = 1
    private static let namesPeopleFlag: UInt8 = 2
    private static let windowsFlag: UInt8 = 4
    private static let windowCount = 4

    /// An empty ledger.
    public init(model: HealthModel = .default) {
        weeks = model.trend.baselineWeeks
        words = (model.recency.lookbackDays + 63) / 64
    }

    /// Makes room for so many accounts at once, which takes less memory than growing.
    public mutating func reserve(_ accounts: Int) {
        keys.reserveCapacity(accounts)
        starts.reserveCapacity(accounts)
        flags.reserveCapacity(accounts)
        observedWeeks.reserveCapacity(accounts)
        counts.reserveCapacity(accounts * (Self.windowCount + weeks))
        days.reserveCapacity(accounts * 2 * Self.windowCount)
        activity.reserveCapacity(accounts * words)
    }

    /// Adds an account and returns its position.
    @discardableResult
    mutating func append(_ key: Int64, _ digest: UsageDigest, startedOn: Day?) -> Int {
        let position = keys.count
        keys.append(key)
        starts.append(startedOn?.daysSince2000 ?? .min)
        var flag: UInt8 = digest.unit == .quantity ? Self.quantityFlag : 0
        if digest.namesPeople { flag |= Self.namesPeopleFlag }
        if digest.windows != nil { flag |= Self.windowsFlag }
        flags.append(flag)
        for word in 0..<words { activity.append(word < digest.activity.words.count ? digest.activity.words[word] : 0) }
        let none = UsageWindow(count: 0, businessDays: 0, otherDays: 0)
        let windows = digest.windows
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
        return position
    }

    /// Adds the accounts of another ledger.
    mutating func append(contentsOf other: UsageLedger) {
        for position in 0..<other.count {
            append(
                other.keys[position], other.digest(at: position), startedOn: other.startedOn(at: position))
        }
    }

    /// Since when the account at a position is a customer; nil if that is unknown.
    public func startedOn(at position: Int) -> Day? {
        starts[position] == .min ? nil : Day(daysSince2000: starts[position])
    }

    /// The digest at a position.
    public func digest(at position: Int) -> UsageDigest {
        let flag = flags[position]
        return UsageDigest(
            unit: flag & Self.quantityFlag != 0 ? .quantity : .personDays,
            namesPeople: flag & Self.namesPeopleFlag != 0,
            activity: DaySet(words: Array(activity[position * words..<(position + 1) * words])),
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
