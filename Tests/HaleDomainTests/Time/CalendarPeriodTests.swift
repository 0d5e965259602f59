import HaleDomain
import Testing

@Suite struct `A period of the calendar` {
    @Test(arguments: [
        ("2026", "2026-01-01", "2027-01-01"), ("2026Q4", "2026-10-01", "2027-01-01"),
        ("2026q1", "2026-01-01", "2026-04-01"), ("2024-02", "2024-02-01", "2024-03-01"),
        ("2026-12", "2026-12-01", "2027-01-01"),
    ])
    func `is read from its name`(name: String, first: String, before: String) throws {
        let period = try #require(CalendarPeriod(name))
        #expect(period.first.description == first)
        #expect(period.before.description == before)
        #expect(period.description == name.uppercased())
    }

    @Test(arguments: [
        "", "26", "2026Q0", "2026Q5", "2026-13", "2026-00", "2026-1", "2026W01", "x026", "2026-11-01", "0000",
    ])
    func `is no other text`(name: String) {
        #expect(CalendarPeriod(name) == nil)
    }

    @Test func `is cut into months and quarters, none longer than itself`() throws {
        let period = CalendarPeriod(
            from: try #require(Day(iso: "2026-11-15")), before: try #require(Day(iso: "2027-02-02")))
        #expect(period.description == "2026-11-15 to 2027-02-01")
        #expect(period.months.map(\.description) == ["2026-11", "2026-12", "2027-01", "2027-02"])
        #expect(period.months.map { $0.before - $0.first } == [16, 31, 31, 1])
        #expect(period.quarters.map(\.description) == ["2026Q4", "2027Q1"])
        #expect(period.quarters.first?.first == period.first && period.quarters.last?.before == period.before)
        #expect(period.contains(period.first) && !period.contains(period.before))
    }
}
