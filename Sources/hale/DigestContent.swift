import HaleDelivery
import HaleDocuments
import HaleDomain
import HaleStore

/// Puts digests together from the answers of other commands.
struct DigestContent {
    /// Of how many days the first digest tells alerts.
    private static let firstDays = 7

    private let database: Database

    init(_ database: Database) {
        self.database = database
    }

    /// The day asked for, or the newest scored one.
    func day(_ date: Day?) async throws -> Day {
        if let date { return date }
        guard let newest = try await database.withConnection({ try await ScoreCalendar($0).newest() }) else {
            throw CommandError.nothingScored
        }
        return newest
    }

    /// The morning, and what nothing else tells of.
    func day(of narrowing: Narrowing, on day: Day) async throws -> DigestDocument {
        let morning = try await MorningList(database, narrowing: narrowing, date: day).day(since: .lastWorkingDay)
        let alerts = try await database.withConnection { connection in
            let before = try await DigestStore(connection).newest(before: day, csm: narrowing.csm)
            var selection = AlertStore.Selection()
            selection.csm = narrowing.csm
            return DigestAlertsDocument(
                among: try await AlertStore(connection).list(asOf: day, selection),
                after: before ?? day - Self.firstDays)
        }
        return DigestDocument(
            [morning] + (alerts.alerts.isEmpty ? [] : [alerts.document]), csm: narrowing.csm)
    }

    func forecast(on day: Day) async throws -> DigestDocument {
        DigestDocument([try await Forecast.Show.document(database, asOf: day)], csm: nil)
    }

    /// The digests that somebody gets; a CSM on whose day there is nothing gets none.
    func digests(
        _ kind: DigestKind, on day: Day, for wanted: (eachCSM: Bool, everybody: Bool), only csm: String?
    ) async throws -> [DigestMail] {
        if kind == .weeklyForecast { return [try await forecast(on: day).mail] }
        var digests: [DigestDocument] = []
        if wanted.eachCSM {
            for csm in try await csms(only: csm) {
                digests.append(try await self.day(of: Narrowing(csm: csm, segment: nil), on: day))
            }
        }
        if wanted.everybody, csm == nil {
            digests.append(try await self.day(of: Narrowing(csm: nil, segment: nil), on: day))
        }
        return digests.filter { !$0.isEmpty }.map(\.mail)
    }

    private func csms(only csm: String?) async throws -> [String] {
        try await database.withConnection { connection in
            if let csm { return [try await LookUp.csm(csm, on: connection)] }
            return try await DigestStore(connection).csms()
        }
    }
}
