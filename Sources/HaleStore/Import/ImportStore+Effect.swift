package import HaleDomain
import HaleSQL
import Postgres

extension ImportStore {
    /// What an import asks of what is in.
    package struct StandingQuestion: Sendable, Equatable {
        /// Whether it asks for accounts.
        package var accounts = false
        /// Whether it asks for people.
        package var people = false
        /// Whether it asks for live contracts and their ARR.
        package var contracts = false

        /// Nothing.
        package init() {}

        /// Whether it asks for nothing.
        package var isEmpty: Bool { !accounts && !people && !contracts }
    }

    /// How the ARR that an import of contracts wrote compares with what was known.
    package struct Restatement: Sendable, Equatable {
        /// Contracts that were known and whose ARR is another one.
        package let changed: Int64
        /// Those of them at 10 to 14 times what it was.
        package let atTwelveTimes: Int64
        /// Those of them at a tenth to a fourteenth.
        package let atATwelfth: Int64
        /// New contracts with an ARR.
        package let added: Int64
        /// Their median ARR [minor units of the reporting currency].
        package let addedMedianMinor: Int64?
        /// The other live contracts with an ARR.
        package let others: Int64
        /// Their median ARR [minor units of the reporting currency].
        package let othersMedianMinor: Int64?
    }

    /// What is in on a day.
    package func standing(_ question: StandingQuestion, on day: Day) async throws -> ImportEffect.Standing {
        var standing = ImportEffect.Standing()
        guard !question.isEmpty else { return standing }
        let row = try UsageStore.only(
            await connection.query(
                Statement(SQL.Import.standing),
                [day.postgresDate, question.accounts, question.people, question.contracts]))
        standing.accounts = try row.decodeIfPresent("accounts")
        standing.people = try row.decodeIfPresent("people")
        standing.contracts = try row.decodeIfPresent("contracts")
        standing.arrMinor = try row.decodeIfPresent("arr_minor")
        standing.currency = try row.decodeIfPresent("currency")
        standing.minorDigits = try row.decodeIfPresent("minor_digits")
        return standing
    }

    /// How the contracts that an import wrote compare with those that were known.
    package func restatement(receipt: Int64, on day: Day) async throws -> Restatement {
        let row = try UsageStore.only(
            await connection.query(Statement(SQL.ImportContracts.restated), [receipt, day.postgresDate]))
        return Restatement(
            changed: try row.decode("changed"), atTwelveTimes: try row.decode("at_twelve_times"),
            atATwelfth: try row.decode("at_a_twelfth"), added: try row.decode("added"),
            addedMedianMinor: try row.decodeIfPresent("added_median_minor"), others: try row.decode("others"),
            othersMedianMinor: try row.decodeIfPresent("others_median_minor"))
    }
}
