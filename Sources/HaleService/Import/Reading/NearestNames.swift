/// Finds the names that a misspelt one may have meant.
public enum NearestNames {
    /// How many names a message lists.
    public static let limit = 3

    /// The names that differ from `name` in less than half of its letters, nearest first.
    public static func among(_ names: [String], to name: String) -> [String] {
        let wanted = Array(Header.normalised(name))
        let ranked = names.enumerated().compactMap { place, candidate -> (distance: Int, place: Int, name: String)? in
            let letters = Array(Header.normalised(candidate))
            guard !letters.isEmpty else { return nil }
            let distance = editDistance(wanted, letters)
            return distance * 2 < max(wanted.count, letters.count) ? (distance, place, candidate) : nil
        }
        return ranked.sorted { ($0.distance, $0.place) < ($1.distance, $1.place) }.prefix(limit).map(\.name)
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
