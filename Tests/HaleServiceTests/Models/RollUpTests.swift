import HaleDomain
import HaleFiles
import HaleService
import HaleTestSupport
import Testing

@Suite(.database)
struct `The roll-up to a parent` {
    /// Alpha above Beta and Gamma, Gamma above Delta: below Alpha stand 50, 80 and 100 with an ARR of 20,000, 200 and 4.
    private func rolled(_ rollUp: String) async throws -> [String] {
        let database = try await ModelPortfolio.load()
        try await ImportFixture.load(
            .accounts, "account_id,name,parent_account_id\nb,Beta,a\nc,Gamma,a\nd,Delta,c\n", into: database)
        let portfolio = try ModelPortfolio(["default": ModelPortfolio.seats(extra: "roll_up: \(rollUp)\n")])
        _ = try await ScoreStage(database, models: portfolio.library.set([])).run(asOf: ModelPortfolio.day())
        return try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account_id, roll_up, accounts, arr_minor, round(score::numeric, 4), band, worst_account_id) as text
            from hale.account_roll_up
            order by account_id
            """)
    }

    @Test(
        arguments: [
            ("none", []),
            ("mean", ["a mean 3 2020400 76.6667 green b", "c mean 1 400 100.0000 green d"]),
            // (50 * 20000 + 80 * 200 + 100 * 4) / 20204
            ("arr_weighted", ["a arr_weighted 3 2020400 50.3069 amber b", "c arr_weighted 1 400 100.0000 green d"]),
            ("worst_child", ["a worst_child 3 2020400 50.0000 amber b", "c worst_child 1 400 100.0000 green d"]),
        ] as [(String, [String])])
    func `takes the accounts below it, however deep`(rollUp: String, rows: [String]) async throws {
        #expect(try await rolled(rollUp) == rows)
    }

    @Test func `leaves the parent's own score as it is`() async throws {
        _ = try await rolled("worst_child")
        #expect(
            try await ModelPortfolio.rows()
                == ["a default 20 red", "b default 50 amber", "c default 80 green", "d default 100 green"])
    }

    @Test(arguments: [
        ("a,Alpha,b\nb,Beta,a\n", [2, 3]),
        ("a,Alpha,a\n", [2]),
        // Gamma stands below Alpha already.
        ("a,Alpha,d\nd,Delta,c\n", [2, 3]),
    ])
    func `has no circles, which an import refuses`(rows: String, lines: [Int]) async throws {
        let database = try await ModelPortfolio.load()
        try await ImportFixture.load(.accounts, "account_id,name,parent_account_id\nc,Gamma,a\n", into: database)
        let fixture = try ImportFixture("account_id,name,parent_account_id\n" + rows)
        let refusal = try await fixture.refusal(.accounts, into: database)
        let circles = refusal.filter { $0.contains("would stand above itself: parents must not go round in a circle") }
        #expect(circles.count == lines.count)
        for (line, text) in zip(lines, circles) { #expect(text.contains(":\(line): parent_account_id: "), "\(text)") }
        // The same without the circle goes in.
        try await ImportFixture.load(
            .accounts, "account_id,name,parent_account_id\nb,Beta,a\nd,Delta,c\n", into: database)
    }
}
