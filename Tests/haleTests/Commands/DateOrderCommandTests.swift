import HaleTestSupport
import Postgres
import Testing

/// Day and month from standard input, which can be read only once: the value that decides comes last.
@Suite(.database) struct `The order of dates on standard input` {
    /// Every pair of a month and another number up to 12, and at the end the 25th of March.
    private static let days: [(month: Int, day: Int)] =
        (1...12).flatMap { month in (1...12).filter { $0 != month }.map { (month, $0) } } + [(3, 25)]

    private static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }

    /// The file, with the numbers of a date in an order.
    private static func invoices(isDayFirst: Bool, count: Int = days.count) -> String {
        let lines = days.prefix(count).enumerated().map { number, date in
            let numbers = isDayFirst ? [date.day, date.month] : [date.month, date.day]
            return "I\(number + 1),A1,\(numbers.map(padded).joined(separator: "."))" + ".2025\n"
        }
        return "invoice_id,account_id,due_on\n" + lines.joined()
    }

    private static func stored() async throws -> [String] {
        try await TestDatabase.shared.query(
            "select external_id || ' ' || due_on as text from hale_data.invoice order by substr(external_id, 2)::integer"
        ).map { try $0.decode("text", as: String.self) }
    }

    @Test(arguments: [true, false])
    func `is found from the whole of it and said in the receipt`(isDayFirst: Bool) async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let accounts = try await user.run("import", "accounts", "-", input: "account_id,name\nA1,Acme\n")
        #expect(accounts.status == 0)
        let order = isDayFirst ? "day first" : "month first"

        let open = Self.invoices(isDayFirst: isDayFirst, count: Self.days.count - 1)
        let refused = try await user.run("import", "invoices", "-", input: open)
        #expect(refused.status == 1)
        #expect(refused.errors.contains("[HALE-IMPORT-020]"))
        #expect(try await Self.stored().isEmpty)

        let run = try await user.run("import", "invoices", "-", input: Self.invoices(isDayFirst: isDayFirst))
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.outputLines.contains { $0.trimmingPrefix(while: \.isWhitespace) == "due_on: \(order)" })
        let expected = Self.days.enumerated().map { number, date in
            "I\(number + 1) 2025-\(Self.padded(date.month))-\(Self.padded(date.day))"
        }
        #expect(try await Self.stored() == expected)
    }
}
