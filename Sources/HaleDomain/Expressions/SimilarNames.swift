/// Finds the names that a misspelt one may have meant.
package enum SimilarNames {
    /// The names that differ from `name` in less than half of their letters, nearest first; `key` says what of a name
    /// counts, which is its letters in any case where nothing else is given.
    package static func among(
        _ names: some Sequence<String>, to name: String, key: (String) -> String = { $0.lowercased() }
    ) -> [String] {
        let wanted = Array(key(name))
        let ranked = names.enumerated().compactMap { place, candidate -> (distance: Int, place: Int, name: String)? in
            let letters = Array(key(candidate))
            guard !letters.isEmpty else { return nil }
            let distance = editDistance(wanted, letters)
            return distance * 2 < max(wanted.count, letters.count) ? (distance, place, candidate) : nil
        }
        return ranked.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.map(\.name)
    }

    /// The insertions, deletions and substitutions between two texts (Levenshtein).
    private static func editDistance(_ left: [Character], _ right: [Character]) -> Int {
        var row = Array(0...right.count)
        for (i, letter) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in right.enumerated() {
                let substituted = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
