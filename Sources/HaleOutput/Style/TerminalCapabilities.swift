/// What the place that output goes to can show.
package struct TerminalCapabilities: Sendable, Equatable {
    /// True for a terminal, false for a file or a pipe.
    package var isTerminal: Bool
    /// Columns a line may fill; nil for no limit.
    package var columns: Int?
    /// True when colour and emphasis may be written.
    package var colour: Bool
    /// True when characters beyond ASCII are shown.
    package var unicode: Bool

    /// Capabilities as given.
    package init(isTerminal: Bool, columns: Int?, colour: Bool, unicode: Bool) {
        self.isTerminal = isTerminal
        self.columns = columns.map { max(1, $0) }
        self.colour = colour
        self.unicode = unicode
    }

    /// A file or a pipe: no limit, no colour, UTF-8.
    package static let plain = TerminalCapabilities(isTerminal: false, columns: nil, colour: false, unicode: true)

    /// Columns of a terminal that does not say how wide it is.
    package static let defaultColumns = 80

    /// The widest line `COLUMNS` may ask for; beyond it the variable is ignored.
    package static let largestColumns = 10_000

    /// Capabilities from the environment. `COLUMNS` wins over the window's own width; a file or a pipe without it has no
    /// limit.
    package static func resolve(
        environment: [String: String], isTerminal: Bool, windowColumns: Int?
    ) -> TerminalCapabilities {
        TerminalCapabilities(
            isTerminal: isTerminal,
            columns: columns(environment: environment, isTerminal: isTerminal, windowColumns: windowColumns),
            colour: ColourDecision.decide(environment: environment, isTerminal: isTerminal).isOn,
            unicode: unicode(environment: environment))
    }

    private static func columns(environment: [String: String], isTerminal: Bool, windowColumns: Int?) -> Int? {
        if let text = environment["COLUMNS"], let asked = Int(text), 1...largestColumns ~= asked { return asked }
        if !isTerminal { return nil }
        if let windowColumns, windowColumns > 0 { return windowColumns }
        return defaultColumns
    }

    /// The first of LC_ALL, LC_CTYPE and LANG that is set decides, as in POSIX; with none set, UTF-8 is assumed, as
    /// containers rarely set one and their terminals show it.
    private static func unicode(environment: [String: String]) -> Bool {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        guard let locale else { return true }
        let name = locale.lowercased()
        return name.contains("utf-8") || name.contains("utf8")
    }
}
