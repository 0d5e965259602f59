import HaleDomain

/// A contract of an account; days are offsets from the anchor, money is in whole units of the currency.
struct DemoContract {
    /// The product everybody has.
    static let mainProduct = "Northlight Planning"
    /// The second product.
    static let addOnProduct = "Northlight Insights"

    var id = ""
    var product = DemoContract.mainProduct
    var arr: Int
    let currency = "EUR"
    var seats: Int?
    var startsOn: Int
    var endsOn: Int?
    var termMonths: Int?
    var renewsItself = false
    var noticeDays: Int?
    var noticeGivenOn: Int?
    var renewalSignedOn: Int?
    var cancelledOn: Int?
    var outcome: RenewalOutcome?
    var decidedOn: Int?

    /// The first day that is not billed any more; nil where the contract goes on.
    var billedUntil: Int? {
        cancelledOn ?? (renewsItself ? nil : endsOn)
    }
}
