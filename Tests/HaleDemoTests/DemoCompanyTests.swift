import Foundation
import HaleDemo
import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoCompanyTests {
    private static let headers: [(kind: String, columns: String)] = [
        ("csms", "email,name,capacity_minutes,time_zone,locale"),
        ("features", "feature,is_key,product"),
        ("holidays", "country,day"),
        (
            "accounts",
            "account_id,name,segment,lifecycle_stage,country,industry,csm_email,parent_account_id,created_on"
        ),
        ("people", "person_id,account_id,name,email,role,left_on"),
        (
            "contracts",
            "contract_id,account_id,arr,currency,product,seats,starts_on,ends_on,term_months,auto_renew,notice_days,"
                + "notice_given_on,renewal_signed_on,cancelled_on,outcome,decided_on"
        ),
        ("usage", "account_id,person_id,feature,occurred_at,quantity"),
        ("nps", "response_id,account_id,person_id,score,responded_at,comment,survey"),
        ("tickets", "ticket_id,account_id,opened_at,closed_at,priority,subject"),
        ("invoices", "invoice_id,account_id,due_on,paid_on,amount,currency"),
        ("touchpoints", "account_id,occurred_at,kind,person_id,csm_email,note"),
    ]

    @Test(arguments: headers)
    func `headers are the columns of the import kind`(kind: String, columns: String) throws {
        #expect(try DemoWorkspace.company().columns[kind]?.joined(separator: ",") == columns)
    }

    @Test func `files come in the order of their import and count their rows`() throws {
        let company = try DemoWorkspace.company()
        #expect(company.files.map(\.kind.rawValue) == Self.headers.map(\.kind))
        for file in company.files where file.kind != .usage {
            #expect(file.rows == company.rows(file.kind.rawValue).count, "\(file.kind)")
        }
        #expect(company.files.first { $0.kind == .usage }?.rows == company.usage.values.reduce(0) { $0 + $1.rows })
    }

    @Test(arguments: [
        ("csms", 8...8), ("features", 15...15), ("holidays", 150...300), ("accounts", 200...200),
        ("people", 2_500...5_000), ("contracts", 220...320), ("usage", 300_000...450_000), ("nps", 500...750),
        ("tickets", 600...1_400), ("invoices", 1_200...3_000), ("touchpoints", 1_500...5_000),
    ])
    func `each file has a plausible size`(kind: String, rows: ClosedRange<Int>) throws {
        let file = try #require(try DemoWorkspace.company().files.first { $0.kind.rawValue == kind })
        #expect(rows.contains(file.rows))
    }

    @Test func `the same seed and anchor give the same bytes, another seed does not`() throws {
        let anchor = try DemoWorkspace.day("2025-03-01")
        func contents(seed: UInt64) throws -> [String: Data] {
            try DemoWorkspace.withDirectory { directory in
                var contents: [String: Data] = [:]
                for file in try DemoCompany(seed: seed, anchor: anchor).write(to: directory) {
                    contents[file.kind.rawValue] = try Data(contentsOf: URL(fileURLWithPath: file.path))
                }
                return contents
            }
        }
        let first = try contents(seed: 7)
        #expect(try contents(seed: 7) == first)
        let other = try contents(seed: 8)
        for kind in ["accounts", "people", "contracts", "usage", "nps", "tickets", "invoices", "touchpoints"] {
            #expect(other[kind] != first[kind], "\(kind)")
        }
    }

    @Test func `writing over an older company leaves nothing of it`() throws {
        try DemoWorkspace.withDirectory { directory in
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            let old = String(repeating: "old\n", count: 10_000)
            try old.write(toFile: directory + "/csms.csv", atomically: false, encoding: .utf8)
            _ = try DemoCompany(anchor: DemoWorkspace.day("2024-02-29")).write(to: directory)
            let text = try String(contentsOfFile: directory + "/csms.csv", encoding: .utf8)
            #expect(DemoTableReader(text).rows.count == 8)
        }
    }

    @Test func `a directory that cannot be made is named`() throws {
        let company = DemoCompany(anchor: try DemoWorkspace.day(DemoWorkspace.anchor))
        do {
            _ = try company.write(to: "/dev/null/company")
            Issue.record("a directory was made in /dev/null")
        } catch {
            #expect("\(error)".hasPrefix("/dev/null/company: "))
            #expect(!"\(error)".contains("\n"))
        }
    }
}
