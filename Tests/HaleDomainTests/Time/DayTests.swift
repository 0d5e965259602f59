import HaleDomain
import Testing

@Suite struct `A day` {
    @Test(arguments: [
        ("2000-01-01", 0, Weekday.saturday), ("1999-12-31", -1, .friday), ("2000-02-29", 59, .tuesday),
        ("2024-02-29", 8825, .thursday), ("2026-03-01", 9556, .sunday), ("1970-01-01", -10957, .thursday),
        ("2100-03-01", 36584, .monday), ("0001-01-01", -730_119, .monday), ("9999-12-31", 2_921_939, .friday),
    ])
    func `counts from 2000-01-01 and knows its weekday`(text: String, days: Int, weekday: Weekday) throws {
        let day = try #require(Day(iso: text))
        #expect(day.daysSince2000 == Int32(days))
        #expect(day.weekday == weekday)
        #expect(day.isWeekend == (weekday == .saturday || weekday == .sunday))
        #expect(day.description == text)
        #expect(Day(daysSince2000: Int32(days)) == day)
    }

    @Test func `every day of four centuries follows the day before`() throws {
        var day = try #require(Day(iso: "1900-01-01"))
        let end = try #require(Day(iso: "2300-01-01"))
        var broken: [Day] = []
        while day < end {
            let (year, month, date) = day.components
            let next = day + 1
            let (nextYear, nextMonth, nextDate) = next.components
            let isNext =
                (nextYear == year && nextMonth == month && nextDate == date + 1)
                || (nextDate == 1 && Day(year: year, month: month, day: date + 1) == nil
                    && (nextYear * 12 + nextMonth) == (year * 12 + month) + 1)
            if !isNext || Day(year: year, month: month, day: date) != day || next - day != 1 { broken.append(day) }
            day = next
        }
        #expect(broken == [])
    }

    @Test(arguments: [
        "", "2026-3-01", "2026-03-1", "2026-13-01", "2026-00-10", "2026-02-30", "2025-02-29", "1900-02-29",
        "2026/03/01",
        "20260301", "2026-03-01 ", "+026-03-01", "2026-03-0x", "２０２６-03-01", "0000-01-01",
    ])
    func `refuses what is not a date`(text: String) {
        #expect(Day(iso: text) == nil)
    }

    @Test(arguments: [
        ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2026-01-31", 1, "2026-02-28"),
        ("2026-03-31", -1, "2026-02-28"), ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"),
        ("2026-05-31", 0, "2026-05-31"), ("2026-08-31", 25, "2028-09-30"),
    ])
    func `adds calendar months and keeps within the month`(start: String, months: Int, end: String) throws {
        #expect(try #require(Day(iso: start)).adding(months: months).description == end)
    }

    @Test func `is ordered, counted and used in ranges`() throws {
        let day = try #require(Day(iso: "2026-02-27"))
        #expect((day..<(day + 3)).map(\.description) == ["2026-02-27", "2026-02-28", "2026-03-01"])
        #expect(day - 58 < day)
        #expect((day + 400) - day == 400)
        #expect(Day("2026-02-27") == day)
    }
}

@Suite struct `The arithmetic of days` {
    @Test(
        arguments: [
            (0, Int.max, Day.latest), (0, Int.min, .earliest), (0, 9_999_999_999, .latest),
            (0, -9_999_999_999, .earliest),
            (2_921_939, 1, .latest), (-730_119, -1, .earliest), (2_921_938, 1, .latest), (Int32.max, -1, .latest),
            (Int32.min, 1, .earliest), (Int32.max, Int.max, .latest), (Int32.min, Int.min, .earliest),
            (-1, 1, Day(daysSince2000: 0)),
        ] as [(Int32, Int, Day)])
    func `ends at the first and the last day of the calendar`(start: Int32, days: Int, expected: Day) {
        let day = Day(daysSince2000: start)
        #expect(day + days == expected)
        #expect(day.advanced(by: days) == expected)
        if days != .min { #expect(day - -days == expected) }
    }

    @Test func `the opposite of the least number is no trap`() {
        #expect(Day(daysSince2000: 0) - Int.min == .latest)
    }

    @Test(
        arguments: [
            (0, Int.max, Day.latest), (0, Int.min, .earliest), (0, 96_000, .latest),
            (0, 95_999, Day(daysSince2000: 2_921_909)),
            (0, -24_000, .earliest), (Int32.max, -1, .latest), (Int32.min, 1, .earliest),
            (0, -23_988, .earliest),
        ] as [(Int32, Int, Day)])
    func `months end there too`(start: Int32, months: Int, expected: Day) {
        #expect(Day(daysSince2000: start).adding(months: months) == expected)
    }

    @Test func `the first and the last day are those of the years 1 and 9999`() {
        #expect(Day.earliest.description == "0001-01-01" && Day.latest.description == "9999-12-31")
        #expect(Array(Day.latest - 1...Day.latest).count == 2)
    }

    @Test(arguments: [
        ("1899-12-31", false), ("1900-01-01", true), ("2199-12-31", true), ("2200-01-01", false), ("0001-01-01", false),
        ("9999-12-31", false), ("2026-02-30", false), ("infinity", false),
    ])
    func `only days of some years are accepted from outside`(text: String, isAccepted: Bool) {
        #expect((Day(accepted: text) != nil) == isAccepted)
    }
}
