import HaleDomain
import HaleService

extension DayRun.Outcome {
    /// Says on standard error what came of the alerts; throws what stopped them.
    func reportAlerts() throws {
        guard let outcomes = try alerts?.get() else { return }
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
