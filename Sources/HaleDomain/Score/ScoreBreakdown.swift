/// A score with its parts by name, whichever model made it. `baseline` + the points + `clip` = `score`.
package struct ScoreBreakdown: Sendable, Hashable {
    /// One driver's part.
    package struct Driver: Sendable, Hashable {
        /// The driver's name, such as `usage.trend`.
        package let name: String
        /// What it says.
        package let reading: DriverReading
        /// Points it adds to the baseline.
        package let points: Double
        /// In words.
        package let text: String

        /// One driver's part.
        package init(name: String, reading: DriverReading, points: Double, text: String) {
            self.name = name
            self.reading = reading
            self.points = points
            self.text = text
        }
    }

    /// H, the day's score.
    package let score: Double
    /// H0, the score of an account of which nothing is known.
    package let baseline: Double
    /// What was cut off to stay within 0...100.
    package let clip: Double
    /// The drivers in the order of the model.
    package let drivers: [Driver]

    /// A score with its parts.
    package init(score: Double, baseline: Double, clip: Double, drivers: [Driver]) {
        self.score = score
        self.baseline = baseline
        self.clip = clip
        self.drivers = drivers
    }

    /// The parts of a score that was just computed by a model.
    package init(_ score: AccountScore, model: HealthModel) {
        self.init(
            score: score.composition.score, baseline: score.composition.baseline, clip: score.composition.clip,
            drivers: model.drivers.enumerated().map { index, setting in
                Driver(
                    name: setting.fullName, reading: score.readings[index], points: score.composition.points[index],
                    text: score.texts[index])
            })
    }

    /// What the drivers say, in the order of the model.
    package var readings: [DriverReading] { drivers.map(\.reading) }

    /// The driver of a name; nil where the model has none.
    package func driver(_ name: String) -> Driver? {
        drivers.first { $0.name == name }
    }
}
