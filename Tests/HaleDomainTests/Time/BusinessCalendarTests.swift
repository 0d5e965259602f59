import HaleDomain
import Testing

@Suite struct `A business calendar` {
    static let newYear = Day(year: 2026, month: 1, day: 1)
    static let calendar = BusinessCalendar(holidays: [
        "DE": Set(
            [
                newYear, Day(year: 2026, month: 4, day: 3), Day(year: 2026, month: 4, day: 6),
                // A holiday on a Sunday takes no business day away.
                Day(year: 2026, month: 4, day: 5),
            ].compactMap { $0 })
    ])

    @Test(arguments: [
        ("2026-01-01", "DE", false), ("2026-01-01", "FR", true), ("2026-01-02", "DE", true),
        ("2026-01-03", "DE", false), ("2026-01-04", "FR", false), ("2026-04-06", "DE", false),
    ])
    func `knows business days of a country`(text: String, country: String, expected: Bool) throws {
        let day = try #require(Day(iso: text))
        #expect(Self.calendar.businessDays(in: day..<(day + 1), country: country) == (expected ? 1 : 0))
    }

    @Test func `without a country only weekends are free`() throws {
        let newYear = try #require(Self.newYear)
        #expect(Self.calendar.businessDays(in: newYear..<(newYear + 1), country: nil) == 1)
        #expect(BusinessCalendar().businessDays(in: newYear..<(newYear + 28), country: "DE") == 20)
    }

    @Test func `counts any range as walking through it does`() throws {
        let start = try #require(Day(iso: "2026-03-20"))
        for offset in 0..<20 {
            for length in 0..<30 {
                let range = (start + offset)..<(start + offset + length)
                let holidays = Self.calendar.holidays["DE"] ?? []
                let walked = range.count { !$0.isWeekend && !holidays.contains($0) }
                #expect(Self.calendar.businessDays(in: range, country: "DE") == walked, "\(range)")
            }
        }
    }
}
