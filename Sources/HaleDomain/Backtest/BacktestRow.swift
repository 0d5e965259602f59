/// A decided renewal as it was foretold some time before, from what was known then (mathematics §2).
package struct BacktestRow: Sendable, Hashable {
    /// Key of the account: an account's renewals are not independent.
    package var account: Int64
    /// The day before which everything was known that it is foretold from.
    package var snapshotOn: Day
    /// What was known, and what came of it.
    package var renewal: DecidedRenewal
    /// The account's band at the snapshot.
    package var band: Band
    /// Days since the account's first contract began, at the snapshot.
    package var tenureDays: Int

    /// A decided renewal.
    package init(
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
    package var segment: String? { renewal.group.segment }

    /// 1 for a lost renewal.
    var outcome: Double { renewal.isRenewed ? 0 : 1 }
}
