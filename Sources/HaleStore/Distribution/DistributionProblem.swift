import Postgres

/// Something in the schema that would stop it from being spread over several nodes.
package struct DistributionProblem: Sendable, Hashable {
    /// The rule that a thing breaks; the names are those of `server/distribution_problems`.
    package enum Rule: String, Sendable, PostgresWord {
        /// A table whose comment does not say where its rows belong.
        case noKind = "no kind"
        /// A distributed table without the column it would be distributed by.
        case noAccount = "no account"
        /// A key or constraint that is unique over all accounts, which no node can check alone.
        case uniqueAcrossAccounts = "unique across accounts"
        /// A foreign key whose two ends may lie on different nodes.
        case crossesAccounts = "crosses accounts"
        /// A trigger, which would not run on the nodes.
        case trigger = "trigger"
        /// An identity column of another type than `bigint`.
        case identity = "identity"
        /// A table that inherits without being a partition.
        case inheritance = "inheritance"
        /// A rewrite rule.
        case rule = "rule"

        /// What to do about it.
        package var advice: String {
            switch self {
            case .noKind: "begin the table's comment with \"reference: \", \"distributed: \" or \"local: \""
            case .noAccount: "give the table a column account_id bigint not null, or call it reference or local"
            case .uniqueAcrossAccounts: "begin the index with account_id"
            case .crossesAccounts: "begin both sides of the key with account_id, or refer to a reference table"
            case .trigger: "do the trigger's work in the statements that write"
            case .identity: "make the column a bigint"
            case .inheritance: "make the table a partition or a table of its own"
            case .rule: "drop the rule and do its work in the statements that write"
            }
        }
    }

    package let rule: Rule
    /// The table, and what of it, such as `visit.visit_pkey`.
    package let name: String
}
