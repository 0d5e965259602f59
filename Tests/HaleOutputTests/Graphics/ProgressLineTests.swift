import HaleOutput
import Testing

@Suite struct `Progress line` {
    private static let half = ProgressLine(
        subject: "usage.csv", doneBytes: 12_400_000, totalBytes: 24_800_000, rows: 1_234_567, rowsPerSecond: 45_123.4)

    @Test func `a wide terminal shows everything`() {
        #expect(
            Self.half.text(columns: 120)
                == "usage.csv  ███████████████░░░░░░░░░░░░░░░   50%  12.4 MB of 24.8 MB  "
                + "1,234,567 rows  45,123 rows/s  0:28 left"
        )
    }

    @Test func `a narrow terminal leaves out the least wanted parts`() {
        #expect(
            Self.half.text(columns: 60, unicode: false)
                == "usage.csv  [#####-----]   50%  1,234,567 rows  45,123 rows/s")
        #expect(Self.half.text(columns: 20) == " 50%  1,234,567 rows")
        #expect(Self.half.text(columns: 4) == " 50%")
    }

    @Test func `a pipe has no end to measure against`() {
        let line = ProgressLine(subject: "-", doneBytes: 999, totalBytes: nil, rows: 1, rowsPerSecond: nil)
        #expect(line.text(columns: 80) == "-  999 B  1 row")
    }

    @Test(
        arguments: [
            (0, 0, "100%"), (0, 10, "  0%"), (999, 1000, " 99%"), (1000, 1000, "100%"), (2000, 1000, "100%"),
        ] as [(Int64, Int64, String)])
    func `100% means done`(done: Int64, total: Int64, expected: String) {
        let line = ProgressLine(subject: "", doneBytes: done, totalBytes: total, rows: 0, rowsPerSecond: nil)
        #expect(line.text(columns: 4) == expected)
    }

    @Test(arguments: 1...130)
    func `no line is wider than the terminal and none carries escapes`(columns: Int) {
        var piped = Self.half
        piped.totalBytes = nil
        var hostile = Self.half
        hostile.subject = "日本\u{1B}[2J" + String(repeating: "👩‍👩‍👧", count: 20)
        for line in [Self.half, piped, hostile] {
            for unicode in [true, false] {
                let text = line.text(columns: columns, unicode: unicode)
                #expect(DisplayWidth.columns(of: text) <= columns)
                #expect(!text.unicodeScalars.contains("\u{1B}"))
                let overwriting = line.overwritingText(columns: columns, unicode: unicode)
                #expect(overwriting.first == "\r")
                #expect(DisplayWidth.columns(of: String(overwriting.dropFirst())) == columns - 1)
            }
        }
    }
}

@Suite struct `Progress throttle` {
    @Test func `a line is due at once and then after the interval`() {
        let start = ContinuousClock().now
        var throttle = ProgressThrottle(interval: .milliseconds(100))
        let moments = [0, 40, 99, 100, 150, 199, 200, 1000]
        let due = moments.map { throttle.isDue(at: start.advanced(by: .milliseconds($0))) }
        #expect(due == [true, false, false, true, false, false, true, true])
    }
}
