import HaleDomain

/// The days of the made-up company, counted from its anchor: 0 is the anchor, -1 the last day with facts.
struct DemoCalendar {
    /// Days of a year of facts.
    private static let yearDays = 365
    /// Days after the anchor for which holidays are known.
    static let holidayDaysAhead = 183

    /// The day on which the company is looked at; facts end the day before.
    let anchor: Day
    /// Days before the anchor that have facts.
    let usageDays: Int
    private let texts: [String]
    private let weekends: [Bool]
    private let holidayOffsets: [DemoCountry: Set<Int>]

    /// The days of some years of facts.
    init(anchor: Day, years: Int) {
        self.anchor = anchor
        usageDays = Self.yearDays * years
        let range = -usageDays..<0
        texts = range.map { (anchor + $0).description }
        weekends = range.map { (anchor + $0).isWeekend }
        let first = anchor - usageDays
        let last = anchor + Self.holidayDaysAhead
        let years = first.components.year...last.components.year
        var offsets: [DemoCountry: Set<Int>] = [:]
        for country in DemoCountry.allCases {
            let days = years.flatMap { year in
                country.holidays(of: year).compactMap { Day(year: year, month: $0.month, day: $0.day) }
            }
            offsets[country] = Set(days.filter { $0 >= first && $0 <= last }.map { $0 - anchor })
        }
        holidayOffsets = offsets
    }

    /// A day as `YYYY-MM-DD`.
    func text(_ offset: Int) -> String {
        offset >= -usageDays && offset < 0
            ? texts[offset + usageDays] : (anchor + offset).description
    }

    /// A moment of a day as an instant in UTC.
    func instant(_ offset: Int, secondOfDay: Int) -> String {
        func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return text(offset) + "T" + pair(secondOfDay / 3600) + ":" + pair(secondOfDay / 60 % 60) + ":"
            + pair(secondOfDay % 60) + "Z"
    }

    func isWeekend(_ offset: Int) -> Bool {
        offset >= -usageDays && offset < 0
            ? weekends[offset + usageDays] : (anchor + offset).isWeekend
    }

    /// Public holidays of a country, in order.
    func holidays(of country: DemoCountry) -> [Int] {
        (holidayOffsets[country] ?? []).sorted()
    }

    func isHoliday(_ offset: Int, in country: DemoCountry) -> Bool {
        holidayOffsets[country]?.contains(offset) ?? false
    }

    /// The same day of the month, months later (or earlier).
    func adding(months: Int, to offset: Int) -> Int {
        (anchor + offset).adding(months: months) - anchor
    }

    /// How much of ordinary work is done at that time of the year.
    func seasonFactor(_ offset: Int) -> Double {
        let date = (anchor + offset).components
        return switch (date.month, date.day) {
        case (12, 24...), (1, ...6): 0.3
        case (8, _): 0.86
        default: 1
        }
    }

    /// Day of the month, 1 to 31.
    func dayOfMonth(_ offset: Int) -> Int {
        (anchor + offset).components.day
    }
}
