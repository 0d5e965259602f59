import HaleDomain
import HaleTestSupport
import Testing

@Suite struct DemoFactsTests {
    @Test func `every account, person, feature and manager that is named exists`() throws {
        let company = try DemoWorkspace.company()
        let accounts = Set(company.rows("accounts").compactMap { $0["account_id"] })
        let people = Set(
            company.rows("people").map { "\($0["account_id", default: ""])/\($0["person_id", default: ""])" })
        let managers = Set(company.rows("csms").compactMap { $0["email"] })
        let features = Set(company.rows("features").compactMap { $0["feature"] })
        #expect(accounts.count == 200)
        #expect(people.count == company.rows("people").count)
        for kind in ["people", "contracts", "nps", "tickets", "invoices", "touchpoints"] {
            #expect(company.rows(kind).allSatisfy { accounts.contains($0["account_id", default: ""]) }, "\(kind)")
        }
        for kind in ["nps", "touchpoints"] {
            let named = company.rows(kind).filter { $0["person_id"] != "" }
            #expect(!named.isEmpty)
            #expect(
                named.allSatisfy { people.contains("\($0["account_id", default: ""])/\($0["person_id", default: ""])") }
            )
        }
        for kind in ["accounts", "touchpoints"] {
            #expect(company.rows(kind).allSatisfy { managers.contains($0["csm_email", default: ""]) }, "\(kind)")
        }
        for (account, usage) in company.usage {
            #expect(accounts.contains(account))
            #expect(usage.features.isSubset(of: features))
            #expect(usage.lastDayByPerson.keys.allSatisfy { people.contains("\(account)/\($0)") })
        }
    }

    @Test func `parents come before their children`() throws {
        let accounts = try DemoWorkspace.company().rows("accounts")
        let children = accounts.filter { $0["parent_account_id"] != "" }
        #expect(children.count >= 3)
        #expect(children.allSatisfy { $0["parent_account_id", default: ""] < $0["account_id", default: ""] })
    }

    @Test(arguments: [
        ("contracts", "contract_id"), ("nps", "response_id"), ("tickets", "ticket_id"), ("invoices", "invoice_id"),
        ("accounts", "account_id"), ("accounts", "name"), ("csms", "email"), ("features", "feature"),
        ("people", "email"),
    ])
    func `ids are given once`(kind: String, column: String) throws {
        let values = try DemoWorkspace.company().rows(kind).compactMap { $0[column] }
        #expect(!values.isEmpty)
        #expect(Set(values).count == values.count)
    }

    @Test(arguments: [
        ("accounts", "created_on"), ("people", "left_on"), ("contracts", "notice_given_on"),
        ("contracts", "renewal_signed_on"), ("contracts", "cancelled_on"), ("contracts", "decided_on"),
        ("nps", "responded_at"), ("tickets", "opened_at"), ("tickets", "closed_at"), ("invoices", "due_on"),
        ("invoices", "paid_on"), ("touchpoints", "occurred_at"),
    ])
    func `facts lie before the anchor`(kind: String, column: String) throws {
        let days = try DemoWorkspace.company().rows(kind).compactMap { $0[column]?.prefix(10) }.filter { !$0.isEmpty }
        #expect(!days.isEmpty)
        #expect(days.allSatisfy { $0 < DemoWorkspace.anchor })
        #expect(days.allSatisfy { Day(iso: String($0)) != nil })
    }

    @Test func `every kind of fact is fresh when the company is looked at`() throws {
        let company = try DemoWorkspace.company()
        let weekAgo = try company.daysBeforeAnchor(7)
        for (kind, column) in [("tickets", "opened_at"), ("invoices", "due_on"), ("touchpoints", "occurred_at")] {
            #expect(company.rows(kind).compactMap { $0[column] }.max() ?? "" > weekAgo, "\(kind)")
        }
    }

    @Test func `tickets are closed after they were opened, and some are open`() throws {
        let tickets = try DemoWorkspace.company().rows("tickets")
        let closed = tickets.filter { $0["closed_at"] != "" }
        #expect(closed.allSatisfy { $0["closed_at", default: ""] > $0["opened_at", default: ""] })
        #expect((20...200).contains(tickets.count - closed.count))
        for priority in ["p1", "p2", "p3"] {
            #expect(tickets.contains { $0["priority"] == priority })
        }
    }

    @Test func `nothing happens before an account was created`() throws {
        let company = try DemoWorkspace.company()
        let created = Dictionary(
            uniqueKeysWithValues: company.rows("accounts").map {
                ($0["account_id", default: ""], $0["created_on", default: ""])
            })
        for (kind, column) in [
            ("contracts", "starts_on"), ("nps", "responded_at"), ("tickets", "opened_at"), ("invoices", "due_on"),
            ("touchpoints", "occurred_at"),
        ] {
            #expect(
                company.rows(kind).allSatisfy {
                    $0[column, default: ""].prefix(10) >= created[$0["account_id", default: ""], default: "9999"]
                }, "\(kind)")
        }
        for (account, usage) in company.usage {
            #expect(usage.rowsByDay.keys.min() ?? "" > created[account, default: "9999"])
        }
    }

    @Test func `nobody is heard of after leaving`() throws {
        let company = try DemoWorkspace.company()
        let left = Dictionary(
            uniqueKeysWithValues: company.rows("people").filter { $0["left_on"] != "" }.map {
                ("\($0["account_id", default: ""])/\($0["person_id", default: ""])", $0["left_on", default: ""])
            })
        #expect(left.count > 20)
        for (account, usage) in company.usage {
            for (person, day) in usage.lastDayByPerson {
                #expect(day < left["\(account)/\(person)", default: "9999"])
            }
        }
        for (kind, column) in [("nps", "responded_at"), ("touchpoints", "occurred_at")] {
            for row in company.rows(kind) {
                let key = "\(row["account_id", default: ""])/\(row["person_id", default: ""])"
                #expect(row[column, default: ""].prefix(10) < left[key, default: "9999"])
            }
        }
    }

    @Test func `names are varied and survive quoting`() throws {
        let names = try DemoWorkspace.company().rows("accounts").compactMap { $0["name"] }
        #expect(names.filter { !$0.allSatisfy(\.isASCII) }.count >= 10)
        for name in ["大同証券", "Zoë & Söhne GmbH", "O'Malley, Quist & Partners LLP", "Ateliers \"L'Étoile\" SARL"] {
            #expect(names.contains(name))
        }
    }

    @Test func `known public holidays are there`() throws {
        let holidays = Set(
            try DemoWorkspace.company().rows("holidays").map {
                "\($0["country", default: ""]) \($0["day", default: ""])"
            })
        // Easter Sunday was 20 April 2025 and 5 April 2026; Thanksgiving 27 November 2025.
        for holiday in [
            "DE 2025-04-18", "DE 2025-04-21", "DE 2025-05-29", "DE 2026-04-06", "FR 2026-07-14", "US 2025-11-27",
            "US 2025-05-26", "GB 2025-08-25", "JP 2025-07-21", "PL 2025-06-19", "DE 2026-12-25",
        ] {
            #expect(holidays.contains(holiday), "\(holiday)")
        }
    }

    @Test func `about one response in ten names nobody`() throws {
        let responses = try DemoWorkspace.company().rows("nps")
        let share = Double(responses.count { $0["person_id"] == "" }) / Double(responses.count)
        #expect((0.05...0.16).contains(share))
        #expect(responses.allSatisfy { (0...10).contains(Int($0["score", default: ""]) ?? -1) })
    }
}
