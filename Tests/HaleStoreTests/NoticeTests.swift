import HaleTestSupport
import Postgres
import Testing

/// A notice stops the renewal of the term in which it was given, not those that have happened.
@Suite(.database)
struct `A notice of non-renewal` {
    /// Twelve months to 2026-05-01, renewing by itself, notice given on a day.
    private func contract(noticeOn day: String) async throws {
        _ = try await TestDatabase.shared.query("insert into hale_data.account_key (external_id) values ('A')")
        _ = try await TestDatabase.shared.query(
            "insert into hale_data.account (account_id, external_id, name) values (1, 'A', 'Acme')")
        _ = try await TestDatabase.shared.query(
            "insert into hale_data.contract (account_id, external_id) values (1, 'C')")
        _ = try await TestDatabase.shared.query(
            """
            insert into hale_data.contract_version (
                account_id, contract_id, valid_from, recorded_at, arr_minor, currency, starts_on, ends_on, term_months,
                auto_renew, notice_given_on)
            values (1, 1, '-infinity', '2025-05-01', 1000, 'EUR', '2025-05-01', '2026-05-01', 12, true, $1::text::date)
            """, [day])
    }

    private func standing(on day: String) async throws -> String {
        let rows = try await TestDatabase.shared.query(
            """
            select concat_ws(' ', renews_on, is_live, is_open, notice_given) as standing
            from hale_data.contract_on($1::text::date)
            """, [day])
        return try #require(rows.first).decode("standing")
    }

    @Test func `after an automatic renewal ends the new term`() async throws {
        try await contract(noticeOn: "2026-06-01")
        // Before the notice the contract has renewed to 2027; after it, it runs until then and no further.
        let before = try await standing(on: "2026-05-31")
        #expect(before == "2027-05-01 t t f")
        let after = try await standing(on: "2026-08-15")
        #expect(after == "2027-05-01 t t t")
        let ended = try await standing(on: "2027-05-02")
        #expect(ended == "2027-05-01 f f t")
    }

    @Test func `before the end of the first term ends that one`() async throws {
        try await contract(noticeOn: "2026-03-01")
        let running = try await standing(on: "2026-04-01")
        #expect(running == "2026-05-01 t t t")
        let ended = try await standing(on: "2026-05-01")
        #expect(ended == "2026-05-01 f f t")
    }
}
