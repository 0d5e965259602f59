/// Whether output is coloured, and why not.
package enum ColourDecision: Sendable, Equatable, CaseIterable {
    /// A terminal that understands colour.
    case on
    /// `NO_COLOR` is set and not empty (no-color.org).
    case offByNoColor
    /// Output goes to a file or a pipe.
    case offNotTerminal
    /// `TERM` is `dumb`, empty or not set.
    case offPlainTerminal

    /// Decides from the environment and whether output goes to a terminal.
    package static func decide(environment: [String: String], isTerminal: Bool) -> ColourDecision {
        if let noColour = environment["NO_COLOR"], !noColour.isEmpty { return .offByNoColor }
        if !isTerminal { return .offNotTerminal }
        switch environment["TERM"] {
        case nil, "", "dumb": return .offPlainTerminal
        default: return .on
        }
    }

    /// True when output is coloured.
    package var isOn: Bool { self == .on }
}
