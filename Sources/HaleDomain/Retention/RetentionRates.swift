/// What became of the ARR that was there at the start of a period (mathematics §3). While some of it is not decided each
/// rate is an interval: from its low end, where none of that stays, to the rate itself, where all of it does.
package struct RetentionRates: Sendable, Hashable {
    /// Gross retention: what is left of each account's ARR, growth left out, over the ARR at the start; nil where there
    /// was none.
    package let gross: Double?
    /// Net retention: the ARR at the end of the accounts that had some at the start, over that at the start; nil where
    /// there was none.
    package let net: Double?
    /// Share of those accounts that still have some at the end; nil where there were none.
    package let logo: Double?
    /// Low end of the gross retention.
    package let grossLow: Double?
    /// Low end of the net retention.
    package let netLow: Double?
    /// Low end of the share of accounts.
    package let logoLow: Double?

    /// Rates that are known.
    package init(
        gross: Double?, net: Double?, logo: Double?, grossLow: Double?, netLow: Double?, logoLow: Double?
    ) {
        self.gross = gross
        self.net = net
        self.logo = logo
        self.grossLow = grossLow
        self.netLow = netLow
        self.logoLow = logoLow
    }

    /// Of accounts' ARR at the start and at the end, and what is not decided of the difference, in one currency at the
    /// rate of the start. Accounts without ARR at the start are new, and left out.
    package init(_ accounts: some Sequence<(start: Double, end: Double, undecided: Double)>) {
        var start = 0.0
        var (high, low) = (Kept(), Kept())
        var count = 0
        for account in accounts where account.start > 0 {
            let left = max(0, account.end)
            start += account.start
            count += 1
            low.add(left, of: account.start)
            high.add(left + account.undecided, of: account.start)
        }
        func share(_ amount: Double) -> Double? { start > 0 ? amount / start : nil }
        func logos(_ alive: Int) -> Double? { count > 0 ? Double(alive) / Double(count) : nil }
        self.init(
            gross: share(high.kept), net: share(high.end), logo: logos(high.alive), grossLow: share(low.kept),
            netLow: share(low.end), logoLow: logos(low.alive))
    }

    /// What is left on one side of the interval.
    private struct Kept {
        var kept = 0.0
        var end = 0.0
        var alive = 0

        mutating func add(_ left: Double, of start: Double) {
            kept += min(start, left)
            end += left
            if left > 0 { alive += 1 }
        }
    }
}
