import Foundation
import HaleDemo
import HaleDomain
import HaleTestSupport
import Testing

/// Why customers of the made-up company left: the chance that docs/demo.md declares, and the facts that show it.
@Suite struct DemoLossTests {
    private static let anchor = "2026-11-23"

    /// Many customers over many years, of whom only the renewals are looked at.
    private static let renewals = Result {
        DemoCompany(seed: 11, anchor: try DemoWorkspace.day(anchor), years: 5, accounts: 2_000).renewals()
    }

    /// The page's table: what a trouble multiplies the odds by, and how often it comes.
    private static func declared() throws -> (quiet: Double, factors: [String: Double], shares: [String: Double]) {
        let page = try String(contentsOf: ProjectFolder.root.appending(path: "docs/demo.md"), encoding: .utf8)
        var factors: [String: Double] = [:]
        var shares: [String: Double] = [:]
        for row in page.matches(of: /\| ([a-z ]+) \|[^|\n]*\| ×? ?([0-9.]+)[^|\n]*\| ([0-9]+) % \|/) {
            factors[String(row.output.1)] = Double(row.output.2)
            shares[String(row.output.1)] = (Double(row.output.3) ?? 0) / 100
        }
        let quiet = try #require(page.firstMatch(of: /odds of leaving are ([0-9.]+)/))
        return (try #require(Double(quiet.output.1)), factors, shares)
    }

    @Test func `the chances are those that the page declares`() throws {
        let (quiet, factors, _) = try Self.declared()
        let lukewarm = try #require(factors["few people took it up"])
        let renewals = try Self.renewals.get()
        try #require(renewals.count > 1_000)
        for renewal in renewals where !renewal.troubles.contains("usage falls") {
            var odds = quiet * (renewal.isLukewarm ? lukewarm : 1)
            for trouble in renewal.troubles { odds *= try #require(factors[trouble]) }
            #expect(abs(renewal.hazard - odds / (1 + odds)) < 1e-12, "\(renewal)")
        }
        // How deep usage falls is drawn between 40 and 95 percent.
        let falls = renewals.filter { $0.troubles == ["usage falls"] && !$0.isLukewarm }.map(\.hazard)
        let slope = try #require(factors["usage falls"])
        let ends = [0.4, 0.95].map { depth in
            let odds = quiet * (1 + slope * depth)
            return odds / (1 + odds)
        }
        #expect(falls.allSatisfy { $0 >= ends[0] - 1e-12 && $0 <= ends[1] + 1e-12 })
        let (least, most) = (try #require(falls.min()), try #require(falls.max()))
        #expect(least < ends[0] + 0.01 && most > ends[1] - 0.01)
    }

    @Test func `as many leave as the chances say, in all and under every trouble`() throws {
        let renewals = try Self.renewals.get()
        let names = Set(renewals.flatMap(\.troubles))
        #expect(names.count == 6)
        for name in names.map(Optional.some) + [nil] {
            let group = renewals.filter { renewal in name.map { renewal.troubles.contains($0) } ?? true }
            let expected = group.reduce(0) { $0 + $1.hazard }
            let variance = group.reduce(0) { $0 + $1.hazard * (1 - $1.hazard) }
            let lost = Double(group.count(where: \.isLost))
            #expect(abs(lost - expected) < 4 * variance.squareRoot(), "\(name ?? "all"): \(lost) of \(expected)")
        }
    }

    @Test func `troubles come as often as the page says`() throws {
        let (_, _, shares) = try Self.declared()
        // A champion is lost once, so the first renewal of each account is counted.
        var seen: Set<String> = []
        let first = try Self.renewals.get().filter { seen.insert($0.account).inserted }
        for (name, share) in shares where !name.contains("champion") {
            let count = Double(
                first.count { $0.troubles.contains(name) || $0.isLukewarm && name == "few people took it up" })
            let expected = share * Double(first.count)
            let deviation = (expected * (1 - share)).squareRoot()
            #expect(abs(count - expected) < 4 * deviation, "\(name): \(count) of \(expected)")
        }
    }

    @Test func `about one customer in eight leaves without a trouble that shows`() throws {
        let lost = try Self.renewals.get().filter(\.isLost)
        let quiet = Double(lost.count { $0.troubles.isEmpty }) / Double(lost.count)
        #expect((0.1...0.25).contains(quiet))
    }

    @Test func `who left is lost in the contracts, and who stayed has one that goes on`() throws {
        let company = try DemoWorkspace.company()
        let renewals = DemoCompany(anchor: try DemoWorkspace.day(DemoWorkspace.anchor)).renewals()
        let contracts = Dictionary(grouping: company.rows("contracts")) { $0["account_id", default: ""] }
        for (account, own) in Dictionary(grouping: renewals, by: \.account) {
            let last = try #require(contracts[account]?.last)
            let loss = own.first(where: \.isLost)?.day.description
            if let loss {
                #expect(own.last?.isLost == true)
                #expect(last["cancelled_on"] == loss || last["outcome"] == "lost" && last["ends_on"] == loss)
            } else {
                #expect(last["cancelled_on"] == "" && last["outcome"] == "")
                #expect(last["ends_on", default: ""] > DemoWorkspace.anchor)
            }
        }
    }

    @Test func `what went wrong shows in the facts before the renewal`() throws {
        let company = try Self.company.get()
        let renewals = DemoCompany(
            seed: 5, anchor: try DemoWorkspace.day(Self.anchor), years: 2, accounts: 600
        ).renewals()
        func share(_ trouble: String, _ shows: (DemoRenewal) throws -> Bool) throws -> Double {
            let group = renewals.filter { $0.troubles.contains(trouble) }
            try #require(group.count >= 8, "\(trouble)")
            return Double(try group.count(where: shows)) / Double(group.count)
        }
        func rows(
            _ kind: String, _ column: String, _ renewal: DemoRenewal, days: ClosedRange<Int>
        ) -> [[String: String]] {
            let first = (renewal.day - days.upperBound).description
            let last = (renewal.day - days.lowerBound).description
            return company.rows(kind).filter {
                $0["account_id"] == renewal.account && $0[column, default: ""].prefix(10) >= first
                    && $0[column, default: ""].prefix(10) <= last
            }
        }
        #expect(
            try share("usage falls") { renewal in
                let usage = try #require(company.usage[renewal.account])
                func sum(_ days: ClosedRange<Int>) -> Double {
                    Double(
                        usage.rows(
                            from: (renewal.day - days.upperBound).description,
                            to: (renewal.day - days.lowerBound).description))
                }
                return sum(20...60) < 0.75 * sum(230...270)
            } > 0.8)
        #expect(
            try share("the champion leaves") { renewal in
                company.rows("people").contains {
                    $0["account_id"] == renewal.account && $0["role"] == "champion"
                        && $0["left_on", default: ""] > (renewal.day - 225).description
                        && $0["left_on", default: ""] < (renewal.day - 125).description
                }
            } == 1)
        #expect(
            try share("detractors") {
                rows("nps", "responded_at", $0, days: 100...215).contains { (Int($0["score", default: ""]) ?? 10) <= 6 }
            } > 0.9)
        #expect(
            try share("urgent tickets") {
                rows("tickets", "opened_at", $0, days: 0...200).count { $0["priority"] != "p3" } >= 6
            } > 0.9)
        #expect(
            try share("unpaid bills") { renewal in
                let due = rows("invoices", "due_on", renewal, days: 40...150)
                return due.contains {
                    $0["paid_on", default: ""] == "" || $0["paid_on", default: ""] >= renewal.day.description
                }
            } > 0.9)
    }

    private static let company = Result {
        try DemoWorkspace(DemoCompany(seed: 5, anchor: DemoWorkspace.day(anchor), years: 2, accounts: 600))
    }
}
