import HaleDomain
import HaleService

/// The alerts at the end of a run of days: what came of them, or why nothing did. Scores and tasks stand either way.
struct NightlyAlerts {
    private let result: Result<[AlertStage.Outcome], any Error>

    /// Takes the alerts through the days of a run.
    static func run(_ run: DayRun, from first: Day) async -> NightlyAlerts {
        do {
            return NightlyAlerts(result: .success(try await run.runAlerts(from: first)))
        } catch {
            return NightlyAlerts(result: .failure(error))
        }
    }

    /// Says on standard error what happened; throws what failed.
    func report() throws {
        let outcomes = try result.get()
        let counts = [("fire", .firing), ("resolved", .resolved), ("pending", .pending)].map {
            (word: String, kind: AlertTransition.Kind) in
            (word: word, count: outcomes.reduce(0) { $0 + $1.count(kind) })
        }.filter { $0.count > 0 }
        if !counts.isEmpty {
            let text = counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
            Console.printError("alerts: \(text); hale alerts list")
        }
        for complaint in Set(outcomes.flatMap(\.complaints)).sorted(by: { $0.rule < $1.rule }) {
            Console.printError("hale: \(complaint.sentence)")
        }
        for rule in outcomes.last?.held ?? [] {
            Console.printError("hale: rule \(rule) is held: look, then run hale rules release \(rule)")
        }
    }
}
