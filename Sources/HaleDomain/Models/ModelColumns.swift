/// The columns that a model's expressions may use.
package enum ModelColumns {
    /// A column with what it is.
    package struct Column: Sendable, Hashable {
        /// Its name in expressions.
        package let name: String
        /// Its type in PostgreSQL.
        package let type: String
        /// What it is, with its unit.
        package let meaning: String
    }

    /// Those of `when`.
    package static let selection: [Column] = [
        Column(name: "segment", type: "text", meaning: "the account's segment"),
        Column(name: "lifecycle_stage", type: "text", meaning: "the account's stage"),
        Column(name: "country", type: "text", meaning: "the account's country"),
        Column(name: "industry", type: "text", meaning: "the account's industry"),
        Column(name: "csm", type: "text", meaning: "e-mail of the responsible CSM"),
        Column(name: "age_days", type: "integer", meaning: "days since the account started; null if unknown"),
    ]

    /// Those of a `measure`.
    package static let measure: [Column] =
        selection + [
            Column(name: "arr", type: "numeric", meaning: "ARR of the live contracts [reporting currency]"),
            Column(name: "seats", type: "bigint", meaning: "seats bought in the live contracts"),
            Column(name: "live_contracts", type: "integer", meaning: "live contracts"),
            Column(name: "days_to_renewal", type: "integer", meaning: "days to the earliest renewal"),
            Column(name: "events_28d", type: "bigint", meaning: "usage rows in 28 days"),
            Column(name: "quantity_28d", type: "bigint", meaning: "sum of their quantities"),
            Column(name: "prior_events_28d", type: "bigint", meaning: "usage rows in the 28 days before"),
            Column(name: "active_days_28d", type: "integer", meaning: "days with usage in 28 days"),
            Column(name: "active_people_28d", type: "integer", meaning: "people with usage in 28 days"),
            Column(name: "open_tickets", type: "integer", meaning: "open tickets"),
        ]
}
