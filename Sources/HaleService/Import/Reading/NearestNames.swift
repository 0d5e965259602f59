import HaleDomain

/// Finds the names that a misspelt one may have meant.
package enum NearestNames {
    /// How many names a message lists.
    package static let limit = 3

    /// The names that differ from `name` in less than half of its letters, nearest first.
    package static func among(_ names: [String], to name: String) -> [String] {
        Array(SimilarNames.among(names, to: name, key: Header.normalised).prefix(limit))
    }
}
