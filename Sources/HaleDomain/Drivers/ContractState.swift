/// State of a contract around its renewal date (mathematics §1.6).
package enum ContractState: String, Sendable, Hashable, CaseIterable {
    /// No open contract is known.
    case noContract = "no_contract"
    /// The decision lies ahead.
    case running
    /// There is no end.
    case evergreen
    /// The notice date has passed, the contract does not renew by itself, and the renewal is not signed.
    case windowOpenUnsigned = "window_open_unsigned"
    /// The renewal date has passed without a decision.
    case pastDue = "past_due"
    /// The renewal date passed long ago without a decision.
    case lapsed
    /// Notice of non-renewal was given.
    case noticeGiven = "notice_given"
    /// The contract renews by itself and the notice date has passed.
    case lockedIn = "locked_in"
    /// The renewal of the current term is signed.
    case signed

    /// True if the renewal needs nobody's decision any more: signed, or renewing by itself with the notice window
    /// past.
    package var isSettled: Bool { self == .signed || self == .lockedIn }
}

/// The terms of a contract that its state follows from.
package struct ContractTerms: Sendable, Hashable {
    /// Days to the renewal date, negative when past; nil without a date.
    package var daysToRenewal: Int?
    /// Days before the renewal date by which notice must be given.
    package var noticeDays: Int
    /// True if the contract renews by itself.
    package var autoRenew: Bool
    /// True if the contract has no end.
    package var isEvergreen: Bool
    /// True if notice of non-renewal was given.
    package var noticeGiven: Bool
    /// True if the renewal of the current term is signed.
    package var signed: Bool
    /// Length of a term [days]; used only for a contract past its date that renews by itself.
    package var termDays: Int

    package init(
        daysToRenewal: Int?, noticeDays: Int = 30, autoRenew: Bool = false, isEvergreen: Bool = false,
        noticeGiven: Bool = false, signed: Bool = false, termDays: Int = 365
    ) {
        self.daysToRenewal = daysToRenewal
        self.noticeDays = noticeDays
        self.autoRenew = autoRenew
        self.isEvergreen = isEvergreen
        self.noticeGiven = noticeGiven
        self.signed = signed
        self.termDays = termDays
    }
}

/// What the terms of one contract say on a day (mathematics §1.6).
package struct ContractReading: Sendable, Hashable {
    /// State around the renewal date.
    package let state: ContractState
    /// True if the renewal date was rolled forward by whole terms to get here.
    package let isRolled: Bool
    /// Value in 0...1; nil without a contract.
    package let x: Double?
    /// Reliability in 0...1.
    package let c: Double
    /// Factor on the value of acting now: 3 at the decision, falling towards 1 before it, 0.25 when settled.
    package let urgency: Double
    /// Days to the decision, negative when past; nil without a contract.
    package let daysToDecision: Int?

    /// Reads the terms of one contract.
    package static func read(_ terms: ContractTerms, model: HealthModel) -> ContractReading {
        let parameters = model.contract
        func reading(
            _ state: ContractState, x: Double?, urgency: Double, daysToDecision: Int?
        ) -> ContractReading {
            ContractReading(
                state: state, isRolled: false, x: x, c: x == nil ? 0 : 1, urgency: urgency,
                daysToDecision: daysToDecision)
        }
        let reference = model.reference(of: .contract)
        let peak = parameters.urgencyPeak
        if terms.isEvergreen {
            guard !terms.noticeGiven else { return reading(.noticeGiven, x: 0, urgency: peak, daysToDecision: 0) }
            let days = parameters.evergreenDecisionDays
            return reading(
                .evergreen, x: reference, urgency: parameters.urgency(daysToDecision: days), daysToDecision: days)
        }
        guard let days = terms.daysToRenewal else {
            return reading(.noContract, x: nil, urgency: 1, daysToDecision: nil)
        }
        if days < 0, terms.autoRenew, !terms.noticeGiven, !terms.signed {
            return rolled(terms, daysPast: -days, model: model)
        }
        let toDecision = days - terms.noticeDays
        if terms.signed {
            return reading(.signed, x: 1, urgency: parameters.settledUrgency, daysToDecision: toDecision)
        }
        if terms.noticeGiven { return reading(.noticeGiven, x: 0, urgency: peak, daysToDecision: toDecision) }
        if days < 0 {
            let x = parameters.pastDueValue * max(0, 1 + Double(days) / parameters.pastDueDays)
            let state: ContractState = -days > parameters.lapsedDays ? .lapsed : .pastDue
            return reading(state, x: x, urgency: peak, daysToDecision: toDecision)
        }
        if toDecision < 0 {
            return terms.autoRenew
                ? reading(.lockedIn, x: 1, urgency: parameters.settledUrgency, daysToDecision: toDecision)
                : reading(.windowOpenUnsigned, x: parameters.windowOpenValue, urgency: peak, daysToDecision: toDecision)
        }
        return reading(
            .running, x: reference, urgency: parameters.urgency(daysToDecision: toDecision), daysToDecision: toDecision)
    }

    private static func rolled(_ terms: ContractTerms, daysPast: Int, model: HealthModel) -> ContractReading {
        var next = terms
        let length = max(1, terms.termDays)
        next.daysToRenewal = (length - daysPast % length) % length
        let reading = read(next, model: model)
        return ContractReading(
            state: reading.state, isRolled: true, x: reading.x, c: reading.c, urgency: reading.urgency,
            daysToDecision: reading.daysToDecision)
    }
}

extension ContractParameters {
    /// u(T) = 1 + 2 · 2^(-max(T, 0) / 45) for a decision that is open.
    package func urgency(daysToDecision: Int) -> Double {
        1 + (urgencyPeak - 1) * Real.halving(Double(max(daysToDecision, 0)), every: urgencyHalfLifeDays)
    }

    /// The notice period of a contract: what it says, else 30 days, or none for terms under three months.
    package func noticeDays(stated: Int?, termMonths: Int?) -> Int {
        if let stated { return stated }
        if let termMonths, termMonths < shortTermMonths { return 0 }
        return defaultNoticeDays
    }
}
