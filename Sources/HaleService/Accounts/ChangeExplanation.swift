package import HaleDomain
package import HaleStore
import Postgres

/// Explains why an account's score is another one than on an earlier day.
package struct ChangeExplanation: Sendable {
    /// An explained change.
    package struct Outcome: Sendable {
        /// The earlier day.
        package let before: ScoreExplanation
        /// The later day.
        package let after: ScoreExplanation
        /// What lies between them.
        package let change: AccountChange
        /// The band that people saw on the earlier day.
        package let bandBefore: Band
        /// The band that people see on the later day.
        package let bandAfter: Band
    }

    /// Why a change cannot be explained.
    package enum Refusal: CodedError, Equatable {
        /// The account was not scored up to a day.
        case notScored(String, upTo: Day)
        /// Both days are the same scored day.
        case nothingBetween(Day)
        /// A day was scored by a model that cannot be read any more.
        case foreignModel(String, day: Day)

        package var code: String {
            switch self {
            case .notScored: "HALE-WHY-001"
            case .nothingBetween: "HALE-WHY-002"
            case .foreignModel: "HALE-WHY-003"
            }
        }

        package var message: String {
            switch self {
            case .notScored(let account, let day):
                "account \"\(account)\" was not scored on \(day) or before: run hale score --as-of \(day)"
            case .nothingBetween(let day):
                "the newest score up to both days is that of \(day): give an earlier --since"
            case .foreignModel(let model, let day):
                "\(day) was scored by a model \"\(model)\" that cannot be read any more: run hale score --as-of \(day)"
            }
        }
    }

    private let database: Database

    /// An explanation from the stored scores of a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// The change of an account from the newest scored day up to `since` to the newest up to `day`.
    package func run(account: String, since: Day, to day: Day) async throws -> Outcome {
        try await database.withConnection { connection in
            let store = AccountStore(connection)
            let after = try await scored(account, upTo: day, store)
            let before = try await scored(account, upTo: since, store)
            guard before.day < after.day else { throw Refusal.nothingBetween(after.day) }
            guard let model = try await HealthModel.kept(hash: after.modelHash, on: connection) else {
                throw Refusal.foreignModel(after.model, day: after.day)
            }
            let restated =
                before.modelHash == after.modelHash ? nil : try await restated(before, under: model, on: connection)
            let overrides = OverrideStore(connection)
            let first = try await overrides.inForce(on: before.day)[before.accountKey]
            let last = try await overrides.inForce(on: after.day)[after.accountKey]
            return Outcome(
                before: before, after: after,
                change: AccountChange(
                    before: before.breakdown, restated: restated, after: after.breakdown, model: model,
                    override: Self.sentence(first, last)),
                bandBefore: BandOverride.apply(first?.band, to: before.band, exceptions: before.exceptions),
                bandAfter: BandOverride.apply(last?.band, to: after.band, exceptions: after.exceptions))
        }
    }

    /// What people said of the band in between, in words.
    private static func sentence(_ before: BandOverride?, _ after: BandOverride?) -> String? {
        switch (before, after) {
        case (nil, nil): nil
        case (let before?, nil): "no longer: \(before.sentence)"
        case (let before, let after?): before == after ? "as before: \(after.sentence)" : after.sentence
        }
    }

    private func scored(_ account: String, upTo day: Day, _ store: AccountStore) async throws -> ScoreExplanation {
        guard let scored = try await store.scoredDay(of: account, upTo: day),
            let explanation = try await store.explanation(of: account, asOf: scored)
        else { throw Refusal.notScored(account, upTo: day) }
        return explanation
    }

    /// The earlier day under the later day's model, with the figures of all accounts that the day was scored with.
    private func restated(
        _ before: ScoreExplanation, under model: HealthModel, on connection: Connection
    ) async throws -> ScoreBreakdown {
        let figures = try await PortfolioStore(connection).figures(on: before.day, modelHash: before.modelHash)
        guard let stored = figures, let range = AccountRange(keys: [before.accountKey]) else {
            throw Refusal.foreignModel(before.model, day: before.day)
        }
        let scores = try await ScoreTrial.scores(
            of: range, under: model, on: before.day, with: stored, readers: ScoreReaders(connection))
        guard let score = scores.first else {
            throw Refusal.foreignModel(before.model, day: before.day)
        }
        return ScoreBreakdown(score, model: model)
    }
}
