import Crypto
import Foundation
public import HaleDomain
import HaleSQL
public import Postgres

/// Stores the scores of a day so that running it again changes nothing.
public struct ScoreStore: Sendable {
    private let connection: Connection

    /// A store that works on a connection.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// What storing a day changed.
    public struct Changes: Sendable, Equatable {
        /// New rows.
        public var inserted = 0
        /// Rows that were replaced.
        public var updated = 0
        /// Rows of accounts that are gone.
        public var deleted = 0
        /// Rows that were right already.
        public var unchanged = 0

        /// Whether anything changed.
        public var isEmpty: Bool { inserted + updated + deleted == 0 }
    }

    /// The hash under which a model's text is kept: SHA-256 in hex.
    public static func hash(of model: HealthModel) -> String {
        SHA256.hash(data: Data(model.text.utf8)).map { String(format: "%02x", $0) }.joined()
    }

    /// Keeps the model's text and returns its hash.
    public func register(_ model: HealthModel) async throws -> String {
        let hash = Self.hash(of: model)
        _ = try await connection.execute(
            Statement(SQL.Scores.registerModel),
            [hash, model.name, model.text, DriverKind.allCases.map(\.rawValue), ScoreFact.allCases.map(\.rawValue)])
        return hash
    }

    /// Notes that a run begins, and makes the day's partition.
    public func openRun(day: Day, modelHash: String) async throws -> Int64 {
        _ = try await connection.query(Statement(SQL.Usage.ensureMonth), ["health_score", day.postgresDate])
        let rows = try await connection.query(Statement(SQL.Scores.openRun), [day.postgresDate, modelHash])
        guard let row = rows.first else { throw StoreError.unreadableRow("no run was returned") }
        return try row.decode("run_id")
    }

    /// Notes why a run did not finish.
    public func failRun(_ run: Int64, error: String) async throws {
        _ = try await connection.execute(Statement(SQL.Scores.failRun), [run, error])
    }

    /// Waits for other runs, then makes the staging table; both until the transaction ends.
    public func beginDay() async throws {
        _ = try await connection.query(Statement(SQL.Scores.lockDay))
        try await connection.script(Statement(SQL.Scores.staging))
    }

    /// Streams scores into the staging table.
    public func stage(_ body: (CopyWriter) async throws -> Void) async throws -> Int {
        try await connection.copyIn(Statement(SQL.Scores.copyStaged), body)
    }

    /// Makes the stored day equal to the staged rows.
    public func storeDay(_ day: Day, modelHash: String, run: Int64, staged: Int, isComplete: Bool) async throws
        -> Changes
    {
        let rows = try await connection.query(
            Statement(SQL.Scores.storeDay), [day.postgresDate, modelHash, run, isComplete])
        var changes = Changes()
        if let row = rows.first {
            changes.inserted = Int(try row.decode("inserted", as: Int64.self))
            changes.updated = Int(try row.decode("updated", as: Int64.self))
            changes.deleted = Int(try row.decode("deleted", as: Int64.self))
        }
        changes.unchanged = staged - changes.inserted - changes.updated
        return changes
    }

    /// Stores the figures of all accounts together.
    public func store(
        _ figures: PortfolioFigures, day: Day, modelHash: String, mean: Double?, deviation: Double?, scored: Int
    ) async throws {
        let shares = figures.npsShares
        _ = try await connection.execute(
            Statement(SQL.Scores.storePortfolio),
            [
                day.postgresDate, modelHash, Int32(figures.accounts), figures.weekIndex, figures.dispersion,
                figures.weekendWeight, figures.slowRatio, figures.fastRatio, figures.isOutage,
                [shares.promoters, shares.passives, shares.detractors], Int32(figures.npsResponses),
                Int32(figures.feeds.keyFeatures), figures.feeds.usageFirstDay?.postgresDate,
                figures.feeds.usageAgeDays.map { Int32($0) }, figures.feeds.ticketAgeDays.map { Int32($0) },
                figures.feeds.invoiceAgeDays.map { Int32($0) }, mean, deviation, Int32(scored),
            ])
    }

    /// Publishes the day.
    public func finishRun(_ run: Int64, accounts: Int, changes: Changes) async throws {
        _ = try await connection.execute(
            Statement(SQL.Scores.finishRun),
            [
                run, Int32(accounts), Int32(changes.inserted), Int32(changes.updated + changes.deleted),
                Int32(changes.unchanged),
            ])
    }

    /// A run of the scoring stage.
    public struct Run: Sendable, Equatable {
        /// The day it scores.
        public let day: Day
        /// Whether it finished, which publishes the day.
        public let isFinished: Bool
        /// Why it failed, where it did.
        public let error: String?
    }

    /// The run that was started last; nil before the first.
    public func lastRun() async throws -> Run? {
        guard let row = try await connection.query(Statement(SQL.Scores.lastRun)).first else { return nil }
        return Run(
            day: try row.day("day"), isFinished: try row.decode("is_finished"), error: try row.decodeIfPresent("error"))
    }

    /// The stored days after a day, oldest first.
    public func laterDays(than day: Day, modelHash: String) async throws -> [Day] {
        try await connection.query(Statement(SQL.Scores.laterDays), [day.postgresDate, modelHash])
            .map { try $0.day("day") }
    }
}

extension BinaryCopyBuffer {
    /// Appends a score as a row of `scores/staging`.
    public mutating func append(_ score: AccountScore) {
        let composition = score.composition
        let state = score.state
        beginRow(fieldCount: 34)
        append(score.accountKey)
        append(composition.score)
        append(composition.baseline)
        append(composition.clip)
        append(composition.low)
        append(composition.high)
        append(composition.coverage)
        append(composition.rescaling)
        append(score.readings.map(\.x))
        append(score.readings.map(\.c))
        append(score.readings.map(\.mu))
        append(composition.points)
        append(state.smoothed.score)
        append(state.smoothed.baseline)
        append(state.smoothed.clip)
        append(state.smoothed.points)
        append(state.computedBand.rawValue)
        append(score.band.rawValue)
        append(score.exceptions.map(\.rawValue))
        append(state.daysInBand)
        append(state.daysOnOtherSide)
        append(Int32(state.runsBelow))
        append(score.flags.cliffSince?.postgresDate)
        append(score.flags.declineSince?.postgresDate)
        append(score.flags.riseSince?.postgresDate)
        append(score.flags.championLeftSince?.postgresDate)
        append(score.flags.detractorSince?.postgresDate)
        append(score.contract.state.rawValue)
        append(score.contract.urgency)
        append(score.contract.daysToDecision.map { Int32($0) })
        append(score.contract.decisionOn?.postgresDate)
        append(score.contract.arrMinor)
        append(score.facts)
        append(score.texts)
    }
}
