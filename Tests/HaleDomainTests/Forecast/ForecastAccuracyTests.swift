import HaleDomain
import Testing

@Suite struct `The accuracy of forecasts` {
    private func outcome(
        _ expected: Double, _ p10: Int64, _ p90: Int64, _ actual: Int64,
        _ human: ForecastAccuracy.HumanComparison? = nil
    ) throws -> ForecastAccuracy.Outcome {
        ForecastAccuracy.Outcome(
            day: try #require(Day(iso: "2026-01-05")), period: try #require(CalendarPeriod("2026-02")), contracts: 3,
            expectedMinor: expected, p10Minor: p10, p90Minor: p90, actualMinor: actual, human: human)
    }

    @Test func `sets the model beside what came of it and beside people`() throws {
        let accuracy = ForecastAccuracy([
            try outcome(
                900, 700, 1_000, 1_000,
                .init(saidMinor: 500, modelMinor: 450, actualMinor: 400, contracts: 2)),
            try outcome(600, 400, 700, 300), try outcome(700, 500, 800, 500), try outcome(200, 100, 300, 200),
        ])
        #expect(accuracy.forecasts == 4)
        // Forecast 2,400, renewed 2,000; errors 100, 300, 200, 0.
        #expect(abs((accuracy.model.bias ?? 0) - 0.2) < 1e-12)
        #expect(abs((accuracy.model.absolute ?? 0) - 0.3) < 1e-12)
        // The ends of an interval belong to it.
        #expect(accuracy.coverage == 0.75)
        #expect(accuracy.humanForecasts == 1)
        #expect(accuracy.human.bias == 0.25 && accuracy.human.absolute == 0.25)
        #expect(accuracy.modelOfSame.bias == 0.125)
    }

    @Test func `is none where nothing was renewed or nothing is over`() throws {
        let none = ForecastAccuracy([])
        #expect(none.coverage == nil && none.model.bias == nil && none.human.absolute == nil)
        let lost = ForecastAccuracy([try outcome(100, 0, 200, 0)])
        #expect(lost.model.bias == nil && lost.coverage == 1)
    }
}
