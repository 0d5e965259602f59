/// What a file of facts may hold.
package enum ImportKind: String, Sendable, CaseIterable {
    case csms, features, holidays, accounts, people, contracts, usage, nps, tickets, invoices, touchpoints
    case spend, leads
    case fxRates = "fx_rates"

    /// The kinds in the order in which a first load goes in.
    package static let loadOrder: [ImportKind] = [
        .csms, .features, .holidays, .fxRates, .accounts, .people, .contracts, .usage, .nps, .tickets, .invoices,
        .touchpoints, .spend, .leads,
    ]
}
