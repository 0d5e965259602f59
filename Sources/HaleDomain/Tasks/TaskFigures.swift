/// The figures of an account on a day that the facts of its task name; nil where one is not known.
package struct TaskFigures: Sendable, Hashable {
    /// An answer of somebody who decides.
    package struct Answer: Sendable, Hashable {
        /// From 0 to 10.
        package var score: Int
        package var day: Day

        package init(score: Int, day: Day) {
            self.score = score
            self.day = day
        }
    }

    /// Usage of 28 days over that of the 28 before, beyond the portfolio's.
    package var usageRatio: Double?
    /// Usage of 7 days over that of the 28 before, beyond the portfolio's.
    package var usageRatio7d: Double?
    /// Complete business days since the last usage.
    package var silentBusinessDays: Int?
    /// Complete business days since a champion's last usage.
    package var championSilentBusinessDays: Int?
    /// The lowest newest answer of those who decide, where one is a detractor.
    package var detractor: Answer?
    /// Days for which the computed band is red; nil while it is not.
    package var daysRed: Int?
    /// The smoothed score.
    package var score: Double?
    /// Change of the smoothed score in seven days.
    package var scoreChange7d: Double?
    /// People active in 28 days over seats bought.
    package var seatUtilisation: Double?
    /// Days by which the oldest unpaid invoice is overdue.
    package var overdueDays: Int?
    /// Share of the weight that has data.
    package var coverage: Double?
    /// The day of the newest notice of non-renewal.
    package var noticeGivenOn: Day?

    /// Figures, none of them known.
    package init() {}
}
