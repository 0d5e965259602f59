/// Every constant of the health score (mathematics §1). The defaults are those of the document.
public struct HealthModel: Sendable, Hashable {
    /// Name of the model.
    public var name = "default"
    /// Weight and reference of each driver, in the order of `DriverKind.allCases`.
    public var drivers: [DriverSetting] = DriverSetting.defaults
    /// How drivers become one number.
    public var composition = CompositionParameters()
    /// Usage trend, its dispersion and its flags.
    public var trend = TrendParameters()
    /// Seats used of seats bought.
    public var seats = SeatParameters()
    /// Silence of the account and of its champion.
    public var recency = RecencyParameters()
    /// Key features used.
    public var breadth = BreadthParameters()
    /// Net promoter responses.
    public var netPromoter = NetPromoterParameters()
    /// Open tickets.
    public var support = SupportParameters()
    /// Overdue invoices.
    public var billing = BillingParameters()
    /// Contract state and urgency.
    public var contract = ContractParameters()
    /// Freshness of feeds.
    public var feeds = FeedParameters()
    /// Figures of all accounts together.
    public var portfolio = PortfolioParameters()
    /// Smoothing over days.
    public var smoothing = SmoothingParameters()
    /// Edges of the bands and when they are left.
    public var bands = BandParameters()
    /// Facts that cap the band whatever the score.
    public var exceptions = ExceptionParameters()

    /// The model with the defaults of the document.
    public init() {}

    /// The model with the defaults of the document.
    public static let `default` = HealthModel()

    /// Sum of the drivers' weights, by which each weight is divided.
    public var totalWeight: Double {
        drivers.reduce(0) { $0 + $1.weight }
    }

    /// The reference of a driver where no portfolio figure replaces it.
    public func reference(of kind: DriverKind) -> Double {
        drivers[kind.index].reference
    }
}

/// Weight and reference of one driver.
public struct DriverSetting: Sendable, Hashable {
    /// The driver.
    public var driver: DriverKind
    /// Weight a; only its share of the sum of all weights counts.
    public var weight: Double
    /// Reference mu in 0...1: a value above it adds points, one below it takes points.
    public var reference: Double

    /// Weight and reference of one driver.
    public init(driver: DriverKind, weight: Double, reference: Double = 0.65) {
        self.driver = driver
        self.weight = weight
        self.reference = reference
    }

    /// The weights of mathematics §1.1, each with reference 0.65.
    public static let defaults: [DriverSetting] = [
        DriverSetting(driver: .trend, weight: 0.135),
        DriverSetting(driver: .seats, weight: 0.1125),
        DriverSetting(driver: .recency, weight: 0.1125),
        DriverSetting(driver: .breadth, weight: 0.09),
        DriverSetting(driver: .netPromoter, weight: 0.20),
        DriverSetting(driver: .champion, weight: 0.10),
        DriverSetting(driver: .contract, weight: 0.10),
        DriverSetting(driver: .support, weight: 0.10),
        DriverSetting(driver: .billing, weight: 0.05),
    ]
}
