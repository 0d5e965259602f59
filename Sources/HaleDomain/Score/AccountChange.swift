/// Why an account's score is another one than on an earlier day, without a rest (mathematics §1.2).
///
/// The parts of all lines sum to the later score less the earlier one.
package struct AccountChange: Sendable, Hashable {
    /// What one driver did to the score.
    package struct Line: Sendable, Hashable {
        /// The driver's name, or one of `baseline`, `clip` and `override`.
        package let driver: String
        /// Points from a changed value.
        package let signal: Double
        /// Points from knowing more or less.
        package let data: Double
        /// Points from another model, weight or reference.
        package let configuration: Double
        /// Points from an override: always 0, as an override moves the band and never the number.
        package let override: Double
        /// In words.
        package let text: String

        /// All of it.
        package var total: Double { signal + data + configuration + override }
    }

    /// The name of the line for what was cut off at 0 and 100.
    package static let clip = "clip"
    /// The name of the line for the score of an account of which nothing is known.
    package static let baseline = "baseline"
    /// The name of the line for what people said about the band.
    package static let override = "override"

    /// The lines, the largest first.
    package let lines: [Line]

    /// Splits the change from one day's score to another's.
    /// - Parameters:
    ///   - before: The earlier day as it was scored.
    ///   - restated: The earlier day under the later day's model; nil where that model scored it.
    ///   - after: The later day.
    ///   - model: The later day's model.
    ///   - override: What people said about the band in between, in words; nil for nothing.
    package init(
        before: ScoreBreakdown, restated: ScoreBreakdown? = nil, after: ScoreBreakdown, model: HealthModel,
        override: String? = nil
    ) {
        let start = restated ?? before
        let split = ScoreChange(before: start.readings, after: after.readings, model: model)
        var lines: [Line] = []
        for (index, change) in split.drivers.enumerated() {
            let driver = after.drivers[index]
            let moved = restated == nil ? 0 : start.drivers[index].points - (before.driver(driver.name)?.points ?? 0)
            lines.append(
                Self.line(
                    driver, before: before.driver(driver.name), signal: change.signal, data: change.data,
                    configuration: change.configuration + moved))
        }
        for driver in before.drivers where after.driver(driver.name) == nil {
            lines.append(
                Line(
                    driver: driver.name, signal: 0, data: 0, configuration: -driver.points, override: 0,
                    text: "the model has this driver no longer"))
        }
        if restated != nil {
            lines.append(
                Line(
                    driver: Self.baseline, signal: 0, data: 0, configuration: start.baseline - before.baseline,
                    override: 0, text: "another model: the score starts from another baseline"))
        }
        if after.clip != start.clip || start.clip != before.clip {
            lines.append(
                Line(
                    driver: Self.clip, signal: after.clip - start.clip, data: 0,
                    configuration: start.clip - before.clip, override: 0,
                    text: "the score is held within 0 to 100"))
        }
        if let override {
            lines.append(
                Line(driver: Self.override, signal: 0, data: 0, configuration: 0, override: 0, text: override))
        }
        self.lines = lines.enumerated().sorted {
            let (left, right) = (abs($0.element.total), abs($1.element.total))
            return left == right ? $0.offset < $1.offset : left > right
        }.map(\.element)
    }

    /// Points below which a part is not worth a word.
    private static let wordedPoints = 0.05

    private static func line(
        _ now: ScoreBreakdown.Driver, before: ScoreBreakdown.Driver?, signal: Double, data: Double,
        configuration: Double
    ) -> Line {
        Line(
            driver: now.name, signal: signal, data: data, configuration: configuration, override: 0,
            text: text(now, before: before, data: data, configuration: configuration))
    }

    private static func text(
        _ now: ScoreBreakdown.Driver, before: ScoreBreakdown.Driver?, data: Double, configuration: Double
    ) -> String {
        guard let before else { return "\(now.text); the model did not have this driver before" }
        var parts = [now.text]
        switch (before.reading.x, now.reading.x) {
        case (nil, nil): break
        case (nil, _): parts.append("not known before")
        case (_, nil): parts.append("known before: \(before.text)")
        case (let old?, let new?):
            if before.text != now.text { parts.append("before: \(before.text)") }
            if before.text == now.text, old != new { parts.append("worth \(percent(old)) before, \(percent(new)) now") }
            if abs(data) >= wordedPoints, before.reading.c != now.reading.c {
                parts.append("reliability \(percent(before.reading.c)) before, \(percent(now.reading.c)) now")
            }
        }
        if abs(configuration) >= wordedPoints { parts.append("another weight, reference or parameter") }
        return parts.joined(separator: "; ")
    }

    private static func percent(_ share: Double) -> String {
        "\(Int((share * 100).rounded())) %"
    }
}
