/// Constants of net promoter responses (mathematics §1.4).
package struct NetPromoterParameters: Sendable, Hashable {
    /// Half-life of a response [days].
    package var halfLifeDays = 180.0
    /// Age beyond which a response is ignored [days].
    package var maximumAgeDays = 730
    /// Responses the prior counts for.
    package var priorResponses = 3.0
    /// Prior shares of promoters, passives and detractors until the portfolio has its own.
    package var priorShares = [0.25, 0.5, 0.25]
    /// Portfolio responses from which the portfolio's own shares are the prior.
    package var minimumPortfolioResponses = 30
    /// Least score of a promoter.
    package var promoterScore = 9
    /// Least score of a passive.
    package var passiveScore = 7
    /// Weight of an economic buyer's response.
    package var economicBuyerWeight = 1.5
    /// Weight of a champion's response.
    package var championWeight = 1.5
    /// Weight of an administrator's response.
    package var adminWeight = 1.0
    /// Weight of a user's response, and of one whose role is unknown.
    package var userWeight = 0.75
    /// Standard deviations on each side of the shown 90 % interval.
    package var intervalDeviations = 1.6449

    /// The defaults of the document.
    package init() {}
}

/// Constants of the support load (mathematics §1.5).
package struct SupportParameters: Sendable, Hashable {
    /// Load of an open ticket of priority 1.
    package var priority1Load = 3.0
    /// Load of an open ticket of priority 2.
    package var priority2Load = 1.0
    /// Load of an open ticket of priority 3.
    package var priority3Load = 0.25
    /// Load that halves the value.
    package var halvingLoad = 3.0

    /// The defaults of the document.
    package init() {}
}

/// Constants of overdue invoices (mathematics §1.5).
package struct BillingParameters: Sendable, Hashable {
    /// Days overdue that halve the value [days].
    package var halvingDays = 30.0

    /// The defaults of the document.
    package init() {}
}

/// Constants of how the CSM reads an account (mathematics §1.1).
package struct SentimentParameters: Sendable, Hashable {
    /// Age beyond which it no longer counts [days].
    package var validDays = 90
    /// The worst answer.
    package var worst = Pulse.values.lowerBound
    /// The best answer.
    package var best = Pulse.values.upperBound

    /// The defaults of the document.
    package init() {}
}

/// Constants of the contract state and of urgency (mathematics §1.6).
package struct ContractParameters: Sendable, Hashable {
    /// Notice period where the contract names none [days].
    package var defaultNoticeDays = 30
    /// Terms shorter than this have no notice period by default [months].
    package var shortTermMonths = 3
    /// Value of a contract whose notice window is open and that is not signed.
    package var windowOpenValue = 0.35
    /// Value on the first day past due.
    package var pastDueValue = 0.4
    /// Days past due at which that value has fallen to 0 [days].
    package var pastDueDays = 30.0
    /// Days past due beyond which a contract has lapsed [days].
    package var lapsedDays = 90
    /// Urgency at the decision.
    package var urgencyPeak = 3.0
    /// Days before the decision at which half of the added urgency is left [days].
    package var urgencyHalfLifeDays = 45.0
    /// Urgency of a contract that is signed or locked in.
    package var settledUrgency = 0.25
    /// Days to the decision of a contract without end [days].
    package var evergreenDecisionDays = 60

    /// The defaults of the document.
    package init() {}
}

/// Constants of the freshness of feeds (mathematics §1.1).
package struct FeedParameters: Sendable, Hashable {
    /// Age that halves the reliability, in whole steps [days].
    package var halfLifeDays = 7
    /// Age beyond which the feed counts as dead [days].
    package var deadDays = 28

    /// The defaults of the document.
    package init() {}
}
