import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The window over which a model counts used features.
@Suite(.database) struct `The window of breadth` {
    /// Features used on the first and the last day of windows of 14, 28 and 70 days before 2 March 2026, and a day
    /// before each of them.
    private static let usage = """
        account_id,feature,occurred_at,quantity
        a,yesterday,2026-03-01,1
        a,fourteen,2026-02-16,1
        a,fifteen,2026-02-15,1
        a,twentyeight,2026-02-02,1
        a,twentynine,2026-02-01,1
        a,thirty,2026-01-31,1
        a,seventy,2025-12-22,1
        a,seventyone,2025-12-21,1
        a,today,2026-03-02,1

        """

    @Test(arguments: [(1, 1), (14, 2), (28, 4), (30, 6), (70, 7), (365, 8)])
    func `is cut at whole days, over as many months as it takes`(days: Int, used: Int) async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\na,Alpha\n", into: database)
        try await ImportFixture.load(.usage, Self.usage, into: database)
        let counted = try await database.withConnection { connection in
            let key = try #require(try await ChangeStore(connection).keys(of: ["a"]).first)
            let features = try await connection.query(
                Statement(name: "features", text: "select feature_id from hale_data.feature"))
            let facts = FactsQuery(
                asOf: try DemoWorkspace.day("2026-03-02"), previousDay: nil, modelHash: "",
                keyFeatures: try features.map { try $0.decode("feature_id") }, featureDays: days)
            let range = try #require(AccountRange(keys: [key]))
            return try await facts.accounts(range, on: connection, beside: connection).first?.features.keyFeaturesUsed
        }
        #expect(counted == used)
    }
}
