import HaleDomain
import Testing

@Suite struct `A usage trend` {
    private func slow(_ recent: Int, _ prior: Int, dispersion: Double = 0.06) throws -> UsageTrend {
        let counts = TrendCounts(recentCount: recent, recentExposure: 20, priorCount: prior, priorExposure: 20)
        return try #require(UsageTrend.slow(counts, portfolioRatio: 1, dispersion: dispersion, model: .default))
    }

    @Test(arguments: [0, 1, 10, 100, 10_000, 3_000_000, 4_000_000_000])
    func `rises with the recent count and stays a probability`(prior: Int) throws {
        let recent = [0, 1, 2, 5, 20, 100, 1000, 100_000, 10_000_000].filter { $0 + prior > 0 }
        let trends = try recent.map { try slow($0, prior) }
        for (earlier, later) in zip(trends, trends.dropFirst()) {
            #expect(later.logRatio > earlier.logRatio)
            #expect(later.x >= earlier.x)
            #expect(later.probabilityDrop <= earlier.probabilityDrop + 1e-9)
            #expect(later.probabilityRise >= earlier.probabilityRise - 1e-9)
        }
        for trend in trends {
            #expect((0...1).contains(trend.x))
            #expect((0.01...1).contains(trend.c))
            #expect((0...1.000001).contains(trend.probabilityDrop + trend.probabilityRise))
        }
    }

    @Test func `treats the two windows alike`() throws {
        // Swapping the windows turns the sign of the log ratio and nothing else.
        for (first, second) in [(0, 40), (3, 17), (120, 80), (1_000_000, 2_000_000)] {
            let there = try slow(first, second)
            let back = try slow(second, first)
            #expect(abs(there.logRatio + back.logRatio) < 1e-9)
            #expect(abs(there.deviation - back.deviation) < 1e-9)
        }
    }

    @Test func `more counts are more reliable and more dispersion is less`() throws {
        #expect(try slow(100, 100).c > slow(10, 10).c)
        #expect(try slow(100, 100, dispersion: 0.5).c < slow(100, 100, dispersion: 0.05).c)
    }

    @Test func `halving costs about half of the driver`() throws {
        let trend = try slow(500_000, 1_000_000, dispersion: 0.01)
        #expect(abs(trend.x - (0.65 - 0.5)) < 0.01)
    }

    @Test func `there is none without counts or with too short a prior window`() {
        let empty = TrendCounts(recentCount: 0, recentExposure: 20, priorCount: 0, priorExposure: 20)
        let short = TrendCounts(recentCount: 30, recentExposure: 20, priorCount: 10, priorExposure: 6.9)
        #expect(UsageTrend.slow(empty, portfolioRatio: 1, dispersion: 0.06, model: .default) == nil)
        #expect(UsageTrend.fast(short, portfolioRatio: 1, dispersion: 0.06, model: .default) == nil)
    }
}
