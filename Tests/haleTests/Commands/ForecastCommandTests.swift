import Foundation
import HaleTestSupport
import Postgres
import Testing

/// `hale forecast` at the command line, beside the views that answer the same.
@Suite(.database) struct `The forecast command` {
    private static func user() async throws -> CommandLineUser {
        let user = try await SmallPortfolio.user()
        let contracts = """
            contract_id,account_id,arr,currency,seats,starts_on,ends_on,auto_renew,renewal_signed_on
            C-3,A-3,3000,EUR,2,2025-06-01,2026-06-01,false,2026-02-01
            C-4,A-1,700.40,EUR,2,2025-05-11,2026-05-11,false,

            """
        #expect(try await user.run("import", "contracts", "-", "--history", input: contracts).status == 0)
        #expect(try await user.run("score", "--as-of", SmallPortfolio.day, "--again").status == 0)
        return user
    }

    private static let periodKeys: [String: JSONAnswer.Sort] = [
        "period": .text, "contracts": .count, "arrUpForRenewal": .money, "closed": .money, "expected": .money,
        "p10": .money, "p50": .money, "p90": .money, "commit": .money, "mostLikely": .money, "bestCase": .money,
        "atRisk": .money,
    ]

    private static let listKeys: [String: JSONAnswer.Sort] = [
        "contractId": .text, "accountId": .text, "arr": .money, "renewsOn": .date, "decisionOn": .date,
        "probability": .number, "category": .text, "n": .count,
    ]

    @Test func `has the fixed keys, and figures that SQL gives too`() async throws {
        let user = try await Self.user()
        let run = try await user.run("forecast", "--list", "--format", "json")
        #expect(run.status == 0 && run.errors == "")
        let answer = try run.json()
        #expect(answer["asOf"] == .text(SmallPortfolio.day))
        let periods = try #require(answer["periods"]?.elements)
        var byMonth: [String: JSONAnswer] = [:]
        for period in periods {
            for (key, sort) in Self.periodKeys { #expect(period[key]?.matches(sort) == true, "\(key)") }
            for entry in try #require(period["list"]?.elements) {
                for (key, sort) in Self.listKeys { #expect(entry[key]?.matches(sort) == true, "\(key)") }
            }
            byMonth[try #require(period["period"]?.textValue)] = period
        }
        // Two renewals in May, one signed in June, one past due in February.
        #expect(byMonth["2026-05"]?["contracts"] == .number(2))
        #expect(byMonth["2026-05"]?["arrUpForRenewal"] == .money(minor: 1_270_040, "EUR"))
        #expect(byMonth["2026-06"]?["closed"] == .money(minor: 300_000, "EUR"))
        #expect(byMonth["2026-06"]?["p10"] == .money(minor: 300_000, "EUR"))
        #expect(byMonth["2026-02"]?["contracts"] == .number(1))
        #expect(byMonth.count == 13)

        let columns = [
            "arrUpForRenewal": "arr_up_for_renewal", "closed": "closed", "expected": "expected", "p10": "p10",
            "p50": "p50", "p90": "p90", "commit": "commit", "mostLikely": "most_likely", "bestCase": "best_case",
            "atRisk": "at_risk",
        ].sorted { $0.key < $1.key }
        let rows = try await TestDatabase.shared.query(
            "select to_char(month, 'YYYY-MM') as month, array["
                + columns.map { "(\($0.value) * 100)::bigint" }.joined(separator: ", ")
                + "] as minor from hale.renewal_forecast where contracts > 0")
        #expect(rows.count == 3)
        for row in rows {
            let period = try #require(byMonth[try row.decode("month")])
            for ((key, _), minor) in zip(columns, try row.decode("minor", as: [Int64].self)) {
                #expect(period[key] == .money(minor: Double(minor), "EUR"), "\(key)")
            }
        }
        // The table says the same.
        let csv = try await user.run("forecast", "--format", "csv")
        #expect(csv.output.contains("2026-05,2,12700.40,EUR"))
    }

    @Test func `says in one line what it cannot do`() async throws {
        let user = try await Self.user()
        for arguments in [
            ["forecast", "--period", "2026Q5"], ["forecast", "--period", "2026", "--from", "2026-01-01"],
            ["forecast", "--from", "2026-01-01"], ["forecast", "--from", "2026-02-01", "--to", "2026-01-01"],
            ["forecast", "--by", "colour"], ["forecast", "set", "C-1", "--by", "a@b.example"],
            ["forecast", "set", "C-1", "--category", "sure", "--by", "a@b.example"],
        ] {
            let run = try await user.run(arguments)
            #expect(run.status == 2, "\(arguments)")
            #expect(run.output == "")
        }
        let unknown = try await user.run("forecast", "set", "C-9", "--amount", "1", "--by", "a@b.example")
        #expect(unknown.status == 1)
        #expect(unknown.errors.hasPrefix("hale: HALE-FORECAST-001: contract \"C-9\""))
        #expect(unknown.errors.split(separator: "\n").count == 1)
    }

    @Test func `keeps what somebody says, freezes once, and judges nothing too early`() async throws {
        let user = try await Self.user()
        let trial = try await user.run(
            "forecast", "set", "C-1", "--amount", "9000", "--by", "a@b.example", "--dry-run")
        #expect(trial.output.contains("would be kept"))
        let said = try await user.run(
            "forecast", "set", "C-1", "--amount", "9000", "--category", "commit", "--by", "a@b.example")
        #expect(said.status == 0)
        let may = try await user.run("forecast", "--period", "2026-05", "--format", "json").json()
        let period = try #require(may["periods"]?.elements?.first)
        #expect(period["human"]?["amount"] == .money(minor: 900_000, "EUR"))
        #expect(period["withoutForecast"] == .number(1))
        #expect(
            try await user.run("forecast", "freeze").output.contains("is frozen: 4 renewals in 5 months and quarters"))
        #expect(try await user.run("forecast", "freeze").output.contains("stays as it is"))
        let accuracy = try await user.run("forecast", "accuracy", "--format", "json").json()
        #expect(accuracy["forecasts"] == .number(0) && accuracy["model"]?["bias"] == .null)
    }
}
