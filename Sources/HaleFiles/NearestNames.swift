import Delimited
import HaleDomain

/// Finds the names that a misspelt one may have meant.
package enum NearestNames {
    /// How many names a message lists.
    package static let limit = 3

    /// The names that differ from `name` in less than half of its letters, nearest first.
    package static func among(_ names: [String], to name: String) -> [String] {
        Array(SimilarNames.among(names, to: name, key: Header.normalised).prefix(limit))
    }

    /// `did you mean NAME?` of the nearest; nil where none is near.
    package static func question(_ names: [String], to name: String) -> String? {
        among(names, to: name).first.map { "did you mean \($0)?" }
    }
}
