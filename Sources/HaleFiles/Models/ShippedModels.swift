import HaleDomain
import HaleModels

/// The models that ship with the program, and those that earlier versions shipped: an organisation keeps the ones it was
/// scored with until it switches.
package enum ShippedModels: String, Sendable, CaseIterable {
    /// Those of this version.
    case newest
    /// Those of version 0.1, which did not compare the level of use.
    case version01 = "0.1"

    /// The text of a file below `models/`, such as `default` or `tests/default`; nil where there is none.
    package func text(of name: String) -> String? {
        ModelText.all.first { $0.name == folder + name }?.text
    }

    /// The names of the files directly below `models/`, or below a folder of it.
    package func names(below path: String = "") -> [String] {
        let prefix = folder + path
        return ModelText.all.map(\.name).filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
            .filter { !$0.contains("/") }
    }

    /// What a model file means that names nothing: the default model of the version.
    var base: HealthModel {
        guard self != .newest, let text = text(of: HealthModel.default.name) else { return HealthModel() }
        return (try? ModelReader.read(text, file: label(HealthModel.default.name))) ?? HealthModel()
    }

    /// How messages name a file.
    func label(_ name: String) -> String {
        self == .newest ? "shipped \(name).yaml" : "\(name).yaml as shipped by version \(rawValue)"
    }

    private var folder: String { self == .newest ? "" : rawValue + "/" }
}
