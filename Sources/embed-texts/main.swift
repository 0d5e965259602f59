// Writes one Swift file with the texts of a folder's files:  embed-texts FOLDER OUTPUT FILE…
// SQL: `features/account_day.sql` becomes `SQL.Features.accountDay`, and the files of a folder form an ordered list.
// YAML: the files of the folder `mappings` form the list `MappingText.all`, those of `models` the list `ModelText.all`.
import Foundation

/// The text of one file as a constant's declaration.
struct Embedded {
    let path: String
    let text: String

    var folder: String { String(path.split(separator: "/").dropLast().joined(separator: "/")) }
    var stem: String { URL(filePath: path).deletingPathExtension().lastPathComponent }
    var constant: String { camelCase(stem, upperFirst: false) }

    func listed(as type: String) -> String {
        """
                \(type)(
                    name: "\(path.dropLast(".yaml".count))",
                    text: ####\"\"\"
        \(text)
        \"\"\"####)
        """
    }

    var declaration: String {
        """
            /// `sql/\(path)`
            package static let \(constant) = SQL(
                name: "\(path.dropLast(".sql".count))",
                text: ####\"\"\"
        \(text)
        \"\"\"####)
        """
    }
}

func camelCase(_ name: String, upperFirst: Bool) -> String {
    let words = name.split { !$0.isLetter && !$0.isNumber }
    let joined = words.enumerated().map { index, word in
        index == 0 && !upperFirst ? word.lowercased() : word.prefix(1).uppercased() + word.dropFirst()
    }.joined()
    return joined.first?.isNumber == true ? "_" + joined : joined
}

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    FileHandle.standardError.write(Data("usage: embed-texts FOLDER OUTPUT FILE…\n".utf8))
    exit(2)
}
let folder = URL(filePath: arguments[1])
let files = try arguments.dropFirst(3).map { path in
    Embedded(path: path, text: try String(contentsOf: folder.appending(path: path), encoding: .utf8))
}
/// Constants by folder.
func statements(_ files: [Embedded]) -> [String] {
    var lines = ["// Generated from the files in sql/. Do not edit.", "", "extension SQL {"]
    for (name, group) in Dictionary(grouping: files, by: \.folder).sorted(by: { $0.key < $1.key }) {
        lines.append("    /// The files of `sql/\(name)`.")
        lines.append("    package enum \(camelCase(name, upperFirst: true)) {")
        lines += group.map(\.declaration)
        lines.append("        /// Every file of the folder in the order of their names.")
        lines.append("        package static let all: [SQL] = [\(group.map(\.constant).joined(separator: ", "))]")
        lines.append("    }")
    }
    return lines + ["}"]
}

func list(_ files: [Embedded]) -> [String] {
    let name = folder.lastPathComponent
    let type = camelCase(String(name.dropLast()), upperFirst: true) + "Text"
    return [
        "// Generated from the files in \(name)/. Do not edit.", "", "extension \(type) {",
        "    /// Every file in the order of their names.", "    package static let all: [\(type)] = [",
        files.map { $0.listed(as: type) }.joined(separator: ",\n"), "    ]", "}",
    ]
}

let lines = files.allSatisfy { $0.path.hasSuffix(".yaml") } ? list(files) : statements(files)
try lines.joined(separator: "\n").write(to: URL(filePath: arguments[2]), atomically: true, encoding: .utf8)
