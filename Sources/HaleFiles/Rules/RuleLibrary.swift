import Foundation
import HaleAlerts

/// The files of rules at hand: those that ship with the program, and those of `alerts` folders, which take the place of
/// shipped files of the same name.
package struct RuleLibrary: Sendable {
    private let folders: [String]
    private let isStrict: Bool
    /// The only file of rules; nil for all at hand.
    private var onlyFile: String?

    /// The shipped rules, and those below `rules` in folders, the first of which goes before the others. With `isStrict`
    /// a folder that is not there is a problem.
    package init(folders: [String] = [], isStrict: Bool = false) {
        self.folders = folders
        self.isStrict = isStrict
    }

    /// A file's name as messages show it, and its text.
    package struct Source: Sendable, Hashable {
        /// Path, or `shipped NAME`.
        package let file: String
        package let text: String
        /// The path below its folder: `rules/churn-risk`.
        package let name: String
        /// The folder; nil for a shipped file.
        package let folder: String?
    }

    /// The same library with the rules of one file alone.
    package func only(_ file: String) -> RuleLibrary {
        var library = self
        library.onlyFile = file
        return library
    }

    /// The files of rules in force, in the order of their names.
    package func rules() throws(FileFailure) -> [Source] {
        if let onlyFile { return [try Self.source(path: onlyFile)] }
        return try sources(below: "rules")
    }

    /// The files of tests: those of the folders, and the shipped ones whose names no folder has.
    package func tests() throws(FileFailure) -> [Source] { try sources(below: "tests") }

    /// The files of a folder that a path with `*` in its last part names, seen from the file of a test.
    package func sources(matching pattern: String, from test: Source) throws(FileFailure) -> [Source] {
        guard let folder = test.folder else {
            let target = Self.normalised("tests/" + pattern)
            return AlertText.all.filter { Self.matches($0.name + ".yaml", target) }.map(Self.shipped)
        }
        let base = URL(filePath: test.file).deletingLastPathComponent().path
        let target = pattern.hasPrefix("/") ? pattern : "\(base)/\(pattern)"
        let parent = URL(filePath: target).deletingLastPathComponent().standardizedFileURL.path
        let last = String(target.split(separator: "/").last ?? "")
        var found: [Source] = []
        for name in try ConfigurationFile(parent).namesIfPresent(of: .rule) where Self.matches(name, last) {
            let path = "\(parent)/\(name)"
            found.append(
                Source(file: path, text: try ConfigurationFile(path).text(of: .rule), name: name, folder: folder))
        }
        return found
    }

    /// One file as a test's or a rule's.
    package static func source(path: String) throws(FileFailure) -> Source {
        let folder = URL(filePath: path).deletingLastPathComponent().deletingLastPathComponent().path
        return Source(file: path, text: try ConfigurationFile(path).text(of: .rule), name: path, folder: folder)
    }

    /// The files of a part of the folders, `rules`, `tests` or `playbooks`, in the order of their names.
    package func sources(below part: String) throws(FileFailure) -> [Source] {
        var sources: [String: Source] = [:]
        for folder in folders.reversed() {
            if isStrict, ConfigurationFile(folder).isAbsent {
                throw FileFailure(
                    FileProblem(.rule, .unreadable, file: folder, "is no folder: the setting alerts names it"))
            }
            // A file in the folder's place is no folder without rules.
            _ = try ConfigurationFile(folder).namesIfPresent(of: .rule)
            for file in try ConfigurationFile("\(folder)/\(part)").namesIfPresent(of: .rule)
            where file.hasSuffix(".yaml") {
                let name = "\(part)/\(file.dropLast(".yaml".count))"
                let path = "\(folder)/\(part)/\(file)"
                sources[name] = Source(
                    file: path, text: try ConfigurationFile(path).text(of: .rule), name: name, folder: folder)
            }
        }
        let own = Set(sources.keys)
        for shipped in AlertText.all where shipped.name.hasPrefix("\(part)/") {
            let stem = shipped.name.dropFirst(part.count + 1)
            if own.contains(shipped.name) { continue }
            // The tests of a file that was replaced go with it.
            if part == "tests", own.contains("rules/\(stem)") || replaces("rules/\(stem)") { continue }
            sources[shipped.name] = Self.shipped(shipped)
        }
        return sources.values.sorted { $0.name < $1.name }
    }

    private func replaces(_ name: String) -> Bool {
        folders.contains { !ConfigurationFile("\($0)/\(name).yaml").isAbsent }
    }

    private static func shipped(_ text: AlertText) -> Source {
        Source(file: "shipped \(text.name).yaml", text: text.text, name: text.name, folder: nil)
    }

    /// Whether a name is one that a pattern with `*` means.
    private static func matches(_ name: String, _ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard parts.count > 1 else { return name == pattern }
        var rest = name[...]
        for (index, part) in parts.enumerated() {
            if index == 0 {
                guard rest.hasPrefix(part) else { return false }
                rest = rest.dropFirst(part.count)
            } else if index == parts.count - 1 {
                return rest.hasSuffix(part)
            } else if let range = rest.firstRange(of: part) {
                rest = rest[range.upperBound...]
            } else {
                return false
            }
        }
        return rest.isEmpty
    }

    /// `tests/../rules/a` as `rules/a`.
    private static func normalised(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", !parts.isEmpty { parts.removeLast() } else { parts.append(part) }
        }
        return parts.joined(separator: "/")
    }
}
