/// What became of the ARR that was there at the start of a period (mathematics §3).
public struct RetentionRates: Sendable, Hashable {
    /// Gross retention: what is left of each account's ARR, growth left out, over the ARR at the start; nil where there
    /// was none.
    public let gross: Double?
    /// Net retention: the ARR at the end of the accounts that had some at the start, over that at the start; nil where
    /// there was none.
    public let net: Double?
    /// Share of those accounts that still have some at the end; nil where there were none.
    public let logo: Double?

    /// Of accounts' ARR at the start and at the end, in one currency at the rate of the start. Accounts without ARR at
    /// the start are new, and left out.
    public init(_ accounts: some Sequence<(start: Double, end: Double)>) {
        var (start, kept, end) = (0.0, 0.0, 0.0)
        var (count, alive) = (0, 0)
        for account in accounts where account.start > 0 {
            let left = max(0, account.end)
            start += account.start
            kept += min(account.start, left)
            end += left
            count += 1
            if left > 0 { alive += 1 }
        }
        gross = start > 0 ? kept / start : nil
        net = start > 0 ? end / start : nil
        logo = count > 0 ? Double(alive) / Double(count) : nil
    }
}
