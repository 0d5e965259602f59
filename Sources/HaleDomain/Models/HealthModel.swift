/// Every constant of the health score (mathematics §1). The defaults are those of the document.
package struct HealthModel: Sendable, Hashable {
    /// Name of the model.
    package var name = "default"
    /// Condition that chooses the accounts it applies to, as SQL over the columns of `ModelColumns.selection`; nil for
    /// every account that no other model claims.
    package var condition: String?
    /// True for a model that is scored beside the one that applies, and decides nothing.
    package var isBeside = false
    /// What the score of a parent account becomes of its children's.
    package var rollUp = RollUp.none
    /// The drivers, those of a dimension together; every array of drivers has this order.
    package var drivers: [DriverSetting] = DriverSetting.defaults {
        didSet {
            weights = DriverSetting.weights(of: drivers)
            kinds = drivers.map(\.kind)
        }
    }
    /// The kind of each driver.
    package private(set) var kinds: [DriverKind] = DriverSetting.defaults.map(\.kind)
    /// Weight a of each driver; only its share of the sum counts.
    package private(set) var weights: [Double] = DriverSetting.weights(of: DriverSetting.defaults)
    /// How drivers become one number.
    package var composition = CompositionParameters()
    /// Level of use beside the peers'.
    package var level = LevelParameters()
    /// Usage trend, its dispersion and its flags.
    package var trend = TrendParameters()
    /// Seats used of seats bought.
    package var seats = SeatParameters()
    /// Silence of the account and of its champion.
    package var recency = RecencyParameters()
    /// When a champion counts as silent.
    package var champion = ChampionParameters()
    /// Key features used.
    package var breadth = BreadthParameters()
    /// Net promoter responses.
    package var netPromoter = NetPromoterParameters()
    /// Open tickets.
    package var support = SupportParameters()
    /// Overdue invoices.
    package var billing = BillingParameters()
    /// How the CSM feels about the account.
    package var sentiment = SentimentParameters()
    /// Contract state and urgency.
    package var contract = ContractParameters()
    /// Freshness of feeds.
    package var feeds = FeedParameters()
    /// Figures of all accounts together.
    package var portfolio = PortfolioParameters()
    /// Smoothing over days.
    package var smoothing = SmoothingParameters()
    /// Edges of the bands and when they are left.
    package var bands = BandParameters()
    /// Facts that cap the band whatever the score.
    package var exceptions = ExceptionParameters()

    /// The model with the defaults of the document.
    package init() {}

    /// The model with the defaults of the document.
    package static let `default` = HealthModel()

    /// Sum of the drivers' weights, by which each weight is divided.
    package var totalWeight: Double { weights.reduce(0, +) }

    /// Where the driver of a kind stands; nil where the model has none. Measures have names, not a position of their
    /// kind.
    package func position(of kind: DriverKind) -> Int? {
        kinds.firstIndex(of: kind)
    }

    /// The reference of a driver where no portfolio figure replaces it.
    package func reference(of kind: DriverKind) -> Double {
        position(of: kind).map { drivers[$0].reference } ?? kind.usualReference
    }

    /// The reference of most drivers where the model says nothing (mathematics §1.1).
    package static let usualReference = 0.65
    /// The reference of what is compared with peers, half of whom lie below it (mathematics §1.5).
    package static let middleReference = 0.5
}

/// What the score of a parent account becomes of its children's.
package enum RollUp: String, Sendable, Hashable, CaseIterable {
    /// A parent is scored like any account, by itself.
    case none
    /// The mean of the children's scores.
    case mean
    /// Their mean weighted by ARR.
    case arrWeighted = "arr_weighted"
    /// The lowest of them.
    case worstChild = "worst_child"
}
