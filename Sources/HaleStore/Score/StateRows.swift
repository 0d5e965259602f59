import HaleDomain
import Postgres

/// The rows of `features/states`, one account after another.
struct StateRows {
    private let key: IntegerColumn
    private let score: DoubleColumn
    private let baseline: DoubleColumn
    private let clip: DoubleColumn
    private let points: DoubleArrayColumn
    private let band: [Band?]
    private let daysInBand: DoubleColumn
    private let daysOnOtherSide: DoubleColumn
    private let runsBelow: IntegerColumn
    private let flags: FlagColumns
    private let count: Int
    private let day: Day
    private var row = 0

    init(_ table: RowTable, day: Day) throws {
        key = try table.integers("account_id")
        score = try table.doubles("smoothed_score")
        baseline = try table.doubles("smoothed_baseline")
        clip = try table.doubles("smoothed_clip")
        points = try table.doubleArrays("smoothed_points")
        band = try table.words("computed_band")
        daysInBand = try table.doubles("days_in_band")
        daysOnOtherSide = try table.doubles("days_on_other_side")
        runsBelow = try table.integers("runs_below")
        flags = try FlagColumns(table)
        count = table.count
        self.day = day
    }

    /// The state of an account; nil where it was not scored. Keys must be asked for in ascending order.
    mutating func next(_ account: Int64) -> ScoreState? {
        while row < count, let other = key[row], other < account { row += 1 }
        guard row < count, let other = key[row], other == account else { return nil }
        return state(row)
    }

    private func state(_ row: Int) -> ScoreState {
        ScoreState(
            day: day,
            smoothed: SmoothedScore(
                score: score[row] ?? 0, baseline: baseline[row] ?? 0, clip: clip[row] ?? 0,
                points: (points[row] ?? []).map { $0 ?? 0 }),
            computedBand: band[row] ?? .unknown, daysInBand: daysInBand[row] ?? 0,
            daysOnOtherSide: daysOnOtherSide[row] ?? 0, runsBelow: runsBelow[row] ?? 0, flags: flags[row])
    }
}

/// The columns that say since when each flag is on.
struct FlagColumns {
    private let cliff: DateColumn
    private let decline: DateColumn
    private let rise: DateColumn
    private let championLeft: DateColumn
    private let detractor: DateColumn

    init(_ table: RowTable) throws {
        cliff = try table.dates("cliff_since")
        decline = try table.dates("decline_since")
        rise = try table.dates("rise_since")
        championLeft = try table.dates("champion_left_since")
        detractor = try table.dates("detractor_since")
    }

    subscript(row: Int) -> RiskFlags {
        func day(_ column: DateColumn) -> Day? { column[row].map { Day(daysSince2000: $0) } }
        return RiskFlags(
            cliffSince: day(cliff), declineSince: day(decline), riseSince: day(rise),
            championLeftSince: day(championLeft), detractorSince: day(detractor))
    }
}
