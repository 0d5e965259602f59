import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoUsageTests {
    @Test func `usage covers two years and ends the day before the anchor`() throws {
        let company = try DemoWorkspace.company()
        let days = company.usageByDay.keys.sorted()
        #expect(days.first == (try company.daysBeforeAnchor(730)))
        #expect(days.last == (try company.daysBeforeAnchor(1)))
        #expect(days.count == 730)
        #expect(company.malformedInstants == 0)
        #expect(company.smallestQuantity >= 1)
    }

    @Test func `a weekend day has about a twelfth of a working day`() throws {
        let days = try DemoWorkspace.company().usageByDay
        var sums = (weekend: 0, weekendDays: 0, working: 0, workingDays: 0)
        for (text, rows) in days {
            if try DemoWorkspace.day(text).isWeekend {
                sums.weekend += rows
                sums.weekendDays += 1
            } else {
                sums.working += rows
                sums.workingDays += 1
            }
        }
        let ratio =
            Double(sums.weekend) / Double(sums.weekendDays) / (Double(sums.working) / Double(sums.workingDays))
        #expect((0.06...0.11).contains(ratio))
    }

    @Test(arguments: [2024, 2025]) func `little is done between Christmas and Epiphany`(year: Int) throws {
        let ordinary = try meanOfWorkingDays(from: "\(year)-12-01", to: "\(year)-12-24")
        let dip = try meanOfWorkingDays(from: "\(year)-12-24", to: "\(year + 1)-01-07")
        #expect(dip < 0.5 * ordinary)
        #expect(dip > 0)
    }

    @Test func `August is a little quieter than its neighbours`() throws {
        let august = try meanOfWorkingDays(from: "2026-08-01", to: "2026-09-01")
        let neighbours =
            try
            (meanOfWorkingDays(from: "2026-07-01", to: "2026-08-01")
            + meanOfWorkingDays(from: "2026-09-01", to: "2026-10-01")) / 2
        #expect((0.7...0.95).contains(august / neighbours))
    }

    @Test func `public holidays are quiet`() throws {
        let company = try DemoWorkspace.company()
        let german = Set(company.rows("accounts").filter { $0["country"] == "DE" }.compactMap { $0["account_id"] })
        let usage = company.usage.filter { german.contains($0.key) }.values
        // Friday, 1 May 2026, and the Fridays around it.
        func rows(on day: String) -> Int { usage.reduce(0) { $0 + ($1.rowsByDay[day] ?? 0) } }
        #expect(rows(on: "2026-05-01") * 4 < rows(on: "2026-04-24") + rows(on: "2026-05-08"))
    }

    @Test func `about eight accounts in a hundred name no person, all others always do`() throws {
        let usage = try DemoWorkspace.company().usage.values
        let unnamed = usage.filter { $0.rowsWithoutPerson == $0.rows }
        #expect((14...18).contains(unnamed.count))
        #expect(usage.allSatisfy { $0.rowsWithoutPerson == 0 || $0.rowsWithoutPerson == $0.rows })
    }

    @Test func `eight features are key`() throws {
        let features = try DemoWorkspace.company().rows("features")
        #expect(features.count { $0["is_key"] == "true" } == 8)
        #expect(features.count { $0["is_key"] == "false" } == 7)
    }

    private func meanOfWorkingDays(from first: String, to last: String) throws -> Double {
        var rows = 0
        var days = 0
        for (text, count) in try DemoWorkspace.company().usageByDay where text >= first && text < last {
            guard try !DemoWorkspace.day(text).isWeekend else { continue }
            rows += count
            days += 1
        }
        return Double(rows) / Double(max(1, days))
    }
}
