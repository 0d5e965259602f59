/// The history of a score: its line over bands, and the points that it is made of, stacked.
public struct ScoreChart: Sendable, Equatable {
    /// A scored day.
    public struct Point: Sendable, Equatable {
        /// The day as a number, by which points stand apart.
        public let number: Int
        /// The day as people read it.
        public let label: String
        /// The day's score, 0 to 100; nil where too little was known.
        public let score: Double?
        /// The smoothed score; nil where too little was known.
        public let smoothed: Double?
        /// Colour of the band that people saw.
        public let tone: Tone
        /// True where somebody set that band by hand.
        public let isSetByHand: Bool

        /// A scored day.
        public init(
            number: Int, label: String, score: Double?, smoothed: Double?, tone: Tone, isSetByHand: Bool = false
        ) {
            self.number = number
            self.label = label
            self.score = score
            self.smoothed = smoothed
            self.tone = tone
            self.isSetByHand = isSetByHand
        }
    }

    /// The points of one group of drivers, a value for every scored day.
    public struct Layer: Sendable, Equatable {
        /// The group.
        public let name: String
        /// Points above (positive) or below the baseline.
        public let values: [Double]

        /// The points of one group of drivers.
        public init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// What is shown.
    public let title: String
    /// More about it.
    public let subtitle: String
    /// The scored days in order.
    public let points: [Point]
    /// What the score is made of.
    public let layers: [Layer]
    /// The least score of amber and of green.
    public let edges: (amber: Double, green: Double)

    /// A history.
    public init(
        title: String, subtitle: String, points: [Point], layers: [Layer], edges: (amber: Double, green: Double)
    ) {
        self.title = title
        self.subtitle = subtitle
        self.points = points
        self.layers = layers
        self.edges = edges
    }

    /// Whether two charts show the same.
    public static func == (left: ScoreChart, right: ScoreChart) -> Bool {
        left.title == right.title && left.subtitle == right.subtitle && left.points == right.points
            && left.layers == right.layers && left.edges == right.edges
    }

    /// The heights of the stack over all days: the greatest sum of positive points, and the least of negative ones.
    var reach: ClosedRange<Double> {
        var high = 0.0
        var low = 0.0
        for day in points.indices {
            high = max(high, layers.reduce(0) { $0 + max(0, $1.values[day]) })
            low = min(low, layers.reduce(0) { $0 + min(0, $1.values[day]) })
        }
        return low...high
    }
}
