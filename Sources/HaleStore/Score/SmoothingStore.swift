package import HaleDomain
import HaleSQL
package import Postgres

/// Reads stored days to be smoothed again, and replaces their smoothed part.
package struct SmoothingStore: Sendable {
    /// A stored day of an account.
    package struct StoredDay: Sendable {
        /// Key of the account.
        package let account: Int64
        /// What the day says before smoothing.
        package let score: DayScore
        /// The exceptions that were in force.
        package let exceptions: [BandException]
        /// What smoothing made of it.
        package var state: ScoreState
        /// The band after exceptions.
        package var band: Band
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The stored days from `day` on of the accounts of a range that a run wrote on it, in order of account and day.
    package func rows(
        from day: Day, range: AccountRange, modelHash: String, run: Int64
    ) async throws -> [StoredDay] {
        let table = try await connection.table(
            Statement(SQL.Score.laterRows), [day.postgresDate, range.first, range.last, modelHash, run])
        let account = try table.integers("account_id")
        let columns = try DayColumns(table)
        return try (0..<table.count).map { try columns.day($0, of: Int64(account[$0] ?? 0)) }
    }

    /// The stored days from `day` on of all accounts of a range, in order of account and day.
    package func rows(from day: Day, range: AccountRange, modelHash: String) async throws -> [StoredDay] {
        let table = try await connection.table(
            Statement(SQL.Score.rowsFrom), [day.postgresDate, range.first, range.last, modelHash])
        let account = try table.integers("account_id")
        let columns = try DayColumns(table)
        return try (0..<table.count).map { try columns.day($0, of: Int64(account[$0] ?? 0)) }
    }

    /// Replaces the smoothed part of days after a day.
    package func store(_ days: [StoredDay], after day: Day, modelHash: String) async throws {
        guard !days.isEmpty else { return }
        try await connection.script(Statement(SQL.Score.smoothedStaging))
        try await connection.script(Statement(SQL.Score.emptySmoothed))
        var buffer = BinaryCopyBuffer()
        for day in days { buffer.append(day.state, band: day.band, account: day.account) }
        buffer.finish()
        let bytes = buffer.take()
        _ = try await connection.copyIn(Statement(SQL.Score.copySmoothed)) { try await $0.write(bytes) }
        _ = try await connection.execute(Statement(SQL.Score.storeSmoothed), [modelHash, day.postgresDate])
    }
}

/// The columns of `scores/later_rows`.
private struct DayColumns {
    private let day: DateColumn
    private let score: DoubleColumn
    private let baseline: DoubleColumn
    private let clip: DoubleColumn
    private let points: DoubleArrayColumn
    private let coverage: DoubleColumn
    private let smoothed: (score: DoubleColumn, baseline: DoubleColumn, clip: DoubleColumn, points: DoubleArrayColumn)
    private let computedBand: [Band?]
    private let band: [Band?]
    private let reasons: TextColumn
    private let daysInBand: DoubleColumn
    private let daysOnOtherSide: DoubleColumn
    private let runsBelow: IntegerColumn
    private let flags: FlagColumns

    init(_ table: RowTable) throws {
        day = try table.dates("day")
        score = try table.doubles("score")
        baseline = try table.doubles("baseline")
        clip = try table.doubles("clip")
        points = try table.doubleArrays("points")
        coverage = try table.doubles("coverage")
        smoothed = (
            try table.doubles("smoothed_score"), try table.doubles("smoothed_baseline"),
            try table.doubles("smoothed_clip"), try table.doubleArrays("smoothed_points")
        )
        computedBand = try table.words("computed_band")
        band = try table.words("band")
        reasons = try table.texts("reasons")
        daysInBand = try table.doubles("days_in_band")
        daysOnOtherSide = try table.doubles("days_on_other_side")
        runsBelow = try table.integers("runs_below")
        flags = try FlagColumns(table)
    }

    func day(_ row: Int, of account: Int64) throws -> SmoothingStore.StoredDay {
        let date = Day(daysSince2000: day[row] ?? 0)
        func numbers(_ column: DoubleArrayColumn) -> [Double] { (column[row] ?? []).map { $0 ?? 0 } }
        let state = ScoreState(
            day: date,
            smoothed: SmoothedScore(
                score: smoothed.score[row] ?? 0, baseline: smoothed.baseline[row] ?? 0,
                clip: smoothed.clip[row] ?? 0, points: numbers(smoothed.points)),
            computedBand: computedBand[row] ?? .unknown, daysInBand: daysInBand[row] ?? 0,
            daysOnOtherSide: daysOnOtherSide[row] ?? 0, runsBelow: runsBelow[row] ?? 0, flags: flags[row])
        return SmoothingStore.StoredDay(
            account: account,
            score: DayScore(
                day: date, score: score[row] ?? 0, baseline: baseline[row] ?? 0, clip: clip[row] ?? 0,
                points: numbers(points), coverage: coverage[row] ?? 0, flags: flags[row]),
            exceptions: try exceptions(row), state: state, band: band[row] ?? .unknown)
    }

    private func exceptions(_ row: Int) throws -> [BandException] {
        try (reasons[row] ?? "").split(separator: ",").map { word in
            guard let exception = BandException(rawValue: String(word)) else {
                throw StoreError.unreadableRow("reasons of health_score says \"\(word)\"")
            }
            return exception
        }
    }
}
