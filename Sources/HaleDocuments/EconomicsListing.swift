/// What is listed.
package enum EconomicsListing: String, CaseIterable, Sendable {
    case channel, month
}
