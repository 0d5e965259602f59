import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoStoryTests {
    @Test(arguments: ["A-003", "A-041", "A-087", "A-129"])
    func `a usage cliff shows in the last week`(account: String) throws {
        let company = try DemoWorkspace.company()
        let usage = try #require(company.usage[account])
        let lastWeek = usage.rows(from: try company.daysBeforeAnchor(7), to: DemoWorkspace.anchor)
        let before = usage.rows(from: try company.daysBeforeAnchor(49), to: try company.daysBeforeAnchor(21))
        #expect(before >= 20)
        #expect(lastWeek * 4 * 4 < before)
    }

    @Test(arguments: [
        "A-006", "A-012", "A-029", "A-052", "A-063", "A-095", "A-118", "A-134", "A-155", "A-178",
    ])
    func `a slow decline shows against ten weeks ago`(account: String) throws {
        let company = try DemoWorkspace.company()
        let usage = try #require(company.usage[account])
        let now = usage.rows(from: try company.daysBeforeAnchor(28), to: DemoWorkspace.anchor)
        let before = usage.rows(from: try company.daysBeforeAnchor(112), to: try company.daysBeforeAnchor(84))
        #expect(Double(now) < 0.6 * Double(before))
    }

    @Test func `most growing accounts grow`() throws {
        let company = try DemoWorkspace.company()
        let growing = company.rows("accounts").filter { $0["lifecycle_stage"] == "expanding" }
        #expect(growing.count == 15)
        let grown = try growing.compactMap { $0["account_id"] }.filter { account in
            let usage = try #require(company.usage[account])
            let now = usage.rows(from: try company.daysBeforeAnchor(28), to: DemoWorkspace.anchor)
            let before = usage.rows(from: try company.daysBeforeAnchor(140), to: try company.daysBeforeAnchor(112))
            return Double(now) > 1.2 * Double(before)
        }
        #expect(grown.count >= 12)
    }

    @Test(arguments: ["A-035", "A-110", "A-167"])
    func `a dormant account did nothing for two months but had worked before`(account: String) throws {
        let company = try DemoWorkspace.company()
        let usage = try #require(company.usage[account])
        #expect(usage.rows(from: try company.daysBeforeAnchor(70), to: DemoWorkspace.anchor) == 0)
        #expect(usage.rows > 100)
    }

    @Test(arguments: ["A-048", "A-130", "A-187"])
    func `an unknown account has neither usage nor responses`(account: String) throws {
        let company = try DemoWorkspace.company()
        #expect(company.usage[account] == nil)
        #expect(!company.rows("nps").contains { $0["account_id"] == account })
        #expect(company.rows("contracts").contains { $0["account_id"] == account })
    }

    @Test(arguments: ["A-015", "A-060", "A-104", "A-189"])
    func `the only champion left lately`(account: String) throws {
        let company = try DemoWorkspace.company()
        let champions = champions(of: account, in: company)
        #expect(champions.count == 1)
        #expect(champions.allSatisfy { $0["left_on"] != "" })
        let recently = try company.daysBeforeAnchor(45)
        #expect(champions.allSatisfy { $0["left_on", default: ""] > recently })
    }

    @Test(arguments: ["A-044", "A-123", "A-172"])
    func `a silent champion worked until a month ago`(account: String) throws {
        let company = try DemoWorkspace.company()
        let champion = try #require(champions(of: account, in: company).first?["person_id"])
        let last = try #require(company.usage[account]?.lastDayByPerson[champion])
        #expect(last < (try company.daysBeforeAnchor(20)))
        #expect(last > (try company.daysBeforeAnchor(60)))
        let contacts = company.rows("touchpoints").filter {
            $0["account_id"] == account && $0["person_id"] == champion
        }
        let recently = try company.daysBeforeAnchor(20)
        #expect(contacts.allSatisfy { $0["occurred_at", default: ""] < recently })
    }

    @Test(arguments: ["A-023", "A-078", "A-147"])
    func `the decision maker answered badly in the last thirty days`(account: String) throws {
        let company = try DemoWorkspace.company()
        let buyers = company.rows("people").filter { $0["account_id"] == account && $0["role"] == "economic_buyer" }
        let buyer = try #require(buyers.first?["person_id"])
        let recently = try company.daysBeforeAnchor(30)
        let response = company.rows("nps").first {
            $0["account_id"] == account && $0["person_id"] == buyer && $0["responded_at", default: ""] > recently
        }
        #expect((0...6).contains(Int(try #require(response?["score"])) ?? -1))
    }

    @Test(arguments: ["A-018", "A-050", "A-092", "A-114", "A-136", "A-181"])
    func `bills are overdue for more than a month`(account: String) throws {
        let company = try DemoWorkspace.company()
        let monthAgo = try company.daysBeforeAnchor(30)
        let unpaid = company.rows("invoices").filter { $0["account_id"] == account && $0["paid_on"] == "" }
        #expect(unpaid.count >= 2)
        #expect(unpaid.compactMap { $0["due_on"] }.min() ?? "9999" < monthAgo)
    }

    @Test(arguments: ["A-026", "A-069", "A-107", "A-183"])
    func `several urgent tickets are open`(account: String) throws {
        let open = try DemoWorkspace.company().rows("tickets").filter {
            $0["account_id"] == account && $0["closed_at"] == "" && $0["priority"] == "p1"
        }
        #expect(open.count >= 3)
    }

    @Test(arguments: ["A-032", "A-075", "A-098", "A-120", "A-152", "A-195"])
    func `far fewer people than seats`(account: String) throws {
        let company = try DemoWorkspace.company()
        let main = company.rows("contracts").last { $0["account_id"] == account && $0["seats"] != "" }
        let seats = try #require(Int(main?["seats"] ?? ""))
        let people = company.rows("people").count { $0["account_id"] == account && $0["left_on"] == "" }
        #expect(people * 2 < seats)
    }

    @Test func `every manager has accounts, and they differ in capacity`() throws {
        let company = try DemoWorkspace.company()
        let counts = Dictionary(grouping: company.rows("accounts")) { $0["csm_email", default: ""] }.mapValues(\.count)
        #expect(counts.count == 8)
        #expect(counts.values.allSatisfy { $0 >= 15 })
        let capacities = company.rows("csms").compactMap { Int($0["capacity_minutes", default: ""]) }
        #expect(capacities.allSatisfy { (180...300).contains($0) })
        #expect(Set(capacities).count > 3)
    }

    private func champions(of account: String, in company: DemoWorkspace) -> [[String: String]] {
        company.rows("people").filter { $0["account_id"] == account && $0["role"] == "champion" }
    }
}
