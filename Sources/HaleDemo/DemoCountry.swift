/// A country in which the made-up company has accounts.
enum DemoCountry: String, CaseIterable {
    case germany = "DE"
    case france = "FR"
    case unitedStates = "US"
    case unitedKingdom = "GB"
    case japan = "JP"
    case poland = "PL"
    case netherlands = "NL"
    case spain = "ES"

    /// Public holidays of a year as (month, day), without substitute days.
    func holidays(of year: Int) -> [(month: Int, day: Int)] {
        var days = fixedHolidays
        let easter = Self.dayOfYear(easterOf: year)
        days += easterDistances.map { Self.monthAndDay(dayOfYear: easter + $0, year: year) }
        days += weekdayHolidays.map { rule in
            (rule.month, Self.dayOfMonth(of: rule, year: year))
        }
        return days
    }

    private var fixedHolidays: [(month: Int, day: Int)] {
        switch self {
        case .germany: [(1, 1), (5, 1), (10, 3), (12, 25), (12, 26)]
        case .france: [(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)]
        case .unitedStates: [(1, 1), (6, 19), (7, 4), (11, 11), (12, 25)]
        case .unitedKingdom: [(1, 1), (12, 25), (12, 26)]
        case .japan:
            [
                (1, 1), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (8, 11), (9, 23), (11, 3), (11, 23),
            ]
        case .poland: [(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26)]
        case .netherlands: [(1, 1), (4, 27), (12, 25), (12, 26)]
        case .spain: [(1, 1), (1, 6), (5, 1), (8, 15), (10, 12), (11, 1), (12, 6), (12, 8), (12, 25)]
        }
    }

    /// Days from Easter Sunday: Good Friday -2, Easter Monday 1, Ascension 39, Whit Monday 50, Corpus Christi 60.
    private var easterDistances: [Int] {
        switch self {
        case .germany: [-2, 1, 39, 50]
        case .france: [1, 39, 50]
        case .unitedKingdom: [-2, 1]
        case .poland: [1, 60]
        case .netherlands: [1, 39, 50]
        case .spain: [-2]
        case .unitedStates, .japan: []
        }
    }

    /// A holiday on the n-th weekday (1 Monday … 7 Sunday) of a month; n = 0 is the last one.
    private typealias WeekdayRule = (month: Int, weekday: Int, n: Int)

    private var weekdayHolidays: [WeekdayRule] {
        switch self {
        case .unitedStates: [(1, 1, 3), (2, 1, 3), (5, 1, 0), (9, 1, 1), (10, 1, 2), (11, 4, 4)]
        case .unitedKingdom: [(5, 1, 1), (5, 1, 0), (8, 1, 0)]
        case .japan: [(1, 1, 2), (7, 1, 3), (9, 1, 3), (10, 1, 2)]
        case .germany, .france, .poland, .netherlands, .spain: []
        }
    }

    private static func dayOfMonth(of rule: WeekdayRule, year: Int) -> Int {
        let first = weekday(year: year, month: rule.month, day: 1)
        let firstMatch = 1 + (rule.weekday - first + 7) % 7
        guard rule.n == 0 else { return firstMatch + 7 * (rule.n - 1) }
        return firstMatch + (monthLength(rule.month, year: year) - firstMatch) / 7 * 7
    }

    /// The weekday of a date, 1 Monday … 7 Sunday (Sakamoto's method).
    private static func weekday(year: Int, month: Int, day: Int) -> Int {
        let shifts = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4]
        let shifted = month < 3 ? year - 1 : year
        let sunday0 = (shifted + shifted / 4 - shifted / 100 + shifted / 400 + shifts[month - 1] + day) % 7
        return sunday0 == 0 ? 7 : sunday0
    }

    /// Easter Sunday as a day of the year (the anonymous Gregorian method).
    private static func dayOfYear(easterOf year: Int) -> Int {
        let golden = year % 19
        let century = year / 100
        let correction = (8 * century + 13) / 25
        let epact = (19 * golden + century - century / 4 - correction + 15) % 30
        let leap = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - epact - year % 100 % 4) % 7
        let late = (golden + 11 * epact + 22 * leap) / 451
        let month = (epact + leap - 7 * late + 114) / 31
        let day = (epact + leap - 7 * late + 114) % 31 + 1
        return (1..<month).reduce(day) { $0 + monthLength($1, year: year) }
    }

    private static func monthAndDay(dayOfYear: Int, year: Int) -> (month: Int, day: Int) {
        var month = 1
        var day = dayOfYear
        while day > monthLength(month, year: year) {
            day -= monthLength(month, year: year)
            month += 1
        }
        return (month, day)
    }

    private static func monthLength(_ month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
