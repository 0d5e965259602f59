import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoContractTests {
    private func contracts() throws -> [[String: String]] {
        try DemoWorkspace.company().rows("contracts")
    }

    @Test(arguments: [
        ("annual, renews itself", 40), ("annual, by hand", 60), ("several years", 15), ("monthly", 12),
        ("evergreen", 8), ("notice given", 4), ("past due", 5), ("lapsed", 4), ("signed early", 7),
        ("window open", 20), ("cancelled", 4), ("outcome renewed", 8), ("outcome lost", 6), ("renewed by another", 30),
        ("starts in the future", 2),
    ])
    func `every kind of contract is there`(kind: String, atLeast: Int) throws {
        let all = try contracts()
        #expect(try all.count { try isOf(kind, $0, among: all) } >= atLeast)
    }

    private func isOf(_ kind: String, _ row: [String: String], among all: [[String: String]]) throws -> Bool {
        let company = try DemoWorkspace.company()
        let anchor = DemoWorkspace.anchor
        let end = row["ends_on", default: ""]
        let isByHand = row["auto_renew"] == "false"
        let isUndecided =
            row["outcome"] == "" && row["cancelled_on"] == "" && row["renewal_signed_on"] == ""
            && !all.contains {
                $0["account_id"] == row["account_id"] && $0["product"] == row["product"] && $0["starts_on"] == end
            }
        return switch kind {
        case "annual, renews itself": row["term_months"] == "12" && !isByHand
        case "annual, by hand": row["term_months"] == "12" && isByHand
        case "several years": ["24", "36"].contains(row["term_months"])
        case "monthly": row["term_months"] == "1" && !isByHand && end > anchor
        case "evergreen": end == "" && row["term_months"] == ""
        case "notice given": row["notice_given_on"] != "" && row["cancelled_on"] == "" && end > anchor
        case "past due":
            try isByHand && isUndecided && end < anchor && end >= company.daysBeforeAnchor(60)
        case "lapsed": try isByHand && isUndecided && end != "" && end < company.daysBeforeAnchor(90)
        case "signed early":
            row["renewal_signed_on", default: ""] > row["starts_on", default: ""] && end > anchor
        case "window open": try isUndecided && end > anchor && end <= company.daysBeforeAnchor(-60)
        case "cancelled": row["cancelled_on"] != ""
        case "outcome renewed": row["outcome"] == "renewed" && row["decided_on"] != ""
        case "outcome lost": row["outcome"] == "lost" && row["decided_on"] != ""
        case "renewed by another": row["outcome"] == "" && row["cancelled_on"] == "" && !isUndecided && end < anchor
        case "starts in the future": row["starts_on", default: ""] > anchor
        default: false
        }
    }

    @Test func `sixty to ninety renewals are decided, about one in five lost`() throws {
        let all = try contracts()
        let lost = all.count { $0["outcome"] == "lost" || $0["cancelled_on"] != "" }
        let renewed = try all.count {
            try $0["outcome"] == "renewed" || isOf("renewed by another", $0, among: all)
        }
        #expect((60...90).contains(lost + renewed))
        #expect((0.15...0.25).contains(Double(lost) / Double(lost + renewed)))
    }

    @Test func `dates of a contract do not contradict each other`() throws {
        for row in try contracts() {
            let start = row["starts_on", default: ""]
            let end = row["ends_on", default: ""]
            #expect(end.isEmpty || end > start)
            for column in ["notice_given_on", "renewal_signed_on", "cancelled_on", "decided_on"] {
                let day = row[column, default: ""]
                #expect(day.isEmpty || day > start, "\(row["contract_id", default: ""]) \(column)")
            }
            if let cancelled = row["cancelled_on"], !cancelled.isEmpty, let notice = row["notice_given_on"] {
                #expect(notice < cancelled)
            }
            #expect((Int(row["arr", default: ""]) ?? 0) > 0)
        }
    }

    @Test func `terms are as long as they say`() throws {
        for row in try contracts() where row["cancelled_on"] == "" {
            guard let months = Int(row["term_months", default: ""]), let end = Day(iso: row["ends_on", default: ""])
            else { continue }
            let start = try DemoWorkspace.day(row["starts_on", default: ""])
            // Months of different length move a day by up to three.
            let terms = (1...1_200).first { start.adding(months: months * $0) >= end - 3 }
            let rolled = try #require(terms.map { start.adding(months: months * $0) })
            #expect(abs(rolled - end) <= 3, "\(row["contract_id", default: ""])")
            #expect(row["auto_renew"] == "true" || terms == 1, "\(row["contract_id", default: ""])")
        }
    }

    @Test func `some accounts have no contract, some have several products`() throws {
        let company = try DemoWorkspace.company()
        let owners = Set(try contracts().compactMap { $0["account_id"] })
        let without = company.rows("accounts").compactMap { $0["account_id"] }.filter { !owners.contains($0) }
        #expect(without == ["A-090", "A-131"])
        let products = Dictionary(grouping: try contracts()) { $0["account_id", default: ""] }
            .mapValues { Set($0.compactMap { $0["product"] }) }
        #expect(products.values.count { $0.count == 2 } >= 15)
    }

    @Test func `some accounts are younger than 35 and 90 days`() throws {
        let company = try DemoWorkspace.company()
        let created = company.rows("accounts").compactMap { $0["created_on"] }
        let young = try company.daysBeforeAnchor(35)
        let recent = try company.daysBeforeAnchor(90)
        #expect(created.count { $0 > young } >= 3)
        #expect(created.count { $0 > recent } >= 8)
    }

    @Test func `a lost account is quiet afterwards`() throws {
        let company = try DemoWorkspace.company()
        let churned = company.rows("accounts").filter { $0["lifecycle_stage"] == "churned" }
        #expect((8...30).contains(churned.count))
        for account in churned.compactMap({ $0["account_id"] }) {
            let contract = try #require(try contracts().last { $0["account_id"] == account })
            let end = [contract["cancelled_on", default: ""], contract["ends_on", default: ""]].first { !$0.isEmpty }
            let last = try #require(end)
            #expect(company.usage[account]?.rowsByDay.keys.max() ?? "" < last)
            for (kind, column) in [("nps", "responded_at"), ("tickets", "opened_at"), ("touchpoints", "occurred_at")] {
                #expect(
                    company.rows(kind).allSatisfy {
                        $0["account_id"] != account || $0[column, default: ""].prefix(10) < last
                    }, "\(account) \(kind)")
            }
        }
    }
}
