import Crypto
import Foundation
package import HaleDomain
import HaleSQL
package import Postgres

/// Stores the scores of a day so that running it again changes nothing.
package struct ScoreStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// What storing a day changed.
    package struct Changes: Sendable, Equatable {
        /// New rows.
        package var inserted = 0
        /// Rows that were replaced.
        package var updated = 0
        /// Rows of accounts that are gone.
        package var deleted = 0
        /// Rows that were right already.
        package var unchanged = 0

        /// What changed; all else is nothing.
        package init(inserted: Int = 0, updated: Int = 0, deleted: Int = 0, unchanged: Int = 0) {
            self.inserted = inserted
            self.updated = updated
            self.deleted = deleted
            self.unchanged = unchanged
        }

        /// Whether anything changed.
        package var isEmpty: Bool { inserted + updated + deleted == 0 }
    }

    /// The rows that a run writes.
    package struct Target: Sendable {
        package let day: Day
        package let modelHash: String
        package let run: Int64
        /// Whether nothing is stored of the day yet, so that rows go straight into the table.
        package let isFresh: Bool
    }

    /// The hash under which a model's text is kept: SHA-256 in hex.
    package static func hash(of model: HealthModel) -> String {
        SHA256.hash(data: Data(model.text.utf8)).hexadecimal
    }

    /// Keeps the model's text and returns its hash.
    package func register(_ model: HealthModel) async throws -> String {
        let hash = Self.hash(of: model)
        _ = try await connection.execute(
            Statement(SQL.Score.registerModel),
            [
                hash, model.name, model.text, model.drivers.map(\.fullName), ScoreFact.allCases.map(\.rawValue),
                model.isBeside, model.rollUp, model.bands.amberFrom, model.bands.greenFrom,
            ])
        return hash
    }

    /// Makes the partitions of days.
    package func makeRoom(for days: [Day]) async throws {
        for month in Set(days.map(\.firstOfMonth)) {
            _ = try await connection.query(Statement(SQL.Usage.ensureMonth), ["health_score", month.postgresDate])
        }
    }

    /// Notes that runs begin, each of a day and a model; returns their keys in the same order.
    package func openRuns(_ runs: [(day: Day, modelHash: String)]) async throws -> [Int64] {
        let rows = try await connection.query(
            Statement(SQL.Score.openRuns), [runs.map(\.day.postgresDate), runs.map(\.modelHash)])
        guard rows.count == runs.count else { throw StoreError.unreadableRow("not every run was returned") }
        return try rows.map { try $0.decode("run_id") }
    }

    /// Notes why runs did not finish.
    package func failRuns(_ runs: [Int64], error: String) async throws {
        _ = try await connection.execute(Statement(SQL.Score.failRuns), [runs, error])
    }

    /// Waits for other runs, until the transaction ends.
    package func lock() async throws {
        _ = try await connection.query(Statement(SQL.Score.lockDay))
    }

    /// Where the rows of a day go; the staging table is made where they have to be compared first.
    package func target(day: Day, modelHash: String, run: Int64) async throws -> Target {
        let isFresh = try await connection.query(Statement(SQL.Score.isFresh), [day.postgresDate, modelHash])
            .first?.decode("is_fresh", as: Bool.self)
        if isFresh != true { try await connection.script(Statement(SQL.Score.staging)) }
        return Target(day: day, modelHash: modelHash, run: run, isFresh: isFresh == true)
    }

    /// Streams scores to where they go; returns how many.
    package func write(to target: Target, _ body: (CopyWriter) async throws -> Void) async throws -> Int {
        try await connection.copyIn(
            Statement(target.isFresh ? SQL.Score.copyDay : SQL.Score.copyStaged), body)
    }

    /// Makes the stored day equal to the rows written.
    package func store(_ target: Target, written: Int, isComplete: Bool) async throws -> Changes {
        var changes = Changes()
        guard !target.isFresh else {
            changes.inserted = written
            return changes
        }
        try await connection.script(Statement(SQL.Score.analyzeStaged))
        let rows = try await connection.query(
            Statement(SQL.Score.storeDay), [target.day.postgresDate, target.modelHash, target.run, isComplete])
        if let row = rows.first {
            changes.inserted = Int(try row.decode("inserted", as: Int64.self))
            changes.updated = Int(try row.decode("updated", as: Int64.self))
            changes.deleted = Int(try row.decode("deleted", as: Int64.self))
        }
        changes.unchanged = written - changes.inserted - changes.updated
        return changes
    }

    /// How many accounts a day has scores of that a full run would leave as they are; nil where it might change some.
    /// - Parameters:
    ///   - models: Hashes of the models in force.
    ///   - primary: Those of them that are not beside.
    package func currentAccounts(day: Day, models: [String], primary: [String]) async throws -> Int? {
        let rows = try await connection.query(
            Statement(SQL.Score.isCurrent), [day.postgresDate, models, primary])
        guard let row = rows.first, try row.decode("is_current", as: Bool.self) else { return nil }
        return Int(try row.decode("accounts", as: Int64.self))
    }

    /// Publishes the day; `snapshot` is what its scores were computed from, `reason` goes into the ledger, `isFull` says
    /// whether every account was scored with figures of all accounts that the run computed.
    package func finishRun(
        _ run: Int64, accounts: Int, changes: Changes, snapshot: String?, reason: String, isFull: Bool
    ) async throws {
        _ = try await connection.execute(
            Statement(SQL.Score.finishRun),
            [
                run, Int32(accounts), Int32(changes.inserted), Int32(changes.updated + changes.deleted),
                Int32(changes.unchanged), snapshot, reason, isFull,
            ])
    }

    /// A run of the scoring stage.
    package struct Run: Sendable, Equatable {
        /// The day it scores.
        package let day: Day
        /// Whether it finished, which publishes the day.
        package let isFinished: Bool
        /// Why it failed, where it did.
        package let error: String?
    }

    /// The run that was started last; nil before the first.
    package func newestRun() async throws -> Run? {
        guard let row = try await connection.query(Statement(SQL.Score.newestRun)).first else { return nil }
        return Run(
            day: try row.day("day"), isFinished: try row.decode("is_finished"), error: try row.decodeIfPresent("error"))
    }

    /// Forgets stored days that need not be kept: of days older than `dailyDays` before the newest the last of each week
    /// stays, of days older than `days` none; nil keeps them for ever. Returns how many days went.
    package func thin(newest: Day, dailyDays: Int?, days: Int?) async throws -> Int {
        let rows = try await connection.query(
            Statement(SQL.Score.thinDays),
            [newest.postgresDate, dailyDays.map { Int32($0) }, days.map { Int32($0) }])
        return try rows.first.map { Int(try $0.decode("days", as: Int64.self)) } ?? 0
    }

    /// Takes a day back as if it had never been scored; returns how many scores went, and whether its frozen forecast
    /// stays.
    package func forget(_ day: Day, today: Day) async throws -> (scores: Int, isFrozen: Bool) {
        let rows = try await connection.query(
            Statement(SQL.Score.forgetDay), [day.postgresDate, today.postgresDate])
        guard let row = rows.first else { throw StoreError.unreadableRow("nothing was said of the day") }
        return (Int(try row.decode("scores", as: Int64.self)), try row.decode("is_frozen"))
    }

    /// Hashes of the models that scored a day.
    package func models(of day: Day) async throws -> [String] {
        try await connection.query(Statement(SQL.Score.modelsOfDay), [day.postgresDate]).map {
            try $0.decode("model_hash")
        }
    }
}
