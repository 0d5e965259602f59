import HaleOutput
import Testing

@Suite struct `A sparkline` {
    @Test func `scores use the whole scale and gaps stay gaps`() {
        let line = Sparkline([0, 14.3, 28.6, 42.9, 57.1, 71.4, 85.7, 100, nil, .nan, -5, 400])
        #expect(line.text() == "▁▂▃▄▅▆▇█  ▁█")
        #expect(line.text(unicode: false) == "_.-:=+*#  _#")
    }

    @Test func `an automatic scale runs from the smallest to the largest value`() {
        #expect(Sparkline([50, 52, nil, 54], scale: .movement(atLeast: 0)).text() == "▁▅ █")
        #expect(Sparkline([7, 7, 7], scale: .movement(atLeast: 0)).text() == "▄▄▄")
        // 60 to 70 about 65 fills half of twenty points: 55 is the lowest bar, 75 the highest.
        #expect(Sparkline([60, 70], scale: .scoreMovement).text() == "▃▆")
        #expect(Sparkline([50, 70], scale: .scoreMovement).text() == "▁█")
        #expect(Sparkline([10, 90, 50], scale: .scoreMovement).text() == "▁█▅")
        #expect(Sparkline([61, nil, 58]).reach?.low == 58 && Sparkline([nil]).reach == nil)
    }

    @Test func `neighbours are averaged when there is too little room`() {
        #expect(Sparkline([0, 0, 100, 100]).text(width: 2) == "▁█")
        #expect(Sparkline([0, 100, nil, nil, nil, 100]).text(width: 3) == "▅ █")
        #expect(Sparkline([0, 100]).text(width: 10) == "▁█")
        #expect(Sparkline([0, 100]).text(width: 0).isEmpty)
        #expect(Sparkline([]).text(width: 5).isEmpty)
    }

    @Test func `the largest numbers do no harm`() {
        let large = Double.greatestFiniteMagnitude
        #expect(Sparkline([-large, large], scale: .movement(atLeast: 0)).text() == "▁█")
        #expect(Sparkline([large, large]).text(width: 1) == "█")
        #expect(Sparkline([1], scale: .fixed(-Double.infinity...Double.infinity)).text() == "▄")
    }
}
