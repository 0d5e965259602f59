import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Accounts of two CSMs whose renewals are long after today, so that nothing is decided near; all are scored today, which
/// is the day of whoever acts.
struct TaskFixture {
    static let ana = "ana@example.com"
    static let bob = "bob@example.com"

    let database: Database
    let day: Day

    init(accounts: [String]) async throws {
        database = try TestDatabase.shared.database
        day = try await database.withConnection { try await AccountStore($0).today() }
        try await ImportFixture.load(
            .csms, "email,name,capacity_minutes\n\(Self.ana),Ana,240\n\(Self.bob),Bob,240\n", into: database)
        let rows = accounts.enumerated().map { "\($1),The \($1) company,\($0 % 2 == 0 ? Self.ana : Self.bob)\n" }
        try await ImportFixture.load(.accounts, "account_id,name,csm_email\n" + rows.joined(), into: database)
        let contracts = accounts.enumerated().map {
            "k-\($1),\($1),\(($0 + 1) * 90_001),EUR,\(day - 100),\(day + 265)\n"
        }
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on,ends_on\n" + contracts.joined(), into: database
        ) { $0.isHistory = true }
        _ = try await ScoreStage(database).run(asOf: day)
    }

    /// Every task as it is stored.
    func rows() async throws -> [String] {
        try await ImportFixture.texts("select task::text as text from hale_data.task as task order by task_id")
    }

    /// Changes what was scored of accounts today.
    func set(_ columns: String, of account: String) async throws {
        _ = try await TestDatabase.shared.query(
            """
            update hale_data.health_score set \(columns)
            where day = '\(day)' and account_id = (
                select account.account_id from hale_data.account as account where account.external_id = '\(account)')
            """)
    }
}
