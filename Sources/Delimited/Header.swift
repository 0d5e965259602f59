/// The names of a file's columns, from its first record or a later one.
package struct Header: Hashable, Sendable {
    /// The names; empty where a column has none. A name that stands several times has that of its group before it, where
    /// that tells it from the others.
    package let names: [String]
    /// The names as they stand in the header's own row.
    let ownNames: [String]

    /// A header with these names.
    package init(names: [String]) {
        self.names = names
        ownNames = names
    }

    /// A header with the cells of the row above it, if there is one: the names of groups of columns, each of which counts
    /// for the empty cells behind it too.
    init(names: [String], groups: [String]?) {
        ownNames = names
        self.names = groups.map { Self.joined(names, groups: $0) } ?? names
    }

    /// A name with what a match ignores left out: case, spaces, `_` and what nobody sees.
    package static func normalised(_ name: String) -> String {
        String(UnseenText.key(name).lowercased().filter { !$0.isWhitespace && $0 != "_" })
    }

    /// Whether a name stands several times.
    package static func hasRepeats(_ names: [String]) -> Bool {
        var seen: Set<String> = []
        return names.contains { !$0.isEmpty && !seen.insert(normalised($0)).inserted }
    }

    /// The names that were joined with those of their groups.
    package var joinedNames: [String] { names.indices.filter { names[$0] != ownNames[$0] }.map { names[$0] } }

    /// The columns that have this name; those with the very same spelling alone, where there are any. A name that was
    /// joined with its group's, and that no column has without one, gives all that it stands for.
    package func indices(of name: String) -> [Int] {
        let found = Self.indices(of: name, in: names)
        return found.isEmpty && names != ownNames ? Self.indices(of: name, in: ownNames) : found
    }

    /// The columns that can be meant by a name that nobody gave, such as a kind's own: where it has no group and others
    /// have the same below one, those too.
    package func indices(ofImplied name: String) -> [Int] {
        let found = indices(of: name)
        guard names != ownNames, found.count == 1, names[found[0]] == ownNames[found[0]] else { return found }
        let wanted = Self.normalised(ownNames[found[0]])
        return found + names.indices.filter { names[$0] != ownNames[$0] && Self.normalised(ownNames[$0]) == wanted }
    }

    private static func indices(of name: String, in names: [String]) -> [Int] {
        let exact = names.indices.filter { names[$0] == name }
        if !exact.isEmpty { return exact }
        let wanted = normalised(name)
        return wanted.isEmpty ? [] : names.indices.filter { normalised(names[$0]) == wanted }
    }

    /// The names, those that stand several times with their group's, where that makes all of a name unique.
    private static func joined(_ names: [String], groups: [String]) -> [String] {
        // What has more cells than the header is no row above its columns.
        guard groups.dropFirst(names.count).allSatisfy(\.isEmpty) else { return names }
        var group = ""
        let candidates = names.indices.map { index in
            if groups.indices.contains(index), !groups[index].isEmpty {
                // A cell may have several lines; a name is one.
                group = groups[index].split(whereSeparator: \.isWhitespace).joined(separator: " ")
            }
            return group.isEmpty || names[index].isEmpty ? names[index] : "\(group) \(names[index])"
        }
        let places = Dictionary(grouping: names.indices.filter { !names[$0].isEmpty }) { normalised(names[$0]) }
        let repeated = places.values.filter { $0.count > 1 }
        var counts: [String: Int] = [:]
        // A name that stays as it is must not be made a second time.
        for (name, indices) in places where indices.count == 1 { counts[name] = 1 }
        for index in repeated.joined() { counts[normalised(candidates[index]), default: 0] += 1 }
        var result = names
        for indices in repeated where indices.allSatisfy({ counts[normalised(candidates[$0])] == 1 }) {
            for index in indices { result[index] = candidates[index] }
        }
        return result
    }
}
