/// The contracts of an account taken together (architecture §3).
package struct AccountContract: Sendable, Hashable {
    /// One open contract with its reading.
    package struct Entry: Sendable, Hashable {
        /// The contract.
        package let facts: ContractFacts
        /// What its terms say on the day.
        package let reading: ContractReading
    }

    /// The open contracts, in the order given.
    package let entries: [Entry]
    /// State of the contract with the lowest value; ties go to the larger ARR, then to the smaller identifier.
    package let state: ContractState
    /// Value of that contract in 0...1; nil without a contract.
    package let x: Double?
    /// Reliability in 0...1.
    package let c: Double
    /// Urgency of the nearest undecided contract.
    package let urgency: Double
    /// Days to the decision of that contract, negative when past; nil without a contract.
    package let daysToDecision: Int?
    /// Day of that decision; nil without one, and for a contract without end.
    package let decisionOn: Day?
    /// Earliest renewal date of the live contracts.
    package let renewsOn: Day?
    /// True if notice of non-renewal was given on any open contract.
    package let noticeGiven: Bool
    /// ARR of the live contracts [minor units].
    package let arrMinor: Int64

    /// Reads the open contracts of an account.
    package init(_ contracts: [ContractFacts], asOf: Day, model: HealthModel) {
        entries = contracts.map { Entry(facts: $0, reading: ContractReading.read($0.terms(asOf: asOf), model: model)) }
        let worst = entries.min(by: Self.isWorse)
        let none = ContractReading.read(ContractTerms(daysToRenewal: nil), model: model)
        let reading = worst?.reading ?? none
        state = reading.state
        x = reading.x
        c = reading.c
        let undecided = entries.filter { !$0.reading.state.isSettled }
        let nearest = (undecided.isEmpty ? entries : undecided).min(by: Self.isNearer)
        urgency = nearest?.reading.urgency ?? none.urgency
        daysToDecision = nearest?.reading.daysToDecision
        decisionOn = nearest.flatMap { entry in
            entry.facts.isEvergreen ? nil : entry.reading.daysToDecision.map { asOf + $0 }
        }
        renewsOn = contracts.filter(\.isLive).compactMap(\.renewsOn).min()
        noticeGiven = entries.contains { $0.reading.state == .noticeGiven }
        arrMinor = contracts.lazy.filter(\.isLive).map(\.arrMinor).boundedSum()
    }

    private static func isWorse(_ left: Entry, _ right: Entry) -> Bool {
        let (leftValue, rightValue) = (left.reading.x ?? .infinity, right.reading.x ?? .infinity)
        if leftValue != rightValue { return leftValue < rightValue }
        if left.facts.arrMinor != right.facts.arrMinor { return left.facts.arrMinor > right.facts.arrMinor }
        return left.facts.contractID < right.facts.contractID
    }

    private static func isNearer(_ left: Entry, _ right: Entry) -> Bool {
        let (leftDays, rightDays) = (left.reading.daysToDecision ?? .max, right.reading.daysToDecision ?? .max)
        return leftDays != rightDays ? leftDays < rightDays : isWorse(left, right)
    }
}
