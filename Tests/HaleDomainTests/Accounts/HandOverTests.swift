import HaleDomain
import Testing

/// For which days accounts are given to another CSM.
@Suite struct `A hand-over` {
    private static let today = Day(daysSince2000: 9_500)

    /// Days from today; nil where none is given.
    private func handOver(_ from: Int?, _ until: Int?) throws(HandOver.Refusal) -> HandOver {
        try HandOver(from: from.map { Self.today + $0 }, until: until.map { Self.today + $0 }, today: Self.today)
    }

    @Test func `is lasting without a day, and a cover with a last one`() throws {
        #expect(try handOver(nil, nil) == .lasting)
        #expect(try handOver(nil, 9) == .cover(from: Self.today, until: Self.today + 9))
        #expect(try handOver(nil, 0) == .cover(from: Self.today, until: Self.today))
        #expect(try handOver(3, 3) == .cover(from: Self.today + 3, until: Self.today + 3))
        // An absence that has begun is covered from its first day on.
        #expect(try handOver(-4, 2) == .cover(from: Self.today - 4, until: Self.today + 2))
        #expect(try handOver(1, 366) == .cover(from: Self.today + 1, until: Self.today + 366))
    }

    @Test func `is refused where the days cannot be meant`() {
        let refusals: [(from: Int?, until: Int?, refusal: HandOver.Refusal)] = [
            (3, nil, .endless(from: Self.today + 3)),
            (5, 4, .endsBeforeItBegins(from: Self.today + 5, until: Self.today + 4)),
            (nil, -1, .isOver(until: Self.today - 1, today: Self.today)),
            (-9, -1, .isOver(until: Self.today - 1, today: Self.today)),
            (1, 367, .tooLong(from: Self.today + 1, until: Self.today + 367)),
        ]
        for (from, until, refusal) in refusals {
            #expect(throws: refusal) { try handOver(from, until) }
        }
    }
}
