import Delimited
import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Day and month are never swapped: files in which one value of 133 decides, and what is stored of them.
@Suite(.database)
struct `The order of dates` {
    typealias Order = OpenDates.Order

    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        return database
    }

    private func file(_ kind: DatedKind, _ dates: [String], variant: Character) -> String {
        let lines = dates.enumerated().map { kind.line(variant, $0 + 1, $1) }
        return ([kind.header] + lines).joined(separator: "\n") + "\n"
    }

    private func stored(_ kind: DatedKind, variant: Character) async throws -> [String] {
        try await TestDatabase.shared.query(kind.query, [String(variant)])
            .map { try $0.decode("text", as: String.self) }.sorted()
    }

    @Test(arguments: DatedKind.all)
    func `one value decides every kind, first or last, and the receipt says which order`(_ kind: DatedKind) async throws
    {
        let database = try await accounts()
        let variants = "BCDEFG"
        let cases = Order.allCases.flatMap { order in [1, 70, OpenDates.count].map { (order, $0) } }
        for (variant, (order, row)) in zip(variants, cases) {
            let dates = OpenDates(decidingRow: row)
            let receipt = try await ImportFixture.load(
                kind.kind, file(kind, dates.written(order), variant: variant), into: database)
            #expect(receipt.inserted == Int64(OpenDates.count))
            #expect(receipt.notes.contains("\(kind.column): \(order.rawValue)"), "\(receipt.notes)")
            #expect(try await stored(kind, variant: variant) == dates.stored, "\(order), row \(row)")
        }
    }

    @Test(arguments: DatedKind.all)
    func `a kind whose dates fit both ways is not imported`(_ kind: DatedKind) async throws {
        let database = try await accounts()
        let dates = Array(OpenDates(decidingRow: 1).written(.dayFirst).dropFirst())
        let refusal = try await ImportFixture(file(kind, dates, variant: "B")).refusal(kind.kind, into: database)
        #expect(refusal.count == 1)
        #expect(refusal.first?.contains("[HALE-IMPORT-020]") == true, "\(refusal)")
        #expect(try await stored(kind, variant: "B").isEmpty)
        // The user's word decides, both ways.
        for (variant, order) in zip("BC", Order.allCases) {
            let receipt = try await ImportFixture.load(
                kind.kind, file(kind, dates, variant: variant), into: database
            ) { $0.formats = GivenFormats(dateFormat: order == .dayFirst ? .dmy : .mdy) }
            #expect(receipt.notes.contains("\(kind.column): \(order.rawValue), as given"), "\(receipt.notes)")
            // What is written 25 or less in each place: read month first, the numbers trade places.
            let expected = dates.enumerated().map { number, date -> String in
                let parts = date.split(separator: "/")
                let (month, day) = order == .dayFirst ? (parts[1], parts[0]) : (parts[0], parts[1])
                return "\(number + 1) 2025-\(month)-\(day)"
            }
            #expect(try await stored(kind, variant: variant) == expected.sorted(), "\(order)")
        }
    }

    @Test(arguments: Order.allCases)
    func `the packed days of usage are those of the file`(_ order: Order) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: OpenDates.count)
        try await ImportFixture.load(.usage, file(.usage, dates.written(order), variant: "B"), into: database)
        let packed = try await ImportFixture.texts(
            """
            select day.quantity || ' ' || (month + (number - 1)::integer)::date as text
            from hale_data.usage_month
            cross join unnest(quantity) with ordinality as day (quantity, number)
            where day.quantity > 0
            """)
        #expect(packed.sorted() == dates.stored)
    }

    @Test(arguments: Order.allCases)
    func `a value in a row that is left out decides as well`(_ order: Order) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: OpenDates.count)
        for kind in DatedKind.all where kind.header.contains("account_id") && kind.kind != .accounts {
            // The row that decides is of an account that nobody knows.
            var lines = file(kind, dates.written(order), variant: "B").split(separator: "\n").map(String.init)
            lines[OpenDates.count] = lines[OpenDates.count].replacing("A1,", with: "A0,")
            let receipt = try await ImportFixture.load(
                kind.kind, lines.joined(separator: "\n"), into: database
            ) { $0.allowedBadRows = 1 }
            #expect(receipt.inserted == Int64(OpenDates.count - 1) && receipt.rejected == 1, "\(kind)")
            let expected = dates.stored.filter { !$0.hasPrefix("\(OpenDates.count) ") }
            #expect(try await stored(kind, variant: "B") == expected, "\(kind)")
        }
    }

    @Test func `a value in a row with too many fields decides nothing`() async throws {
        let database = try await accounts()
        var lines = file(.usage, OpenDates(decidingRow: 1).written(.dayFirst), variant: "B").split(separator: "\n")
        lines[1] += ",more"
        let refusal = try await ImportFixture(lines.joined(separator: "\n")).refusal(.usage, into: database) {
            $0.allowedBadRows = 1
        }
        #expect(refusal.first?.contains("[HALE-IMPORT-020]") == true, "\(refusal)")
    }

    @Test(arguments: [DatedKind.usage, DatedKind.all[2]], Order.allCases)
    func `a packed file is read as its content is`(_ kind: DatedKind, _ order: Order) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: OpenDates.count)
        let content = Array(file(kind, dates.written(order), variant: "B").utf8)
        // Cut into blocks, so that the value that decides comes in the last of many.
        let fixture = try ImportFixture(bytes: gzipMember(content, blockByteCount: 100), name: "data.csv.gz")
        let receipt = try ImportFixture.receipt(of: try await fixture.run(kind.kind, into: database))
        #expect(receipt.notes.contains("\(kind.column): \(order.rawValue)"))
        #expect(try await stored(kind, variant: "B") == dates.stored)
    }

    @Test(arguments: [DatedKind.usage, DatedKind.all[2]], Order.allCases)
    func `a mapping, with and without expressions, changes nothing about it`(
        _ kind: DatedKind, _ order: Order
    ) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: OpenDates.count)
        let mappings = [
            "kind: \(kind.kind.rawValue)\ncolumns: {\(kind.column): Tag}\n",
            "kind: \(kind.kind.rawValue)\ncolumns: {\(kind.column): Tag}\nskip_when: \"account_id = 'A0'\"\n",
        ]
        for (variant, mapping) in zip("BC", mappings) {
            let text = file(kind, dates.written(order, separator: "."), variant: variant)
                .replacing(kind.column, with: "Tag", maxReplacements: 1)
            let receipt = try await ImportFixture.load(kind.kind, text, map: mapping, into: database)
            #expect(receipt.notes.contains("\(kind.column): \(order.rawValue)"), "\(receipt.notes)")
            #expect(try await stored(kind, variant: variant) == dates.stored, "\(mapping)")
        }
    }

    @Test func `two columns of one file keep an order each`() async throws {
        let database = try await accounts()
        let last = OpenDates.count
        let due = OpenDates(decidingRow: 1)
        let paid = OpenDates(decidingRow: last)
        let lines = zip(due.written(.dayFirst), paid.written(.monthFirst)).enumerated().map { number, dates in
            "I\(number + 1),A1,\(dates.0),\(dates.1)"
        }
        let receipt = try await ImportFixture.load(
            .invoices, "invoice_id,account_id,due_on,paid_on\n" + lines.joined(separator: "\n"), into: database)
        #expect(receipt.notes.contains("due_on: day first") && receipt.notes.contains("paid_on: month first"))
        for (column, dates) in [("due_on", due), ("paid_on", paid)] {
            let stored = try await ImportFixture.texts(
                "select substr(external_id, 2) || ' ' || \(column) as text from hale_data.invoice")
            #expect(stored.sorted() == dates.stored, "\(column)")
        }
    }

    @Test(arguments: ["-", "/", ".", ""])
    func `year first is never in doubt, whatever stands between the numbers`(_ separator: String) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: 1)
        for kind in [DatedKind.usage, DatedKind.all[2]] {
            // Without the value that could decide anything.
            let written = dates.days.dropFirst().map { date in
                ["2025", OpenDates.padded(date.month), OpenDates.padded(date.day)].joined(separator: separator)
            }
            let receipt = try await ImportFixture.load(kind.kind, file(kind, written, variant: "B"), into: database)
            #expect(receipt.notes.contains("\(kind.column): year first"), "\(receipt.notes)")
            let expected = written.indices.map { index in
                let date = dates.days[index + 1]
                return "\(index + 1) 2025-\(OpenDates.padded(date.month))-\(OpenDates.padded(date.day))"
            }
            #expect(try await stored(kind, variant: "B") == expected.sorted(), "\(kind)")
        }
    }

    @Test(arguments: ["", "T10:30:00Z", " 23:59:59", "T04:30:00.25+04:00", "T10:30"])
    func `year first stays so line by line, however each line is written`(_ time: String) async throws {
        let database = try await accounts()
        let days = OpenDates(decidingRow: OpenDates.count).days
        for kind in DatedKind.all where kind.column.hasSuffix("_at") {
            // Every third line leaves the zeros out, so lines that can be read fast and lines that cannot take turns.
            let written = days.enumerated().map { number, date in
                let numbers = [date.month, date.day].map { number % 3 == 0 ? String($0) : OpenDates.padded($0) }
                return "2025-" + numbers.joined(separator: "-") + time
            }
            try await ImportFixture.load(kind.kind, file(kind, written, variant: "B"), into: database)
            #expect(
                try await stored(kind, variant: "B") == OpenDates(decidingRow: OpenDates.count).stored, "\(kind)")
        }
    }

    @Test(arguments: Order.allCases, [" 10:30", " 11:59 PM", "T00:00:00Z", " 23:30:00.5"])
    func `a time of day behind the date changes nothing about it`(_ order: Order, _ time: String) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: OpenDates.count)
        for kind in DatedKind.all where kind.column.hasSuffix("_at") {
            let text = file(kind, dates.written(order).map { $0 + time }, variant: "B")
            try await ImportFixture.load(kind.kind, text, into: database)
            #expect(try await stored(kind, variant: "B") == dates.stored, "\(kind)")
        }
    }
}
