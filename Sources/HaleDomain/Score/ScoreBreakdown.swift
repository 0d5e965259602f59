/// A score with its parts by name, whichever model made it. `baseline` + the points + `clip` = `score`.
public struct ScoreBreakdown: Sendable, Hashable {
    /// One driver's part.
    public struct Driver: Sendable, Hashable {
        /// The driver's name, such as `usage.trend`.
        public let name: String
        /// What it says.
        public let reading: DriverReading
        /// Points it adds to the baseline.
        public let points: Double
        /// In words.
        public let text: String

        /// One driver's part.
        public init(name: String, reading: DriverReading, points: Double, text: String) {
            self.name = name
            self.reading = reading
            self.points = points
            self.text = text
        }
    }

    /// H, the day's score.
    public let score: Double
    /// H0, the score of an account of which nothing is known.
    public let baseline: Double
    /// What was cut off to stay within 0...100.
    public let clip: Double
    /// The drivers in the order of the model.
    public let drivers: [Driver]

    /// A score with its parts.
    public init(score: Double, baseline: Double, clip: Double, drivers: [Driver]) {
        self.score = score
        self.baseline = baseline
        self.clip = clip
        self.drivers = drivers
    }

    /// The parts of a score that was just computed by a model.
    public init(_ score: AccountScore, model: HealthModel = .default) {
        self.init(
            score: score.composition.score, baseline: score.composition.baseline, clip: score.composition.clip,
            drivers: model.drivers.enumerated().map { index, setting in
                Driver(
                    name: setting.fullName, reading: score.readings[index], points: score.composition.points[index],
                    text: score.texts[index])
            })
    }

    /// What the drivers say, in the order of the model.
    public var readings: [DriverReading] { drivers.map(\.reading) }

    /// The driver of a name; nil where the model has none.
    public func driver(_ name: String) -> Driver? {
        drivers.first { $0.name == name }
    }
}
