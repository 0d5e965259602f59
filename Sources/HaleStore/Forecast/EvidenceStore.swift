package import HaleDomain
import HaleSQL
package import Postgres

/// Keeps what was known of decided renewals some time before.
package struct EvidenceStore: Sendable {
    /// A decided renewal that is looked at.
    package struct Wanted: Sendable, Hashable {
        /// Key of the account.
        package let account: Int64
        /// Key of the contract.
        package let contract: Int64
        /// The contract's id as imported.
        package let contractID: String
        /// The term end that was decided.
        package let renewalOn: Day
        /// The day before which everything was known that counts.
        package let snapshotOn: Day
        /// The account's segment.
        package let segment: String?
        /// Days since the account's first contract began, at the snapshot.
        package let tenureDays: Int
        /// Whether anything of the contract was recorded by the snapshot.
        package let isKnown: Bool
    }

    /// What was known of it.
    package struct Evidence: Sendable, Hashable {
        /// The renewal.
        package var wanted: Wanted
        /// The account's score; nil where too little was known.
        package var score: Double?
        /// Mean and spread of the scores of the day.
        package var scores: ScoreDistribution
        /// Names of the dimensions of the account's model.
        package var dimensions: [String]
        /// Points of each.
        package var points: [Double]
        /// Mean points of each over all scored accounts.
        package var meanPoints: [Double]
        package var band: Band
        /// Whether the contract was running.
        package var isOpen: Bool
        /// Whether notice was given already.
        package var noticeGiven: Bool

        /// What was known of a renewal.
        package init(
            wanted: Wanted, score: Double?, scores: ScoreDistribution, dimensions: [String], points: [Double],
            meanPoints: [Double], band: Band, isOpen: Bool, noticeGiven: Bool
        ) {
            self.wanted = wanted
            self.score = score
            self.scores = scores
            self.dimensions = dimensions
            self.points = points
            self.meanPoints = meanPoints
            self.band = band
            self.isOpen = isOpen
            self.noticeGiven = noticeGiven
        }

        /// Of a renewal on a day on which none of its day's contracts was known: there is nothing to foretell.
        package init(unknown wanted: Wanted) {
            self.init(
                wanted: wanted, score: nil, scores: ScoreDistribution(scores: []), dimensions: [], points: [],
                meanPoints: [], band: .unknown, isOpen: false, noticeGiven: false)
        }
    }

    /// Why a decided renewal cannot be learnt from.
    package enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The contract was recorded after the snapshot.
        case notKnown
        /// The contract was not running at the snapshot.
        case notRunning
        /// Notice was given before the snapshot.
        case noticeGiven
        /// Too little was known for a score.
        case notScored
    }

    /// Decided renewals that are left out.
    package struct LeftOut: Sendable, Hashable {
        /// How many.
        package var renewals = 0
        /// How many of those were lost.
        package var lost = 0
    }

    /// The renewals that can be learnt from, and how many cannot.
    package struct Renewals: Sendable, Hashable {
        /// Names of the dimensions, in the order of each renewal's.
        package var dimensions: [String] = []
        /// The renewals, in order of their decisions.
        package var rows: [BacktestRow] = []
        fileprivate var left: [Reason: LeftOut] = [:]

        /// The renewals that are left out for a reason.
        package func leftOut(_ reason: Reason) -> LeftOut { left[reason] ?? LeftOut() }

        /// All renewals that are left out.
        package var leftOut: LeftOut {
            left.values.reduce(into: LeftOut()) { sum, part in
                sum.renewals += part.renewals
                sum.lost += part.lost
            }
        }
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// Makes all decided renewals wanted again; what is kept of them counts until then.
    package func lookAgain(leadDays: Int) async throws {
        _ = try await connection.execute(Statement(SQL.Forecast.evidenceAgain), [Int32(leadDays)])
    }

    /// The decided renewals of which nothing is kept that was found under these models, the newest snapshot first.
    package func wanted(leadDays: Int, models: String) async throws -> [Wanted] {
        let rows = try await connection.query(Statement(SQL.Forecast.evidenceWanted), [Int32(leadDays), models])
        return try rows.map { row in
            Wanted(
                account: try row.decode("account_id"), contract: try row.decode("contract_id"),
                contractID: try row.decode("external_id"), renewalOn: try row.day("renewal_on"),
                snapshotOn: try row.day("snapshot_on"), segment: try row.decodeIfPresent("segment"),
                tenureDays: Int(try row.decode("tenure_days", as: Int32.self)), isKnown: try row.decode("is_known"))
        }
    }

    /// Keeps what was known. Runs in a transaction of the caller.
    package func store(_ evidence: [Evidence], leadDays: Int, models: String) async throws {
        try await connection.script(Statement(SQL.Forecast.evidenceStaging))
        _ = try await connection.copyIn(Statement(SQL.Forecast.copyEvidence)) { writer in
            var buffer = BinaryCopyBuffer()
            for entry in evidence { buffer.append(entry, leadDays: leadDays, models: models) }
            buffer.finish()
            try await writer.write(buffer.take())
        }
        _ = try await connection.execute(Statement(SQL.Forecast.storeEvidence))
    }

    /// What is kept of the renewals decided before a day, with scores in deviations of the scores of their day.
    package func renewals(
        before day: Day, leadDays: Int, assumptions: RenewalAssumptions = RenewalAssumptions()
    ) async throws -> Renewals {
        let rows = try await connection.query(
            Statement(SQL.Forecast.evidence), [day.postgresDate, Int32(leadDays)])
        var result = Renewals()
        result.dimensions = try Set(rows.flatMap { try $0.decode("dimensions", as: [String].self) }).sorted()
        for row in rows {
            let score = try row.decodeIfPresent("score", as: Double.self)
            if let reason = try Self.reason(row, score: score) {
                result.left[reason, default: LeftOut()].renewals += 1
                if try !row.decode("is_renewed", as: Bool.self) { result.left[reason]?.lost += 1 }
            } else if let score {
                result.rows.append(try Self.row(row, score: score, dimensions: result.dimensions, assumptions))
            }
        }
        return result
    }

    /// Why a renewal is left out; nil for one that can be learnt from.
    private static func reason(_ row: Row, score: Double?) throws -> Reason? {
        if try !row.decode("is_open", as: Bool.self) {
            return try row.decode("is_known", as: Bool.self) ? .notRunning : .notKnown
        }
        if try row.decode("notice_given", as: Bool.self) { return .noticeGiven }
        return score == nil ? .notScored : nil
    }

    private static func row(
        _ row: Row, score: Double, dimensions: [String], _ assumptions: RenewalAssumptions
    ) throws -> BacktestRow {
        var mean = try row.decodeIfPresent("score_mean", as: Double.self) ?? 0
        var deviation = try row.decodeIfPresent("score_deviation", as: Double.self) ?? 0
        let accounts = Int(try row.decode("scored_accounts", as: Int32.self))
        if accounts < assumptions.minimumScoredAccounts || deviation < assumptions.minimumScoreDeviation {
            (mean, deviation) = (assumptions.scoreMean, assumptions.scoreDeviation)
        }
        let names = try row.decode("dimensions", as: [String].self)
        let points = try row.decode("points", as: [Double].self)
        let means = try row.decode("mean_points", as: [Double].self)
        let own = Dictionary(uniqueKeysWithValues: zip(names, zip(points, means).map { ($0 - $1) / deviation }))
        return BacktestRow(
            account: try row.decode("account_id"), segment: try row.decodeIfPresent("segment"),
            snapshotOn: try row.day("snapshot_on"),
            renewal: DecidedRenewal(
                decidedOn: try row.day("decided_on"), dueOn: try row.day("renewal_on"),
                isRenewed: try row.decode("is_renewed"),
                group: RenewalGroup(
                    segment: nil, term: RenewalTerm(months: Int(try row.decode("term", as: Int32.self)))),
                number: Int(try row.decode("renewal_number", as: Int32.self)), score: (score - mean) / deviation,
                dimensions: dimensions.map { own[$0] ?? 0 }),
            band: try row.decode("band"),
            tenureDays: Int(try row.decode("tenure_days", as: Int32.self)))
    }

    /// Share of the imported facts whose time of knowledge is assumed; nil without facts.
    package func assumedKnowledge() async throws -> Double? {
        try await connection.query(Statement(SQL.Forecast.assumedKnowledge)).first?.decodeIfPresent("share")
    }

    /// Accounts that the CSMs can look after in a month.
    package func monthlyContacts() async throws -> Int {
        guard let row = try await connection.query(Statement(SQL.Forecast.monthlyContacts)).first else { return 0 }
        return Int(try row.decode("contacts", as: Int64.self))
    }
}

extension BinaryCopyBuffer {
    /// Appends what was known of a renewal as a row of `forecasts/evidence_staging`.
    fileprivate mutating func append(_ evidence: EvidenceStore.Evidence, leadDays: Int, models: String) {
        beginRow(fieldCount: 18)
        append(evidence.wanted.account)
        append(evidence.wanted.contract)
        append(evidence.wanted.renewalOn.postgresDate)
        append(Int32(leadDays))
        append(evidence.wanted.snapshotOn.postgresDate)
        append(evidence.wanted.segment)
        append(evidence.score as Double?)
        append(evidence.scores.mean)
        append(evidence.scores.deviation)
        append(Int32(evidence.scores.accounts))
        append(evidence.dimensions)
        append(doubles: evidence.points.count) { evidence.points[$0] }
        append(doubles: evidence.meanPoints.count) { evidence.meanPoints[$0] }
        append(evidence.band)
        append(Int32(evidence.wanted.tenureDays))
        append(evidence.isOpen)
        append(evidence.noticeGiven)
        append(models)
    }
}
