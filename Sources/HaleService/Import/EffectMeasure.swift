import HaleDomain
import HaleStore

/// Measures what an import does to what is in: before its rows are written and after, of what they touch.
struct EffectMeasure: Sendable {
    private let kind: ImportKind
    private let store: ImportStore
    private let day: Day
    private let question: ImportStore.StandingQuestion
    private let before: ImportEffect.Standing

    /// Looks at what is in now, before the import of a kind.
    init(_ kind: ImportKind, in store: ImportStore, on day: Day) async throws {
        self.kind = kind
        self.store = store
        self.day = day
        var question = ImportStore.StandingQuestion()
        question.accounts = kind == .accounts
        question.people = kind == .people
        question.contracts = kind == .contracts
        self.question = question
        before = try await store.standing(question, on: day)
    }

    /// What the import has done; nil where it changed nothing of what is measured. What was created because rows named
    /// it counts too.
    func effect(of receipt: ImportStore.Receipt) async throws -> ImportEffect? {
        var question = question
        var before = before
        question.accounts = question.accounts || receipt.createdAccounts > 0
        question.people = question.people || receipt.createdPeople > 0
        guard receipt.inserted + receipt.updated + receipt.createdAccounts + receipt.createdPeople > 0,
            !question.isEmpty
        else { return nil }
        let after = try await store.standing(question, on: day)
        if before.accounts == nil { before.accounts = after.accounts.map { $0 - receipt.createdAccounts } }
        if before.people == nil { before.people = after.people.map { $0 - receipt.createdPeople } }
        let restatement =
            kind == .contracts ? try await store.restatement(receipt: receipt.number, on: day) : nil
        return ImportEffect(
            before: before, after: after,
            doubts: EffectDoubts(before: before, after: after, restatement: restatement).all)
    }
}

/// What may be a mistake about an import, from figures alone.
struct EffectDoubts {
    let before: ImportEffect.Standing
    let after: ImportEffect.Standing
    let restatement: ImportStore.Restatement?

    /// From how many contracts on a median means something.
    static let fewestForMedian = 5
    /// From how many contracts or people on their loss is a jump.
    static let fewestForLoss = 4

    /// The doubts, the most telling first.
    var all: [ImportEffect.Doubt] {
        var doubts: [ImportEffect.Doubt] = []
        if let changed { doubts.append(changed) }
        if let added { doubts.append(added) }
        // Where the reason is known, the average says nothing new.
        if doubts.isEmpty, let perContract { doubts.append(perContract) }
        if let lost = loss(.liveContracts, before.contracts, after.contracts) { doubts.append(lost) }
        if let lost = loss(.people, before.people, after.people) { doubts.append(lost) }
        return doubts
    }

    /// More than half of the contracts whose ARR changed are at about 12 times it, or all about a twelfth: prices of a
    /// month taken for those of a year, or the other way round.
    private var changed: ImportEffect.Doubt? {
        guard let restatement, restatement.changed > 0 else { return nil }
        for (count, isUp) in [(restatement.atTwelveTimes, true), (restatement.atATwelfth, false)]
        where count * 2 > restatement.changed {
            return ImportEffect.Doubt(changedContracts: count, of: restatement.changed, isUp: isUp)
        }
        return nil
    }

    /// New contracts whose median is about 12 times that of the others, or a twelfth of it.
    private var added: ImportEffect.Doubt? {
        guard let restatement, let new = restatement.addedMedianMinor, let known = restatement.othersMedianMinor,
            restatement.added >= Self.fewestForMedian, restatement.others >= Self.fewestForMedian, new > 0, known > 0,
            (10...14).contains(Double(max(new, known)) / Double(min(new, known)))
        else { return nil }
        return ImportEffect.Doubt(.newContracts, before: known, after: new, contracts: restatement.added)
    }

    /// ARR per live contract that doubles or halves.
    private var perContract: ImportEffect.Doubt? {
        guard let earlier = average(before), let later = average(after), earlier > 0, before.currency == after.currency,
            later >= earlier * 2 || later * 2 <= earlier
        else { return nil }
        return ImportEffect.Doubt(.arrPerContract, before: earlier, after: later)
    }

    private func average(_ standing: ImportEffect.Standing) -> Int64? {
        guard let contracts = standing.contracts, contracts > 0 else { return nil }
        return standing.arrMinor.map { $0 / contracts }
    }

    private func loss(_ subject: ImportEffect.Doubt.Subject, _ earlier: Int64?, _ later: Int64?) -> ImportEffect.Doubt?
    {
        guard let earlier, let later, earlier >= Self.fewestForLoss, later * 2 <= earlier else { return nil }
        return ImportEffect.Doubt(subject, before: earlier, after: later)
    }
}
