/// The oldest overdue invoice (mathematics §1.5).
package enum OverdueBilling {
    /// Value in 0...1: 1 with nothing overdue, halved by every 30 days.
    package static func value(daysOverdue: Int, model: HealthModel) -> Double {
        Real.halving(Double(max(0, daysOverdue)), every: model.billing.halvingDays)
    }
}
