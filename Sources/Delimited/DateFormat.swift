/// The order of year, month and day in the dates of a column.
package enum DateFormat: String, Hashable, Sendable, CaseIterable {
    /// ISO 8601: year, month, day.
    case iso
    /// Day, month, year.
    case dmy
    /// Month, day, year.
    case mdy

    /// How messages call dates in this format.
    package var name: String {
        switch self {
        case .iso: "year first"
        case .dmy: "day first"
        case .mdy: "month first"
        }
    }

    /// The last day of 2025 in this format.
    package var example: String {
        switch self {
        case .iso: "2025-12-31"
        case .dmy: "31/12/2025"
        case .mdy: "12/31/2025"
        }
    }
}
