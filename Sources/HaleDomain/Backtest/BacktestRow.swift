/// A decided renewal as it was foretold some time before, from what was known then (mathematics §2).
public struct BacktestRow: Sendable, Hashable {
    /// Key of the account: an account's renewals are not independent.
    public var account: Int64
    /// The day before which everything was known that it is foretold from.
    public var snapshotOn: Day
    /// What was known, and what came of it.
    public var renewal: DecidedRenewal
    /// The account's band at the snapshot.
    public var band: Band
    /// Days since the account's first contract began, at the snapshot.
    public var tenureDays: Int

    /// A decided renewal.
    public init(
        account: Int64, segment: String?, snapshotOn: Day, renewal: DecidedRenewal, band: Band, tenureDays: Int
    ) {
        self.account = account
        self.snapshotOn = snapshotOn
        self.renewal = renewal
        self.renewal.group.segment = segment
        self.band = band
        self.tenureDays = tenureDays
    }

    /// The account's segment.
    public var segment: String? { renewal.group.segment }

    /// 1 for a lost renewal.
    var outcome: Double { renewal.isRenewed ? 0 : 1 }
}
