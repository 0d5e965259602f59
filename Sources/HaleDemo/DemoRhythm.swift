/// How often the people of an account work with the product.
enum DemoRhythm {
    case daily
    /// Mostly on one day of the week; the value is an offset's remainder by seven.
    case weekly(remainder: Int)
    /// Around the turn of the month.
    case monthly

    private static let monthlyAccounts: Set<Int> = [28, 34, 57, 76, 97, 125, 131, 170, 190]

    init(account number: Int, story: DemoStory, calendar: DemoCalendar, random: inout DemoRandom) {
        if Self.monthlyAccounts.contains(number) {
            self = .monthly
        } else if number % 7 == 3, story != .usageCliff {
            var day = -7 + random.integer(0...6)
            while calendar.isWeekend(day) { day -= 1 }
            self = .weekly(remainder: -day % 7)
        } else {
            self = .daily
        }
    }
}
