/// A group of drivers shown as one line.
public enum Dimension: String, Sendable, Hashable, CaseIterable {
    case usage
    case sentiment
    case relationship
    case contract
    case support
    case billing
}
