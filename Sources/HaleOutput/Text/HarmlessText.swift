/// Makes text from data safe to print: no scalar that a terminal obeys survives, so a name can never move the cursor,
/// change a colour or turn the direction of a line.
package enum HarmlessText {
    /// What becomes of line breaks and tabs.
    package enum Layout: Sendable, CaseIterable {
        /// A line break and a tab become a space: the result is one line.
        case oneLine
        /// A line break of any kind becomes `\n`, a tab becomes a space.
        case keepLineBreaks
        /// `\r\n` and `\n` become `\n`, a tab is kept, a lone `\r` is replaced.
        case keepLineBreaksAndTabs
    }

    /// The text with control characters and direction overrides replaced and soft hyphens left out.
    package static func clean(
        _ text: String, layout: Layout = .oneLine, replacement: Unicode.Scalar = "\u{FFFD}"
    ) -> String {
        if text.utf8.allSatisfy({ 0x20...0x7E ~= $0 }) { return text }
        var cleaned = String.UnicodeScalarView()
        let scalars = text.unicodeScalars
        for index in scalars.indices {
            let scalar = scalars[index]
            // "\r\n" is one line break: its "\n" says it.
            if scalar == "\r", scalars[index...].dropFirst().first == "\n" { continue }
            switch fate(of: scalar) {
            case .keep: cleaned.append(scalar)
            case .drop: break
            case .replace: cleaned.append(replacement)
            case .tab: cleaned.append(layout == .keepLineBreaksAndTabs ? "\t" : " ")
            case .lineBreak: cleaned.append(lineBreak(scalar, layout: layout, replacement: replacement))
            }
        }
        return String(cleaned)
    }

    /// True when a terminal would obey the scalar instead of showing it.
    static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00...0x1F, 0x7F...0x9F: true
        // Direction embeddings, overrides and isolates; interlinear annotation.
        case 0x202A...0x202E, 0x2066...0x2069, 0xFFF9...0xFFFB: true
        case 0x2028, 0x2029: true
        default: false
        }
    }

    private enum Fate { case keep, drop, replace, tab, lineBreak }

    private static func fate(of scalar: Unicode.Scalar) -> Fate {
        switch scalar.value {
        case 0x09: .tab
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: .lineBreak
        // Terminals disagree about the width of a soft hyphen, and nothing is lost without it.
        case 0xAD: .drop
        default: isObeyed(scalar) ? .replace : .keep
        }
    }

    private static func lineBreak(
        _ scalar: Unicode.Scalar, layout: Layout, replacement: Unicode.Scalar
    ) -> Unicode.Scalar {
        switch layout {
        case .oneLine: " "
        case .keepLineBreaks: "\n"
        // Alone, a carriage return would let the rest of the line overwrite its beginning.
        case .keepLineBreaksAndTabs: scalar == "\n" ? "\n" : replacement
        }
    }
}
