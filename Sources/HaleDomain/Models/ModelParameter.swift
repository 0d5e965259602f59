/// The value of a constant of a model.
package enum ModelValue: Sendable, Hashable {
    /// A whole number.
    case integer(Int)
    case number(Double)
    case numbers([Double])
    case band(Band)

    /// The value as it stands in a model file. Numbers are written so that reading them gives the same number.
    package var text: String {
        switch self {
        case .integer(let value): "\(value)"
        case .number(let value): Self.text(value)
        case .numbers(let values): "[" + values.map(Self.text).joined(separator: ", ") + "]"
        case .band(let band): band.rawValue
        }
    }

    /// A number without a needless fraction.
    static func text(_ value: Double) -> String {
        Int(exactly: value).map(String.init) ?? "\(value)"
    }
}

/// One constant of a model under the name it has in model files.
package struct ModelParameter: Sendable {
    /// The section it stands in.
    package let section: String
    /// Its key there.
    package let key: String
    /// Its unit; empty for a plain number.
    package let unit: String
    /// What it is.
    package let meaning: String
    /// The least and the greatest value; nil for a band.
    package let range: ClosedRange<Double>?

    private let read: @Sendable (HealthModel) -> ModelValue
    private let write: @Sendable (inout HealthModel, ModelValue) -> Void

    /// The section and the key, such as `trend.window_days`.
    package var name: String { "\(section).\(key)" }

    /// The constant's value in a model.
    package func value(in model: HealthModel) -> ModelValue { read(model) }

    /// Sets the constant; a value of another type than it has is left aside.
    package func set(_ value: ModelValue, in model: inout HealthModel) { write(&model, value) }

    /// A whole number.
    static func integer(
        _ name: (String, String), _ path: any WritableKeyPath<HealthModel, Int> & Sendable, _ range: ClosedRange<Int>,
        _ unit: String, _ meaning: String
    ) -> ModelParameter {
        ModelParameter(
            section: name.0, key: name.1, unit: unit, meaning: meaning,
            range: Double(range.lowerBound)...Double(range.upperBound), read: { .integer($0[keyPath: path]) },
            write: { if case .integer(let value) = $1 { $0[keyPath: path] = value } })
    }

    static func number(
        _ name: (String, String), _ path: any WritableKeyPath<HealthModel, Double> & Sendable,
        _ range: ClosedRange<Double>, _ unit: String, _ meaning: String
    ) -> ModelParameter {
        ModelParameter(
            section: name.0, key: name.1, unit: unit, meaning: meaning, range: range,
            read: { .number($0[keyPath: path]) },
            write: { if case .number(let value) = $1 { $0[keyPath: path] = value } })
    }

    /// Shares that sum to 1, as many as the default has.
    static func shares(
        _ name: (String, String), _ path: any WritableKeyPath<HealthModel, [Double]> & Sendable, _ meaning: String
    ) -> ModelParameter {
        ModelParameter(
            section: name.0, key: name.1, unit: "shares", meaning: meaning, range: 0...1,
            read: { .numbers($0[keyPath: path]) },
            write: { if case .numbers(let values) = $1 { $0[keyPath: path] = values } })
    }

    /// The highest band that an exception leaves.
    static func cap(
        _ key: String, _ path: any WritableKeyPath<HealthModel, Band> & Sendable, _ meaning: String
    ) -> ModelParameter {
        ModelParameter(
            section: "exceptions", key: key, unit: "band", meaning: meaning, range: nil,
            read: { .band($0[keyPath: path]) },
            write: { if case .band(let value) = $1 { $0[keyPath: path] = value } })
    }
}
