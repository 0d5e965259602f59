extension Day {
    /// How far from another day the year still goes without saying [days].
    private static let sameYearDays = 182
    private static let monthNames = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// The day as people say it beside another one: `17 Nov`, and `17 Nov 2024` where that is more than half a year away.
    package func short(near other: Day) -> String {
        let (year, month, day) = components
        return "\(day) \(Self.monthNames[month - 1])" + (abs(self - other) > Self.sameYearDays ? " \(year)" : "")
    }
}
