/// Writes text with ANSI escapes where they are wanted, and as it is where not.
package struct Style: Sendable, Equatable {
    /// True when escapes are written.
    package let isEnabled: Bool

    /// A style that writes escapes or not.
    package init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// The style for an output's capabilities.
    package init(_ capabilities: TerminalCapabilities) {
        self.init(isEnabled: capabilities.colour)
    }

    /// The text made harmless, as one line, in the style asked for.
    package func paint(_ text: String, _ style: TextStyle) -> String {
        let text = HarmlessText.clean(text)
        guard isEnabled, style != .plain, !text.isEmpty else { return text }
        var codes: [String] = []
        if style.isBold { codes.append("1") }
        if style.isDim { codes.append("2") }
        if style.isReversed { codes.append("7") }
        if let tone = style.tone { codes.append("38;5;\(tone.paletteIndex)") }
        return "\u{1B}[" + codes.joined(separator: ";") + "m" + text + "\u{1B}[0m"
    }
}
