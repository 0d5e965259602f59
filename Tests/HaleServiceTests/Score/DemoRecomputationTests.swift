import Foundation
import HaleDemo
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Two years of the made-up company, scored as the facts came in and again when all of them are there.
@Suite(.database) struct `Recomputing the days of the made-up company` {
    /// The columns that say when a fact happened, by the kind of its file; other kinds are known from the start.
    private static let timeColumns = [
        "usage": "occurred_at", "nps": "responded_at", "tickets": "opened_at", "touchpoints": "occurred_at",
        "invoices": "due_on",
    ]

    private struct Halves {
        var earlier = ""
        var later = ""

        init(_ text: String, column: String, before cut: String) {
            var position: Int?
            for line in text.split(separator: "\n") {
                // No field before the time has a comma in it.
                let fields = line.split(separator: ",", omittingEmptySubsequences: false)
                guard let position else {
                    position = fields.firstIndex { $0 == column }
                    earlier = line + "\n"
                    later = line + "\n"
                    continue
                }
                if fields[position] < cut { earlier += line + "\n" } else { later += line + "\n" }
            }
        }
    }

    private func load(_ kind: ImportKind, _ text: String, into database: Database) async throws {
        try await ImportFixture.load(kind, text, into: database) { $0.isHistory = true }
    }

    @Test(.timeLimit(.minutes(30)))
    func `sixty days as of their time equal what was stored of them, and running them again writes nothing`()
        async throws
    {
        let database = try TestDatabase.shared.database
        let anchor = try DemoWorkspace.day(DemoWorkspace.anchor)
        let cut = anchor - 240
        var files: [(kind: ImportKind, text: String)] = []
        let company = DemoCompany(anchor: anchor)
        try DemoWorkspace.withDirectory { directory in
            for file in try company.write(to: directory) {
                let kind = file.kind
                files.append((kind, try String(contentsOfFile: file.path, encoding: .utf8)))
            }
        }
        var generator = SplitMix(seed: 60)
        var days: Set<Day> = []
        while days.count < 60 { days.insert(anchor - Int.random(in: 0..<480, using: &generator)) }
        let ordered = days.sorted()
        let early = ordered.filter { $0 <= cut }
        try #require(early.count > 20)

        var later: [(kind: ImportKind, text: String)] = []
        for (kind, text) in files {
            guard let column = Self.timeColumns[kind.rawValue] else {
                try await load(kind, text, into: database)
                continue
            }
            let halves = Halves(text, column: column, before: cut.description)
            try await load(kind, halves.earlier, into: database)
            later.append((kind, halves.later))
        }
        for day in early { _ = try await ScoreStage(database).run(asOf: day) }
        let stored = try await ScoreFixture.storedScores()
        #expect(stored.count == 200 * early.count)

        // Everything that happened since becomes known; the past days were right as they stood.
        for (kind, text) in later { try await load(kind, text, into: database) }
        for day in ordered where day > cut { _ = try await ScoreStage(database).run(asOf: day) }
        let written = try await ScoreFixture.writes()
        for day in ordered {
            let outcome = try await ScoreStage(database).run(asOf: day)
            #expect(outcome.changes.isEmpty, "\(day): \(outcome.changes)")
        }
        #expect(try await ScoreFixture.writes() == written)
        #expect(try await ScoreFixture.storedScores().prefix(stored.count) == stored[...])
        #expect(try await ScoreFixture.unbalancedRows() == 0)
        #expect(
            try await ImportFixture.number(
                "select count(*) from hale_data.health_score where band = 'unknown' and cardinality(reasons) > 0 "
                    + "and reasons <> array['notice_given']") == 0)
    }
}
