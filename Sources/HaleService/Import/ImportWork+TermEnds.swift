import Delimited
import HaleDomain
import HaleFiles
import HaleStore
import Postgres

/// What the end of a term names in a file of contracts, the first day not covered or the last one covered: said by the
/// user or the mapping, else found from the whole column, else asked.
extension ImportWork {
    /// Makes the ends of all staged terms the first days not covered, and says in the receipt how they were read.
    func settleTermEnds(of receipt: inout ImportStore.Receipt, on connection: Connection) async throws {
        let store = TermEndStore(connection)
        let count = try await store.count()
        guard count.ends > 0 else { return }
        let given = request.termEnd ?? request.mapping?.termEnd
        guard let end = given ?? count.named else { throw ImportFailure.file([ambiguity(count)]) }
        if end == .lastDay { try await store.move() }
        var recipe = recipe
        recipe.termEnd = end
        receipt.recipe = try recipe.json
        // Of rejected rows the first receipt has said it.
        if request.replayed == nil { receipt.notes.append(note(end, isGiven: given != nil, count)) }
    }

    private func note(_ end: TermEnd, isGiven: Bool, _ count: TermEndStore.Count) -> String {
        let meaning =
            switch end {
            case .dayAfter: "the first day not covered"
            case .lastDay: "the last day covered (renewal dates are the day after)"
            }
        if isGiven { return "ends_on: \(meaning), as given" }
        let telling = end == .dayAfter ? count.dayAfter : count.lastDay
        return "ends_on: \(meaning), as \(telling) of \(count.ends) terms tell"
    }

    private func ambiguity(_ count: TermEndStore.Count) -> ImportProblem {
        let found =
            count.dayAfter + count.lastDay == 0
            ? "none of the \(count.ends) terms tells" : "\(count.dayAfter) terms tell one, \(count.lastDay) the other"
        return ImportProblem(
            .ambiguousTermEnds, file: file.name, column: "ends_on",
            "is the last day covered, or the first day not covered? \(found); give --ends-on last-day or --ends-on day-after"
        )
    }
}
