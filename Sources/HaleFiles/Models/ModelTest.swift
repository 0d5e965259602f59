package import HaleDomain

/// A test of a model: an account made up of signals, and what the model must make of it.
package struct ModelTest: Sendable {
    package let name: String
    /// The model's name.
    package let model: String
    /// The file, and where the test begins.
    package let file: String
    /// Line where the test begins.
    package let line: Int?
    /// The account.
    package let example: ModelExample
    /// What must come out.
    package let expected: Expectation

    /// What must come out; what is nil may be anything.
    package struct Expectation: Sendable {
        /// Whether the model's condition claims the account.
        package var applies: Bool?
        package var score: Double?
        /// The band after exceptions.
        package var band: Band?
        /// The known share of the weight.
        package var coverage: Double?
        /// The points of drivers by name.
        package var points: [String: Double] = [:]
        /// The exceptions in force, by name.
        package var reasons: [String]?
        /// How far points and the score may be off.
        package var tolerance = 0.05

        var isEmpty: Bool {
            applies == nil && score == nil && band == nil && coverage == nil && points.isEmpty && reasons == nil
        }
    }

    /// What the model makes of the account that must not be, one line each; none if the test passes.
    package func problems(_ model: HealthModel, applies: Bool?) -> [String] {
        var problems: [String] = []
        func compare(_ what: String, _ found: Double, _ expected: Double, within tolerance: Double) {
            guard !(abs(found - expected) <= tolerance) else { return }
            problems.append("\(what) is \(Self.rounded(found)), expected \(Self.rounded(expected))")
        }
        let score = example.score(model)
        if let expected = expected.applies, expected != (applies ?? false) {
            problems.append(expected ? "the model does not claim the account" : "the model claims the account")
        }
        if let expected = expected.score {
            compare("score", score.composition.score, expected, within: self.expected.tolerance)
        }
        if let expected = expected.band, score.band != expected {
            problems.append("band is \(score.band.rawValue), expected \(expected.rawValue)")
        }
        if let expected = expected.coverage {
            compare("coverage", score.composition.coverage, expected, within: self.expected.tolerance / 100)
        }
        for (name, expected) in expected.points.sorted(by: { $0.key < $1.key }) {
            guard let index = model.drivers.firstIndex(where: { $0.fullName == name }) else {
                problems.append("the model has no driver \(name)")
                continue
            }
            compare("\(name)", score.composition.points[index], expected, within: self.expected.tolerance)
        }
        let reasons = score.exceptions.map(\.rawValue)
        if let expected = expected.reasons, expected.sorted() != reasons.sorted() {
            problems.append(
                "reasons are [\(reasons.joined(separator: ", "))], expected [\(expected.joined(separator: ", "))]")
        }
        return problems
    }

    private static func rounded(_ value: Double) -> String {
        ModelTestReader.shortText(value)
    }
}
