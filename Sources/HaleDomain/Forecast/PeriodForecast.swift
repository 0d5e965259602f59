/// The forecast of a period, of all renewals or of a group of them.
package struct PeriodForecast: Sendable {
    /// What people said of some of the renewals, beside what the model expects of the same.
    package struct Human: Sendable, Hashable {
        /// The amounts that people said [minor units].
        package let saidMinor: Int64
        /// What the model expects of these renewals [minor units].
        package let modelMinor: Double
        /// How many these are.
        package let contracts: Int
    }

    package let period: CalendarPeriod
    /// The CSM or segment, where renewals are grouped by one; nil for those without one.
    package let group: String?
    /// The open renewals, in the order given.
    package let renewals: [ForecastRenewal]
    /// What the open renewals come to.
    package let outlook: RenewalOutlook
    /// What people said; nil where nobody said an amount.
    package let human: Human?
    /// What people put in each category [minor units]: the amount that they said, else the ARR; nil where nobody said a
    /// category.
    package let humanByCategory: [RenewalCategory: Int64]?
    /// The renewals of the period that were decided already.
    package let decided: [DecidedContract]

    /// The forecast of a period.
    /// - Parameter unitMinor: The currency's unit [minor units].
    package init(
        period: CalendarPeriod, group: String? = nil, renewals: [ForecastRenewal], decided: [DecidedContract],
        unitMinor: Double
    ) {
        self.period = period
        self.group = group
        self.renewals = renewals
        self.decided = decided
        outlook = RenewalOutlook(renewals, unitMinor: unitMinor)
        let categories = Dictionary(grouping: renewals.filter { $0.human?.category != nil }) { $0.human?.category }
            .reduce(into: [RenewalCategory: Int64]()) { sums, said in
                guard let category = said.key else { return }
                sums[category] = said.value.lazy.map { $0.human?.amountMinor ?? $0.arrMinor }.boundedSum()
            }
        humanByCategory = categories.isEmpty ? nil : categories
        let spoken = renewals.filter { $0.human?.amountMinor != nil }
        human =
            spoken.isEmpty
            ? nil
            : Human(
                saidMinor: spoken.lazy.compactMap { $0.human?.amountMinor }.boundedSum(),
                modelMinor: spoken.reduce(0) { $0 + $1.expectedMinor }, contracts: spoken.count)
    }

    /// Open renewals of which nobody said anything.
    package var withoutHumanForecast: Int { renewals.count { $0.human == nil } }

    /// ARR of what was decided one way [minor units].
    package func decidedMinor(isRenewed: Bool) -> Int64 {
        decided.lazy.filter { $0.isRenewed == isRenewed }.map(\.arrMinor).boundedSum()
    }
}
