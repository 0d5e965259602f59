import HaleDomain

/// What the rows so far come to: by account and day, by person and month, by account, month and feature.
struct UsageRollup {
    /// By holder (high 32 bits) and day since 2000.
    var days = UsageTotals()
    /// By holder (high 24 bits), month (12 bits) and feature (28 bits).
    var features = UsageTotals()
    /// For each month the active days of each person, by place.
    private(set) var masks: [[UInt32]] = []
    /// The first day of each month that has rows, in the order in which they came.
    private(set) var months: [Day] = []
    private(set) var rowCount = 0

    /// For each day from `firstDay` on, the place of its month plus one; 0 where it is not known yet.
    private var monthPlaces = [UInt16](repeating: 0, count: dayCount)

    /// Rows after which counts of 32 bits might not hold.
    static let rowLimit = 2_000_000_000
    /// The days that dates may lie on, 1900 to 2199, and what time zones add at both ends.
    static let firstDay = -36_560
    static let dayCount = 110_100
    private static let featureBits: UInt64 = 28
    private static let holderBits: UInt64 = 40

    /// The memory that the counts take up, in bytes.
    var memoryByteCount: Int {
        masks.reduce(days.memoryByteCount + features.memoryByteCount) { $0 + $1.capacity * 4 }
    }

    /// Counts rows. False when their quantities add up to more than 64 bits hold.
    ///
    /// The counts lie all over the memory. Each kind has a loop of its own, short enough for a processor to wait for
    /// several rows at once.
    mutating func add(_ rows: [UsageBatch.Row]) -> Bool {
        rowCount += rows.count
        var isSmall = true
        for row in rows {
            let key = UInt64(row.holder) << 32 | UInt64(UInt32(bitPattern: row.day))
            isSmall = days.add(key, quantity: row.quantity, isNamed: row.person >= 0) && isSmall
        }
        for row in rows where row.feature >= 0 {
            let month = monthPlace(of: row.day)
            let key = UInt64(row.holder) << Self.holderBits | UInt64(month) << Self.featureBits | UInt64(row.feature)
            isSmall = features.add(key, quantity: row.quantity, bits: bit(row.day, in: month)) && isSmall
        }
        for row in rows where row.person >= 0 {
            let month = monthPlace(of: row.day)
            let person = Int(row.person)
            if person >= masks[month].count { extend(month, to: person) }
            masks[month][person] |= bit(row.day, in: month)
        }
        return isSmall
    }

    private func bit(_ day: Int32, in month: Int) -> UInt32 {
        UInt32(1) << UInt32(day - months[month].daysSince2000)
    }

    /// The holder and day of a key of `days`.
    static func day(_ key: UInt64) -> (holder: Int, day: Int32) {
        (Int(key >> 32), Int32(bitPattern: UInt32(truncatingIfNeeded: key)))
    }

    /// The holder, month and feature of a key of `features`, by their places.
    static func feature(_ key: UInt64) -> (holder: Int, month: Int, feature: Int) {
        (Int(key >> holderBits), Int(key >> featureBits & 0xFFF), Int(key & (1 << featureBits - 1)))
    }

    /// The place of a day's month.
    mutating func monthPlace(of day: Int32) -> Int {
        let index = Int(day) - Self.firstDay
        let known = monthPlaces[index]
        return known > 0 ? Int(known) - 1 : newMonthPlace(of: day)
    }

    /// The first day of a day's month.
    static func firstOfMonth(_ day: Int32) -> Day {
        let day = Day(daysSince2000: day)
        return day - (day.components.day - 1)
    }

    private mutating func newMonthPlace(of day: Int32) -> Int {
        let first = Self.firstOfMonth(day)
        months.append(first)
        masks.append([])
        for day in first.daysSince2000..<first.adding(months: 1).daysSince2000 {
            monthPlaces[Int(day) - Self.firstDay] = UInt16(months.count)
        }
        return months.count - 1
    }

    private mutating func extend(_ month: Int, to person: Int) {
        let missing = max(person + 1, masks[month].count * 2) - masks[month].count
        masks[month].append(contentsOf: repeatElement(0, count: missing))
    }
}
