/// What is assumed of money; an organisation may say otherwise (mathematics §3 and §4).
package struct MoneyAssumptions: Sendable, Hashable {
    /// Share of ARR that is left after serving it.
    package var margin = 0.8
    /// Share of churn a task prevents (mean of Beta(6, 14)); assumed until there is a hold-out.
    package var saveRate = 0.30
    /// Cost of an hour of a CSM [major units].
    package var hourlyCost = 80.0
    /// Rate by which a year's money is discounted.
    package var discount = 0.10

    /// The defaults of the document.
    package init() {}
}
