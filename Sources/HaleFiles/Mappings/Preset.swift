package import Delimited
import HaleMappings

/// A mapping that ships with the program, for the export of a well-known product.
package struct Preset: Sendable {
    /// The name by which it is asked for, such as `stripe-subscriptions`.
    package let name: String
    /// The mapping file.
    package let text: String
    /// What files it is for, from the first line of the mapping file.
    package let purpose: String
    /// How the files become a kind.
    package let mapping: Mapping

    /// Every preset, by name.
    package static var all: [Preset] {
        get throws(ImportProblem) {
            var presets: [Preset] = []
            for file in MappingText.all { presets.append(try Preset(file)) }
            return presets.sorted { $0.name < $1.name }
        }
    }

    /// The preset of a name; throws a problem that names the nearest ones.
    package static func named(_ name: String) throws(ImportProblem) -> Preset {
        guard let file = MappingText.all.first(where: { $0.name == name }) else {
            let alike = MappingText.all.map(\.name).filter { !name.isEmpty && $0.hasPrefix(name) }.sorted()
            let nearest = alike.isEmpty ? NearestNames.among(MappingText.all.map(\.name), to: name) : alike
            let hint = nearest.isEmpty ? "" : "; nearest: \(nearest.joined(separator: ", "))"
            throw ImportProblem(
                .unknownPreset, file: "preset \(name)", "is not known: hale import presets lists them\(hint)")
        }
        return try Preset(file)
    }

    private init(_ file: MappingText) throws(ImportProblem) {
        name = file.name
        text = file.text
        let first = file.text.prefix { $0 != "\n" }
        purpose = String(first.drop { $0 == "#" || $0 == " " })
        mapping = try Mapping(yaml: file.text, file: "preset \(file.name)")
    }
}
