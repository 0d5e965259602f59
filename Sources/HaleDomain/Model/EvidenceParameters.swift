/// Constants of net promoter responses (mathematics §1.4).
public struct NetPromoterParameters: Sendable, Hashable {
    /// Half-life of a response [days].
    public var halfLifeDays = 180.0
    /// Age beyond which a response is ignored [days].
    public var maximumAgeDays = 730
    /// Responses the prior counts for.
    public var priorResponses = 3.0
    /// Prior shares of promoters, passives and detractors until the portfolio has its own.
    public var priorShares = [0.25, 0.5, 0.25]
    /// Portfolio responses from which the portfolio's own shares are the prior.
    public var minimumPortfolioResponses = 30
    /// Least score of a promoter.
    public var promoterScore = 9
    /// Least score of a passive.
    public var passiveScore = 7
    /// Weight of an economic buyer's response.
    public var economicBuyerWeight = 1.5
    /// Weight of a champion's response.
    public var championWeight = 1.5
    /// Weight of an administrator's response.
    public var adminWeight = 1.0
    /// Weight of a user's response, and of one whose role is unknown.
    public var userWeight = 0.75
    /// Standard deviations on each side of the shown 90 % interval.
    public var intervalDeviations = 1.6449

    /// The defaults of the document.
    public init() {}
}

/// Constants of the support load (mathematics §1.5).
public struct SupportParameters: Sendable, Hashable {
    /// Load of an open ticket of priority 1.
    public var priority1Load = 3.0
    /// Load of an open ticket of priority 2.
    public var priority2Load = 1.0
    /// Load of an open ticket of priority 3.
    public var priority3Load = 0.25
    /// Load that halves the value.
    public var halvingLoad = 3.0

    /// The defaults of the document.
    public init() {}
}

/// Constants of overdue invoices (mathematics §1.5).
public struct BillingParameters: Sendable, Hashable {
    /// Days overdue that halve the value [days].
    public var halvingDays = 30.0

    /// The defaults of the document.
    public init() {}
}

/// Constants of how the CSM reads an account (mathematics §1.1).
public struct SentimentParameters: Sendable, Hashable {
    /// Age beyond which it no longer counts [days].
    public var validDays = Pulse.validDays
    /// The worst answer.
    public var worst = Pulse.values.lowerBound
    /// The best answer.
    public var best = Pulse.values.upperBound

    /// The defaults of the document.
    public init() {}
}

/// Constants of the contract state and of urgency (mathematics §1.6).
public struct ContractParameters: Sendable, Hashable {
    /// Notice period where the contract names none [days].
    public var defaultNoticeDays = 30
    /// Terms shorter than this have no notice period by default [months].
    public var shortTermMonths = 3
    /// Value of a contract whose notice window is open and that is not signed.
    public var windowOpenValue = 0.35
    /// Value on the first day past due.
    public var pastDueValue = 0.4
    /// Days past due at which that value has fallen to 0 [days].
    public var pastDueDays = 30.0
    /// Days past due beyond which a contract has lapsed [days].
    public var lapsedDays = 90
    /// Urgency at the decision.
    public var urgencyPeak = 3.0
    /// Days before the decision at which half of the added urgency is left [days].
    public var urgencyHalfLifeDays = 45.0
    /// Urgency of a contract that is signed or locked in.
    public var settledUrgency = 0.25
    /// Days to the decision of a contract without end [days].
    public var evergreenDecisionDays = 60

    /// The defaults of the document.
    public init() {}
}

/// Constants of the freshness of feeds (mathematics §1.1).
public struct FeedParameters: Sendable, Hashable {
    /// Age that halves the reliability, in whole steps [days].
    public var halfLifeDays = 7
    /// Age beyond which the feed counts as dead [days].
    public var deadDays = 28

    /// The defaults of the document.
    public init() {}
}
