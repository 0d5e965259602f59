import HaleDomain
import Testing

@Suite
struct `Amounts of money beyond what can be held` {
    @Test(arguments: [
        (2.5, 3), (-2.5, -3), (9.3e18, Int64.max), (-9.3e18, .min), (.infinity, .max), (.nan, 0),
    ])
    func `stand at the limit, and what is no number is nothing`(value: Double, expected: Int64) {
        #expect(Int64(nearest: value) == expected)
    }

    @Test func `add up to the limit, whatever the order`() {
        #expect([Int64.max, 1, -2].boundedSum() == .max - 1)
        #expect([Int64.max, .max].boundedSum() == .max)
        #expect([Int64.min, -1].boundedSum() == .min)
        #expect([Int64]().boundedSum() == 0)
    }

    @Test func `end no forecast`() {
        let renewals = (0..<100).map { number in
            ForecastRenewal(
                contractID: "\(number)", accountID: "A", arrMinor: 100_000_000_000_000_000,
                renewal: RenewalProbability(probability: 1, basis: .signed, decidedRenewals: 0))
        }
        #expect(RenewalOutlook(renewals, unitMinor: 100).arrMinor == .max)
    }
}
