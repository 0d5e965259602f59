/// Makes text from data safe inside a message for people: a name can neither begin a line of its own nor turn the
/// direction of the one it stands in.
package enum OneLine {
    /// The text with line breaks, tabs and control characters as single spaces, without marks of direction and without
    /// characters that nobody sees.
    package static func of(_ text: String) -> String {
        var cleaned = String.UnicodeScalarView()
        var isSpaceDue = false
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator:
                isSpaceDue = true
            case .format where !Self.joins(scalar), .surrogate: break
            default:
                if isSpaceDue, !cleaned.isEmpty, cleaned.last != " ", scalar != " " { cleaned.append(" ") }
                isSpaceDue = false
                cleaned.append(scalar)
            }
        }
        return String(cleaned)
    }

    /// The joiners of emoji and of scripts that need them.
    private static func joins(_ scalar: Unicode.Scalar) -> Bool { scalar == "\u{200D}" || scalar == "\u{200C}" }
}
