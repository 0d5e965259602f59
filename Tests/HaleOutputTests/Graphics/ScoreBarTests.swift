import HaleOutput
import Testing

@Suite struct `Score bar` {
    @Test(arguments: [
        (10.0, "          │██████████  +10.0"), (-10, "██████████│            -10.0"),
        (5, "          │█████        +5.0"),
        (-5.5, "    ▐█████│             -5.5"), (0, "          │              0.0"),
        (0.1, "          │▌            +0.1"),
        (-0.04, "          │              0.0"), (25, "          │██████████  +25.0"),
    ])
    func `a bar grows from the axis and its number follows`(points: Double, expected: String) {
        #expect(ScoreBar(points: points, largest: 10).text(width: 28) == expected)
    }

    @Test func `without Unicode the signs are ASCII`() {
        #expect(ScoreBar(points: -4.2, largest: 10).text(width: 18, unicode: false) == "   ##|        -4.2")
        #expect(ScoreBar(points: 4.2, largest: 10).text(width: 28, unicode: false).allSatisfy { $0.isASCII })
    }

    @Test func `without room the number stands alone and is never cut`() {
        #expect(ScoreBar(points: 4.2, largest: 10).text(width: 6) == "  +4.2")
        #expect(ScoreBar(points: 4.2, largest: 10).text(width: 3) == "###")
        #expect(ScoreBar(points: 4.2, largest: 10).text(width: 0).isEmpty)
        #expect(ScoreBar(points: .nan, largest: 10).text(width: 6) == "     –")
    }

    @Test(arguments: 1...40)
    func `a bar fills exactly its width`(width: Int) {
        for points in [-1e9, -12.3, -0.01, 0, 3.3, 99.96, 1e12, .infinity] {
            for unicode in [true, false] {
                let text = ScoreBar(points: points, largest: 12).text(width: width, unicode: unicode)
                #expect(DisplayWidth.columns(of: text) == width)
            }
        }
    }
}
