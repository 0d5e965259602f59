import Foundation
import HaleDomain
import HaleFiles
import HaleStore
import HaleTestSupport

/// Four accounts with 2, 5, 8 and 20 seats, whose scores under `seats` are 20, 50, 80 and 100 by counting on one's
/// fingers, and a folder of models.
final class ModelPortfolio: Sendable {
    let folder: String

    init(_ files: [String: String]) throws {
        let directory = FileManager.default.temporaryDirectory.appending(path: "hale-models-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: directory.appending(path: "tests"), withIntermediateDirectories: true)
        for (name, text) in files {
            try Data(text.utf8).write(to: directory.appending(path: "\(name).yaml"))
        }
        folder = directory.path
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var library: ModelLibrary { ModelLibrary(folders: [folder]) }

    /// A model whose score is 100 times the seats over `best`, at most 100.
    static func seats(_ name: String = "default", best: Int = 10, when: String? = nil, extra: String = "") -> String {
        """
        name: \(name)
        \(when.map { "when: \($0)\n" } ?? "")\(extra)dimensions:
          size:
            weight: 1
            drivers:
              seats_bought: {kind: measure, weight: 1, reference: 0.5, expression: seats, worst: 0, best: \(best)}

        """
    }

    static func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts,
            """
            account_id,name,segment,created_on
            a,Alpha,small,2024-01-01
            b,Beta,small,2024-01-01
            c,Gamma,large,2024-01-01
            d,Delta,,2026-02-20

            """, into: database)
        try await ImportFixture.load(
            .contracts,
            """
            contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats
            ka,a,1000,EUR,2025-12-01,2026-12-01,12,2
            kb,b,20000,EUR,2025-12-01,2026-12-01,12,5
            kc,c,200,EUR,2025-12-01,2026-12-01,12,8
            kd,d,4,EUR,2026-02-20,2027-02-20,12,20

            """, into: database)
        return database
    }

    static func day() throws -> Day { try DemoWorkspace.day("2026-03-02") }

    /// Account, model, score and band of every stored row, one text a row.
    static func rows() async throws -> [String] {
        try await ImportFixture.texts(
            """
            select concat_ws(
                ' ', account.external_id, model.name, round(health.score::numeric, 6)::double precision, health.band
            ) as text
            from hale_data.health_score as health
            join hale_data.account as account on account.account_id = health.account_id
            join hale_data.model as model on model.model_hash = health.model_hash
            order by health.day, account.external_id, model.is_beside, model.name
            """)
    }
}
