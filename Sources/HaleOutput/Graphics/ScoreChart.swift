/// The history of a score: its line over bands, and the points that it is made of, stacked.
package struct ScoreChart: Sendable, Equatable {
    /// A scored day.
    package struct Point: Sendable, Equatable {
        /// The day as a number, by which points stand apart.
        package let number: Int
        /// The day as people read it.
        package let label: String
        /// The day's score, 0 to 100; nil where too little was known.
        package let score: Double?
        /// The smoothed score; nil where too little was known.
        package let smoothed: Double?
        /// Colour of the band that people saw.
        package let tone: Tone
        /// True where somebody set that band by hand.
        package let isSetByHand: Bool

        /// A scored day.
        package init(
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
    package struct Layer: Sendable, Equatable {
        /// The group.
        package let name: String
        /// Points above (positive) or below the baseline.
        package let values: [Double]

        /// The points of one group of drivers.
        package init(name: String, values: [Double]) {
            self.name = name
            self.values = values
        }
    }

    /// What is shown.
    package let title: String
    /// More about it.
    package let subtitle: String
    /// The scored days in order.
    package let points: [Point]
    /// What the score is made of.
    package let layers: [Layer]
    /// The least score of amber and of green.
    package let edges: (amber: Double, green: Double)

    /// A history.
    package init(
        title: String, subtitle: String, points: [Point], layers: [Layer], edges: (amber: Double, green: Double)
    ) {
        self.title = title
        self.subtitle = subtitle
        self.points = points
        self.layers = layers
        self.edges = edges
    }

    /// Whether two charts show the same.
    package static func == (left: ScoreChart, right: ScoreChart) -> Bool {
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
