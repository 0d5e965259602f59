/// A renewal date worked out by hand.
struct RenewalCase: Sendable {
    let starts: String
    let ends: String?
    let termMonths: Int32?
    let renewsItself: Bool
    let asOf: String
    let renewsOn: String?

    static let all: [RenewalCase] = [
        // No end and no term: evergreen, never.
        of("2024-01-01", nil, nil, false, "2026-06-15", nil), of("2024-01-01", nil, nil, true, "2026-06-15", nil),
        // Ends, does not renew by itself: that end, past or not.
        of("2025-01-01", "2026-01-01", 12, false, "2025-06-15", "2026-01-01"),
        of("2025-01-01", "2026-01-01", 12, false, "2026-06-15", "2026-01-01"),
        // Ends and renews by itself: its end until the day before, then whole terms on.
        of("2025-01-01", "2026-01-01", 12, true, "2025-12-31", "2026-01-01"),
        of("2025-01-01", "2026-01-01", 12, true, "2026-01-01", "2027-01-01"),
        of("2025-01-01", "2026-01-01", 12, true, "2026-01-02", "2027-01-01"),
        of("2025-01-01", "2026-01-01", 6, true, "2026-01-02", "2026-07-01"),
        of("2025-01-01", "2026-01-01", 1, true, "2026-06-15", "2026-07-01"),
        // Without a term, the term is that from start to end: here 12 and 24 months.
        of("2023-03-01", "2024-03-01", nil, true, "2026-06-15", "2027-03-01"),
        of("2020-03-01", "2022-03-01", nil, true, "2026-06-15", "2028-03-01"),
        // No end but a term: the first whole term after the day, counted from the start.
        of("2025-01-15", nil, 12, false, "2025-06-15", "2026-01-15"),
        of("2025-01-15", nil, 12, false, "2026-01-14", "2026-01-15"),
        of("2025-01-15", nil, 12, false, "2026-01-15", "2027-01-15"),
        // Before it starts, its first term end.
        of("2025-01-15", nil, 12, false, "2024-01-01", "2026-01-15"),
        // 29 February falls on 28 February in common years, and on the 29th again in a leap year.
        of("2024-02-29", nil, 12, false, "2024-02-29", "2025-02-28"),
        of("2024-02-29", nil, 12, false, "2026-06-15", "2027-02-28"),
        of("2024-02-29", nil, 12, false, "2027-02-28", "2028-02-29"),
        of("2023-02-28", "2024-02-29", 12, true, "2027-06-01", "2028-02-29"),
        // The 31st of a month, monthly: the last day of shorter months, and the 31st again after them.
        of("2023-01-31", nil, 1, false, "2023-01-31", "2023-02-28"),
        of("2023-01-31", nil, 1, false, "2023-02-27", "2023-02-28"),
        of("2023-01-31", nil, 1, false, "2023-02-28", "2023-03-31"),
        of("2023-01-31", nil, 1, false, "2023-03-31", "2023-04-30"),
        of("2023-01-31", nil, 1, false, "2023-04-30", "2023-05-31"),
        of("2023-01-31", nil, 1, false, "2024-02-10", "2024-02-29"),
        of("2023-01-31", nil, 1, false, "2023-12-31", "2024-01-31"),
    ]

    private static func of(
        _ starts: String, _ ends: String?, _ termMonths: Int32?, _ renewsItself: Bool, _ asOf: String,
        _ renewsOn: String?
    ) -> RenewalCase {
        RenewalCase(
            starts: starts, ends: ends, termMonths: termMonths, renewsItself: renewsItself, asOf: asOf,
            renewsOn: renewsOn)
    }
}
