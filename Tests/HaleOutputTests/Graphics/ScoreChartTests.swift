import HaleOutput
import Testing

@Suite struct `A chart of a score` {
    /// Ten days of two groups of drivers, a day without a score among them, the last three set by hand.
    private static func chart(title: String = "Acme (A-1)") -> ScoreChart {
        let points = (0..<10).map { (day: Int) -> ScoreChart.Point in
            let isKnown = day != 4
            let tone: Tone = day < 5 ? .green : .amber
            return ScoreChart.Point(
                number: 9_500 + day, label: "2026-01-0\(day)", score: isKnown ? 80 - 5 * Double(day) : nil,
                smoothed: isKnown ? 80 - 4 * Double(day) : nil, tone: isKnown ? tone : .grey, isSetByHand: day > 6)
        }
        return ScoreChart(
            title: title, subtitle: "health score", points: points,
            layers: [
                ScoreChart.Layer(name: "usage", values: (0..<10).map { 10 - 4 * Double($0) }),
                ScoreChart.Layer(name: "contract", values: Array(repeating: 3, count: 10)),
            ], edges: (45, 70))
    }

    @Test func `is a well-formed picture with a cell for each day, a path for each line and layer, and its values`()
        throws
    {
        let reading = try #require(PictureReading.of(Self.chart().svg()))
        #expect(reading.elements["svg"] == 1)
        // The background, three bands, ten days, three marks of what was set by hand, two of the legend.
        #expect(reading.elements["rect"] == 1 + 3 + 10 + 3 + 2)
        // Everything is broken by the day without a score. Lines of scores: two each. Usage: above and below before that
        // day, below after it. Contract: above, twice. The sum: twice.
        #expect(reading.elements["path"] == 2 + 2 + 3 + 2 + 2)
        for text in ["Acme (A-1)", "44.0", "usage -26.0", "contract +3.0", "2026-01-00", "2026-01-09", "45", "70"] {
            #expect(reading.texts.contains(text), "\(text)")
        }
        #expect(reading.texts.contains { $0.contains("44.0 on 2026-01-09") })
        let colours = reading.attributes.filter { $0["height"] == "12" }.compactMap { $0["fill"] }
        #expect(Set(colours).count == 3)
        #expect(colours.count == 10)
    }

    @Test func `holds every coordinate within the picture`() throws {
        let reading = try #require(PictureReading.of(Self.chart().svg()))
        for attributes in reading.attributes {
            for (key, limit) in [("x", 960.0), ("y", 560), ("x1", 960), ("x2", 960), ("y1", 560), ("y2", 560)] {
                guard let value = attributes[key].flatMap(Double.init) else { continue }
                #expect((0...limit).contains(value), "\(key) = \(value)")
            }
            let path = attributes["d"] ?? ""
            for number in path.split(whereSeparator: { "ML,Z ".contains($0) }) {
                #expect((0...960).contains(Double(number) ?? .nan), "\(path)")
            }
        }
    }

    @Test(arguments: ["<script>alert(1)</script>", "Müller & Söhne \"株式会社\"", "a\u{1B}[31mb\u{0}c", "]]>", "\u{FFFF}x"])
    func `shows any name harmlessly`(name: String) throws {
        let text = Self.chart(title: name).svg()
        let reading = try #require(PictureReading.of(text))
        #expect(reading.elements["script"] == nil)
        #expect(!text.contains("\u{1B}"))
        let shown = name.unicodeScalars.filter { $0.value >= 0x20 && $0.value != 0xFFFF }
        #expect(reading.texts.contains(String(String.UnicodeScalarView(shown))))
    }

    @Test func `says so where no day was scored, and draws one day`() throws {
        let empty = ScoreChart(title: "A", subtitle: "", points: [], layers: [], edges: (45, 70))
        #expect(PictureReading.of(empty.svg())?.texts.contains("No day was scored.") == true)
        #expect(empty.table().rows.isEmpty)
        let point = ScoreChart.Point(number: 1, label: "2026-01-01", score: 50, smoothed: 50, tone: .amber)
        let one = ScoreChart(
            title: "A", subtitle: "", points: [point], layers: [ScoreChart.Layer(name: "usage", values: [0])],
            edges: (45, 70))
        #expect(PictureReading.of(one.svg()) != nil)
        #expect(one.table().rows.count == 14)
    }

    @Test func `has the same content in a terminal, within its width`() throws {
        let rows = Self.chart().table().rows.map { $0.cells.map(Self.text) }
        #expect(rows.count == 11 + 1 + 1 + 2)
        // 80 and 76 stand in the row of 80, 72 and 68 in that of 70; the fifth day has no score.
        #expect(rows.first { $0[0] == "80" }?[1] == "●●        ")
        #expect(rows.first { $0[0] == "70" }?[1] == "┄┄●●┄┄┄┄┄┄")
        #expect(rows[11].prefix(2) == ["band", "gggg?aaAAA"])
        #expect(rows[12][1] == "2026-01-00 2026-01-09")
        #expect(rows[13].suffix(2) == ["usage", "-26.0"])
        #expect(rows[14].suffix(2) == ["contract", "+3.0"])
        #expect(rows[14][1] == String(repeating: "▅", count: 10))
        for unicode in [true, false] {
            let document = Document(table: Self.chart().table(unicode: unicode), json: .null)
            let text = DocumentRenderer(
                TerminalCapabilities(isTerminal: true, columns: 80, colour: false, unicode: unicode)
            ).render(document, .table)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= 80 })
            #expect(text.contains(unicode ? "  80  ●●" : "  80  **"))
            #expect(unicode || text.unicodeScalars.allSatisfy(\.isASCII))
        }
    }

    private static func text(_ cell: Cell) -> String {
        guard case .text(let text) = cell else { return "" }
        return text
    }
}
