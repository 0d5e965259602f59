import HaleDemo
import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoSizeTests {
    @Test func `years of facts are as many as asked for`() throws {
        let anchor = try DemoWorkspace.day(DemoWorkspace.anchor)
        for years in [1, 3] {
            let company = try DemoWorkspace(DemoCompany(anchor: anchor, years: years, accounts: 60))
            let days = company.usageByDay.keys
            #expect(days.max() == (anchor - 1).description)
            let first = try #require(days.min().flatMap(Day.init(iso:)))
            // Nobody works on some of the first days, such as a weekend.
            #expect((0...5).contains(first - (anchor - 365 * years)), "\(years): \(first)")
        }
    }

    @Test func `a larger company has the smaller one's accounts, and more with other names and managers`() throws {
        let anchor = try DemoWorkspace.day(DemoWorkspace.anchor)
        let small = try DemoWorkspace.company()
        let large = try DemoWorkspace(DemoCompany(anchor: anchor, years: 2, accounts: 450))
        for kind in ["accounts", "people"] {
            let rows = small.rows(kind)
            #expect(Array(large.rows(kind).prefix(rows.count)) == rows, "\(kind)")
        }
        #expect(small.usage.allSatisfy { large.usage[$0.key]?.rowsByDay == $0.value.rowsByDay })
        let accounts = large.rows("accounts")
        #expect(accounts.count == 450)
        #expect(Set(accounts.compactMap { $0["name"] }).count == 450)
        #expect(Set(accounts.compactMap { $0["account_id"] }).count == 450)
        let managers = large.rows("csms").compactMap { $0["email"] }
        #expect(Set(managers).count == managers.count && managers.count > 16)
        #expect(Set(accounts.compactMap { $0["csm_email"] }) == Set(managers))
    }

    @Test func `the largest company has a name for every account and manager`() throws {
        let anchor = try DemoWorkspace.day(DemoWorkspace.anchor)
        let company = try DemoWorkspace(DemoCompany(anchor: anchor, years: 1, accounts: 2_000))
        #expect(Set(company.rows("accounts").compactMap { $0["name"] }).count == 2_000)
        let managers = company.rows("csms")
        #expect(managers.count == 80)
        #expect(Set(managers.compactMap { $0["email"] }).count == 80)
        #expect(Set(managers.compactMap { $0["name"] }).count == 80)
    }

    @Test func `a plan gives its company, and none of another version or size`() throws {
        let anchor = try DemoWorkspace.day(DemoWorkspace.anchor)
        #expect(DemoPlan(anchor: anchor).company != nil)
        #expect(DemoPlan(anchor: anchor, years: 5, accounts: 2_000, seed: 0).company != nil)
        #expect(DemoPlan(anchor: anchor, years: 6).company == nil)
        #expect(DemoPlan(anchor: anchor, years: 0).company == nil)
        #expect(DemoPlan(anchor: anchor, accounts: 9).company == nil)
        #expect(DemoPlan(anchor: anchor, accounts: 2_001).company == nil)
    }
}
