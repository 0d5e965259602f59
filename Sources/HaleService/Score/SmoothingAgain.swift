import HaleDomain
import HaleStore
import Postgres

/// Smooths the stored days after a replaced one again, each from what is stored of it: its score, coverage and flags
/// (architecture §3). The facts are not read, so a hundred later days cost less than scoring one.
struct SmoothingAgain {
    let day: Day
    let model: HealthModel
    let modelHash: String
    /// The run that replaced the day; nil where a day after it was taken back, so that all accounts go on from it.
    let run: Int64?
    let writer: Connection

    /// Smooths the later days of the accounts that the run wrote, or of all; returns how many days there are.
    func run(_ ranges: [AccountRange]) async throws -> Int {
        let days = try await ScoreCalendar(writer).days(after: day, modelHash: modelHash)
        guard !days.isEmpty else { return 0 }
        let store = SmoothingStore(writer)
        for range in ranges.flatMap({ pieces(of: $0, days: days.count + 1) }) {
            let rows =
                if let run {
                    try await store.rows(from: day, range: range, modelHash: modelHash, run: run)
                } else { try await store.rows(from: day, range: range, modelHash: modelHash) }
            try await store.store(replayed(rows, days: days), after: day, modelHash: modelHash)
        }
        return days.count
    }

    private static let rowsAtOnce = 50_000

    /// A range cut so that the stored days of a piece fit into memory, however many there are.
    private func pieces(of range: AccountRange, days: Int) -> [AccountRange] {
        let count = max(1, min(range.accounts, range.accounts * days / Self.rowsAtOnce))
        let width = (range.last - range.first) / Int64(count) + 1
        return stride(from: range.first, through: range.last, by: Int64.Stride(width)).map { first in
            AccountRange(first: first, last: min(range.last, first + width - 1), accounts: range.accounts / count)
        }
    }

    /// The rows whose smoothing changed.
    private func replayed(_ rows: [SmoothingStore.StoredDay], days: [Day]) -> [SmoothingStore.StoredDay] {
        var changed: [SmoothingStore.StoredDay] = []
        var previous: SmoothingStore.StoredDay?
        let before = Dictionary(uniqueKeysWithValues: zip(days, [day] + days))
        for row in rows {
            guard let earlierDay = before[row.state.day] else {
                // The replaced day itself, with which an account begins.
                previous = row
                continue
            }
            let earlier = previous.flatMap { $0.account == row.account && $0.state.day == earlierDay ? $0 : nil }
            var next = row
            next.state = ScoreState.smooth(row.score, after: earlier?.state, model: model)
            next.band = BandException.apply(row.exceptions, to: next.state.computedBand, model: model)
            if next.state != row.state || next.band != row.band { changed.append(next) }
            previous = next
        }
        return changed
    }
}
