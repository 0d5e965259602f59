import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A row that sums up those above it is said, and never taken for one of them.
@Suite(.database) struct `Rows of totals` {
    struct File: Sendable, CustomTestStringConvertible {
        let kind: ImportKind
        let rows: String
        let totals: [String]
        var testDescription: String { "\(kind.rawValue): \(totals[0])" }
    }

    static let files = [
        File(
            kind: .contracts, rows: "contract_id,account_id,arr,currency,starts_on\nK-1,A-1,1000,EUR,2026-01-01\n",
            totals: ["Total,,1000,EUR,", "Grand Total:,,1000,,", "Summe,,1000,,", "TOTAL (1),,1000,,", "Total,1000"]),
        File(
            kind: .invoices, rows: "amount,invoice_id,account_id,due_on,currency\n5,I-1,A-1,2026-01-01,EUR\n",
            totals: [",Gesamtsumme,,,"]),
        File(
            kind: .usage, rows: "account_id,occurred_at,quantity\nA-1,2026-01-05,5\n",
            totals: ["Total,,5", "sous-total,,5", "Totaal,,5"]),
        // Nothing else would keep these out: an account that is called 25, and spend that is counted twice.
        File(kind: .accounts, rows: "account_id,name\nA-2,Bolt\n", totals: ["Total,25", "Total,Total", "Suma,"]),
        File(
            kind: .spend, rows: "month,channel,amount,currency\n2026-01-01,ads,5,EUR\n",
            totals: ["2026-01-01,Total,5,EUR"]),
        File(kind: .features, rows: "feature,product\nboards,core\n", totals: ["Subtotal,core"]),
    ]

    private func database() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database)
        return database
    }

    @Test(arguments: files) func `are bad rows with that reason, and the others go in`(_ file: File) async throws {
        let database = try await database()
        let fixture = try ImportFixture(file.rows + file.totals.map { $0 + "\n" }.joined())
        let lines = try await fixture.refusal(file.kind, into: database)
        let first = try #require(lines.first)
        #expect(first.hasPrefix("\(fixture.path):3: \""))
        #expect(first.contains("begins a row of totals, which is no row of its own"))
        #expect(first.hasSuffix("[HALE-IMPORT-029]"))
        let receipt = try ImportFixture.receipt(
            of: await fixture.run(file.kind, into: database) {
                $0.allowedBadRows = 10
                if file.kind == .contracts { $0.termEnd = .dayAfter }
            })
        #expect([receipt.inserted, receipt.rejected] == [1, Int64(file.totals.count)])
        let rejects = try await database.withConnection { try await ReceiptStore($0).rejects(of: receipt.number) }
        #expect(rejects.map(\.line) == file.totals.indices.map { Int64($0 + 3) })
        #expect(rejects.map(\.raw) == file.totals)
        #expect(rejects.allSatisfy { $0.reasons.contains("begins a row of totals, which is no row of its own") })
    }

    @Test func `through a mapping with expressions too`() async throws {
        let fixture = try ImportFixture("Ticket,Account,Day\nT-1,A-1,2026-01-05\nTotal,,1\n")
        let lines = try await fixture.refusal(.tickets, into: database()) {
            $0.mapping = try Mapping(
                yaml:
                    "kind: tickets\ncolumns: {ticket_id: ticket, account_id: account}\nderive: {opened_at: \"day || ''\"}\n",
                file: "m.yaml")
        }
        #expect(lines.first?.contains(":3: \"Total\" begins a row of totals") == true)
    }

    @Test(arguments: [
        "Total,TotalEnergies SE", "TOT-1,Total", "Summit,Summit Ltd", "Totally,Totally Inc", "Sum-1,Sum One",
        "\"Gesamt, AG\",Gesamt",
    ])
    func `are not what only sounds alike`(account: String) async throws {
        let receipt = try await ImportFixture.load(
            .accounts, "account_id,name\n\(account)\n", into: TestDatabase.shared.database)
        #expect(receipt.inserted == 1)
    }
}
