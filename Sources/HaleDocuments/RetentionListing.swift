/// What is listed.
package enum RetentionListing: String, CaseIterable, Sendable {
    case segment, month, cohort, account
}
