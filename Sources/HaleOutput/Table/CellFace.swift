/// What a cell shows, before its column's width is known.
enum CellFace: Equatable {
    /// A number, cut before its decimal point or unit: the parts align there. Never shortened.
    case figure(whole: String, rest: String)
    /// Harmless text, with its line breaks.
    case words(String, TextStyle)
    /// A word that shortens to its first letter.
    case band(String, TextStyle)
    case sparkline(Sparkline)
    case scoreBar(ScoreBar)

    init(_ cell: Cell, glyphs: Glyphs) {
        switch cell {
        case .text(let text):
            self = .words(
                HarmlessText.clean(text, layout: .keepLineBreaks, replacement: glyphs.replacement), .plain)
        case .date(let text), .day(_, let text):
            self = .words(HarmlessText.clean(text, replacement: glyphs.replacement), .plain)
        case .integer(let value): self = Self.figure(NumberText.grouped(value))
        case .number(let value, let decimals):
            self = value.isFinite ? Self.figure(NumberText.fixed(value, decimals: decimals)) : Self.missing(glyphs)
        case .percent(let fraction, let decimals):
            self =
                fraction.isFinite
                ? Self.figure(NumberText.percent(fraction, decimals: decimals)) : Self.missing(glyphs)
        case .money(let minor, let currency, let exponent, let form):
            let code = HarmlessText.clean(currency, replacement: glyphs.replacement)
            self = Self.figure(MoneyText.text(minor: minor, currency: code, exponent: exponent, form: form))
        case .band(let tone, let word):
            self = .band(HarmlessText.clean(word, replacement: glyphs.replacement), .toned(tone))
        case .sparkline(let line): self = line.values.isEmpty ? Self.missing(glyphs) : .sparkline(line)
        case .scoreBar(let bar): self = bar.points.isFinite ? .scoreBar(bar) : Self.missing(glyphs)
        case .missing: self = Self.missing(glyphs)
        }
    }

    /// The whole face on one line, where there is no width to keep.
    func text(unicode: Bool) -> String {
        switch self {
        case .figure(let whole, let rest): whole + rest
        case .words(let text, _), .band(let text, _): text
        case .sparkline(let line): line.text(unicode: unicode)
        case .scoreBar(let bar): bar.label
        }
    }

    private static func missing(_ glyphs: Glyphs) -> CellFace { .figure(whole: glyphs.missing, rest: "") }

    /// Cuts after the first run of digits and separators: "EUR 46" and ".4 k".
    private static func figure(_ text: String) -> CellFace {
        guard let firstDigit = text.firstIndex(where: \.isNumber) else { return .figure(whole: text, rest: "") }
        let cut = text[firstDigit...].firstIndex { !$0.isNumber && $0 != "," } ?? text.endIndex
        return .figure(whole: String(text[..<cut]), rest: String(text[cut...]))
    }
}
