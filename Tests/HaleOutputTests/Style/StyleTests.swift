import HaleOutput
import Testing

@Suite struct `A style` {
    @Test func `escapes are written only when enabled`() {
        #expect(Style(isEnabled: false).paint("late", .toned(.red).adding(.bold)) == "late")
        #expect(Style(isEnabled: true).paint("late", .bold) == "\u{1B}[1mlate\u{1B}[0m")
        #expect(
            Style(isEnabled: true).paint("late", TextStyle(tone: .red, isDim: true))
                == "\u{1B}[2;38;5;160mlate\u{1B}[0m")
        #expect(Style(isEnabled: true).paint("late", .plain) == "late")
        #expect(Style(isEnabled: true).paint("", .bold).isEmpty)
    }

    @Test func `escapes in the text itself are replaced`() {
        #expect(Style(isEnabled: false).paint("\u{1B}[2J\n", .plain) == "\u{FFFD}[2J ")
    }

    @Test(arguments: Tone.allCases)
    func `a tone has a contrast of at least 3 on black and on white`(tone: Tone) {
        let luminance = Self.luminance(paletteIndex: tone.paletteIndex)
        #expect((luminance + 0.05) / 0.05 >= 3)
        #expect(1.05 / (luminance + 0.05) >= 3)
    }

    @Test func `no two tones share a colour`() {
        #expect(Set(Tone.allCases.map(\.paletteIndex)).count == Tone.allCases.count)
    }

    /// Relative luminance (WCAG 2) of a colour in the 256-colour palette, for its cube and its greys. The power 2.4 of
    /// the sRGB curve is approximated by 2.2.
    private static func luminance(paletteIndex: Int) -> Double {
        let levels = [0.0, 95, 135, 175, 215, 255]
        let cube = paletteIndex - 16
        let channels =
            paletteIndex >= 232
            ? [Double](repeating: Double(8 + 10 * (paletteIndex - 232)), count: 3)
            : [levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]]
        // x^2.2 = x² · x^0.2; the fifth root by Newton's method.
        let linear = channels.map { channel -> Double in
            let share = channel / 255
            guard share > 0 else { return 0 }
            let root = (0..<60).reduce(1.0) { guess, _ in
                (4 * guess + share / (guess * guess * guess * guess)) / 5
            }
            return share * share * root
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}
