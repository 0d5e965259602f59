package import Delimited
package import HaleDomain
package import HaleStore

/// The columns that each kind knows, and how its rows come in.
extension ImportKind {
    /// The columns, in the order of the kind's staging table, or of `UsageParser`.
    package var columns: [ColumnDefinition] {
        ownColumns + [.happened("recorded_at", .instant)]
    }

    /// Whether rows have amounts, beside whose currency stands what currencies are written with them.
    var hasAmounts: Bool { self == .contracts || self == .invoices || self == .spend }

    /// Whether rows are keyed by file and line, so that a file imported before must not go in again.
    package var isKeyedByLine: Bool { self == .usage || self == .touchpoints || self == .nps }

    /// The statements of the kind; nil for usage, which is streamed and not staged.
    package var statements: ImportStatements? {
        switch self {
        case .csms: .csms
        case .features: .features
        case .holidays: .holidays
        case .fxRates: .fxRates
        case .accounts: .accounts
        case .people: .people
        case .contracts: .contracts
        case .usage: nil
        case .nps: .nps
        case .tickets: .tickets
        case .invoices: .invoices
        case .touchpoints: .touchpoints
        case .spend: .spend
        case .leads: .leads
        }
    }

    private var ownColumns: [ColumnDefinition] {
        switch self {
        case .csms:
            [
                .required("email", .email), .optional("name", .name),
                .optional("capacity_minutes", .integer(min: 0, max: 1440)), .optional("time_zone", .name),
                .optional("locale", .name), .optional("role", .name),
            ]
        case .features:
            [.required("feature", .identifier), .optional("is_key", .boolean), .optional("product", .name)]
        case .holidays: [.required("country", .identifier), .required("day", .date)]
        case .fxRates:
            [
                .happened("day", .date, isRequired: true), .required("currency", .currency),
                .required("rate", .decimal(min: 0)),
            ]
        case .accounts:
            [
                .required("account_id", .identifier), .required("name", .name), .optional("segment", .name),
                .optional("lifecycle_stage", .name), .optional("country", .name), .optional("industry", .name),
                .optional("csm_email", .email), .optional("parent_account_id", .identifier),
                .happened("created_on", .date),
            ]
        case .people:
            [
                .required("person_id", .identifier), .required("account_id", .identifier), .optional("name", .name),
                .optional("email", .email), .optional("role", Self.roles), .optional("left_on", .date),
            ]
        case .contracts: Self.contractColumns
        case .usage:
            [
                .optional("account_id", .identifier), .optional("contract_id", .identifier),
                .optional("person_id", .identifier), .optional("feature", .identifier),
                .happened("occurred_at", .instant, isRequired: true),
                .optional("quantity", .integer(min: 0, max: UsageQuantity.most)),
                .optional("event_id", .identifier),
            ]
        case .nps:
            [
                .optional("response_id", .identifier), .required("account_id", .identifier),
                .optional("person_id", .identifier), .required("score", .scale(min: 0, max: 10)),
                .happened("responded_at", .instant, isRequired: true), .optional("comment", .text),
                .optional("survey", .name),
            ]
        case .tickets:
            [
                .required("ticket_id", .identifier), .required("account_id", .identifier),
                .happened("opened_at", .instant, isRequired: true), .happened("closed_at", .instant),
                .optional("priority", .priority), .optional("subject", .text),
            ]
        case .invoices:
            [
                .required("invoice_id", .identifier), .required("account_id", .identifier),
                .required("due_on", .date), .happened("paid_on", .date), .optional("amount", .amount()),
                .optional("currency", .currency),
            ]
        case .touchpoints:
            [
                .required("account_id", .identifier), .happened("occurred_at", .instant, isRequired: true),
                .optional("kind", .word(["call": ["phone"], "meeting": ["visit"], "email": ["mail"], "reply": []])),
                .optional("person_id", .identifier), .optional("csm_email", .email), .optional("note", .text),
            ]
        case .spend:
            [
                ColumnDefinition(name: "month", type: .month, isRequired: true, ahead: .month),
                .required("channel", .identifier), .required("amount", .amount(min: 0)),
                .optional("currency", .currency),
            ]
        case .leads:
            [
                .required("lead_id", .identifier), .happened("created_on", .date, isRequired: true),
                .optional("channel", .identifier), .happened("qualified_on", .date), .happened("won_on", .date),
            ]
        }
    }

    private static let contractColumns: [ColumnDefinition] = [
        .required("contract_id", .identifier), .required("account_id", .identifier),
        .optional("arr", .amount(min: 0)), .optional("mrr", .amount(min: 0)), .optional("currency", .currency),
        .optional("product", .name), .optional("seats", .integer(min: 0, max: 100_000_000)),
        .required("starts_on", .date), .optional("ends_on", .date),
        .optional("term_months", .integer(min: 1, max: 1200)), .optional("auto_renew", .boolean),
        .optional("notice_days", .integer(min: 0, max: 3660)), .optional("notice_given_on", .date),
        .optional("renewal_signed_on", .date), .optional("cancelled_on", .date),
        .optional("outcome", .word(["renewed": [], "lost": ["churned"]])), .optional("decided_on", .date),
    ]

    private static let roles = ValueType.word([
        "economic_buyer": ["buyer", "decision_maker"], "champion": [], "admin": ["administrator"], "user": [],
        "unknown": [],
    ])
}

extension ColumnDefinition {
    fileprivate static func required(_ name: String, _ type: ValueType) -> ColumnDefinition {
        ColumnDefinition(name: name, type: type, isRequired: true)
    }

    fileprivate static func optional(_ name: String, _ type: ValueType) -> ColumnDefinition {
        ColumnDefinition(name: name, type: type)
    }

    /// A day or instant on which something happened: no later than tomorrow.
    fileprivate static func happened(_ name: String, _ type: ValueType, isRequired: Bool = false) -> ColumnDefinition {
        ColumnDefinition(name: name, type: type, isRequired: isRequired, ahead: .tomorrow)
    }
}
