package import HaleDomain
import HaleSQL
package import Postgres

/// Reads what became of accounts between two days.
package struct NewsStore: Sendable {
    /// An account whose health moved.
    package struct Move: Sendable {
        /// The account's id as imported.
        package let accountID: String
        package let name: String
        package let move: HealthMove
    }

    /// Something that was said or done about an account.
    package struct Word: Sendable {
        /// What it is.
        package enum Kind: String, Sendable, CaseIterable {
            case note, answer, ticket, call, meeting, email, reply
            /// A contact of which nobody says what it was.
            case contact
            /// Notice of non-renewal.
            case notice
            case renewed, lost
        }

        /// The account's id as imported.
        package let accountID: String
        package let name: String
        package let kind: Kind
        package let day: Day
        /// Who said it, or with whom; nil where nobody knows.
        package let person: String?
        /// Of an answer from 0 to 10, of a ticket its priority.
        package let score: Int?
        /// What was said.
        package let text: String?
    }

    /// A renewal that is decided soon.
    package struct Decision: Sendable {
        /// The account's id as imported.
        package let accountID: String
        package let name: String
        package let day: Day
        package let band: Band
        /// ARR of the live contracts, in minor units of the reporting currency.
        package let arrMinor: Int64
    }

    private let connection: Connection

    /// A store that works on a connection.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    /// The accounts whose health is another one than on an earlier scored day; a CSM's, or all.
    package func moves(asOf day: Day, since earlier: Day, csm: String?) async throws -> [Move] {
        try await connection.query(
            Statement(SQL.News.healthMoves),
            [day.postgresDate, earlier.postgresDate, csm, HealthMove.newsPoints]
        ).map { row in
            Move(
                accountID: try row.decode("account_id"), name: try row.decode("name"),
                move: HealthMove(
                    formerBand: try row.decode("former_band"), band: try row.decode("band"),
                    formerScore: try row.decode("former_score"), score: try row.decode("score")))
        }
    }

    /// What was said and done from one day to another, both included.
    package func words(from first: Day, to last: Day, csm: String?) async throws -> [Word] {
        try await connection.query(Statement(SQL.News.words), [last.postgresDate, first.postgresDate, csm]).map { row in
            Word(
                accountID: try row.decode("account_id"), name: try row.decode("name"), kind: try row.decode("kind"),
                day: try row.day("day"), person: try row.decodeIfPresent("person"),
                score: try row.decodeIfPresent("score", as: Int32.self).map(Int.init),
                text: try row.decodeIfPresent("words"))
        }
    }

    /// The renewals that are decided within some days, the nearest first.
    package func decisions(asOf day: Day, within days: Int, csm: String?, limit: Int) async throws -> [Decision] {
        try await connection.query(
            Statement(SQL.News.decisions), [day.postgresDate, csm, Int32(days), Int32(limit)]
        ).map { row in
            Decision(
                accountID: try row.decode("account_id"), name: try row.decode("name"), day: try row.day("decision_on"),
                band: try row.decode("band"), arrMinor: try row.decode("arr_minor"))
        }
    }

    /// The country of most of a CSM's accounts; nil where none is known.
    package func homeCountry(csm: String?) async throws -> String? {
        try await connection.query(Statement(SQL.News.homeCountry), [csm]).first?.decode("country")
    }
}

extension NewsStore.Word.Kind: PostgresWord {}
