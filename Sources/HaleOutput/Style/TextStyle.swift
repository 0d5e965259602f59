/// A colour with a meaning. Text says the same in words, so nothing is lost without colour.
package enum Tone: String, Sendable, CaseIterable {
    /// In danger.
    case red
    /// To be watched.
    case amber
    /// Well.
    case green
    /// Unknown or unimportant.
    case grey

    /// Index in the 256-colour palette; each has a contrast of at least 3:1 on black and on white.
    package var paletteIndex: Int {
        switch self {
        case .red: 160
        case .amber: 136
        case .green: 28
        case .grey: 243
        }
    }
}

/// How a piece of text stands out.
package struct TextStyle: Sendable, Hashable {
    /// The colour; nil for the terminal's own.
    package var tone: Tone?
    /// True for bold.
    package var isBold: Bool
    /// True for dim.
    package var isDim: Bool
    /// True for background and colour exchanged.
    package var isReversed: Bool

    /// A style; without arguments, plain text.
    package init(tone: Tone? = nil, isBold: Bool = false, isDim: Bool = false, isReversed: Bool = false) {
        self.tone = tone
        self.isBold = isBold
        self.isDim = isDim
        self.isReversed = isReversed
    }

    /// Text as it is.
    package static let plain = TextStyle()
    /// Bold text.
    package static let bold = TextStyle(isBold: true)
    /// Dim text.
    package static let dim = TextStyle(isDim: true)

    /// Text with background and colour exchanged.
    package static let reversed = TextStyle(isReversed: true)

    /// Text in a tone.
    package static func toned(_ tone: Tone) -> TextStyle { TextStyle(tone: tone) }

    /// This style with what another one adds; the other one's tone wins.
    package func adding(_ other: TextStyle) -> TextStyle {
        TextStyle(
            tone: other.tone ?? tone, isBold: isBold || other.isBold, isDim: isDim || other.isDim,
            isReversed: isReversed || other.isReversed)
    }
}
