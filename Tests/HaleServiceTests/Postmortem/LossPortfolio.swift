import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport

/// Accounts with random tickets and invoices, some of which give notice, and what two rules make of them, gone through
/// one by one.
struct LossPortfolio {
    struct Ticket {
        let opened: Day
        let closed: Day?
    }

    struct Account {
        let id: String
        let notice: Day?
        let tickets: [Ticket]
        let bills: [(due: Day, paid: Day?)]
        let arr: Int
    }

    static let first = Day(iso: "2025-10-01") ?? Day(daysSince2000: 0)
    static let last = first + 75
    /// The rules, which fire at once and end at once.
    static let rules = [
        "alert: Tickets\nwhen: open_tickets > 0", "alert: Overdue\nwhen: overdue_days > 20",
        "alert: Never\nwhen: open_tickets > 99",
    ]

    let accounts: [Account]

    init(seed: UInt64) {
        var random = SplitMix(seed: seed)
        accounts = (1...14).map { number in
            var tickets: [Ticket] = []
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                let opened = Self.first + Int.random(in: -20...70, using: &random)
                let isOpen = Int.random(in: 0..<5, using: &random) == 0
                tickets.append(
                    Ticket(opened: opened, closed: isOpen ? nil : opened + Int.random(in: 0...12, using: &random)))
            }
            let bills = (0..<3).map { month in
                let due = Self.first + 30 * month - 25
                let isUnpaid = Int.random(in: 0..<6, using: &random) == 0
                return (due: due, paid: isUnpaid ? nil : due + Int.random(in: 0...40, using: &random))
            }
            return Account(
                id: number < 10 ? "a-0\(number)" : "a-\(number)",
                notice: number % 3 == 1 ? Self.first + 12 * number / 3 + 18 : nil, tickets: tickets, bills: bills,
                arr: 1_000 * number)
        }
    }

    /// Imports the facts as they became known.
    func load(into database: Database) async throws {
        func history(_ kind: ImportKind, _ header: String, _ rows: [String]) async throws {
            let text = ([header] + rows).joined(separator: "\n") + "\n"
            try await ImportFixture.load(kind, text, into: database) { $0.isHistory = true }
        }
        try await history(.accounts, "account_id,name", accounts.map { "\($0.id),Name of \($0.id)" })
        try await history(
            .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,notice_given_on",
            accounts.map {
                "c-\($0.id),\($0.id),\($0.arr),EUR,2025-01-01,2026-01-01,12,true,\($0.notice?.description ?? "")"
            })
        try await history(
            .tickets, "ticket_id,account_id,opened_at,closed_at,priority",
            accounts.flatMap { account in
                account.tickets.enumerated().map { position, ticket in
                    let closed = ticket.closed.map { "\($0)T20:00:00Z" } ?? ""
                    return "t-\(account.id)-\(position),\(account.id),\(ticket.opened)T08:00:00Z,\(closed),p1"
                }
            })
        try await history(
            .invoices, "invoice_id,account_id,due_on,paid_on,amount,currency",
            accounts.flatMap { account in
                account.bills.enumerated().map { position, bill in
                    "i-\(account.id)-\(position),\(account.id),\(bill.due),\(bill.paid?.description ?? ""),10,EUR"
                }
            })
    }

    /// Whether a rule's condition holds for an account at the start of a day.
    static func holds(_ rule: String, _ account: Account, on day: Day) -> Bool {
        switch rule {
        case "Tickets": account.tickets.contains { $0.opened < day && $0.closed ?? day >= day }
        case "Overdue":
            account.bills.filter { $0.due < day && $0.paid ?? day >= day }.map { day - $0.due }.max() ?? 0 > 20
        default: false
        }
    }

    /// The days on which a rule starts to hold for an account.
    static func firings(_ rule: String, _ account: Account, upTo last: Day = last) -> [Day] {
        stride(from: first, through: last, by: 1).filter { day in
            holds(rule, account, on: day) && (day == first || !holds(rule, account, on: day - 1))
        }
    }
}
