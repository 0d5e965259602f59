import Glibc
import HaleDomain

extension SplitMix {
    /// A count whose size is even in its logarithm: as many accounts between 1 and 10 as between 100 and 1,000.
    fileprivate mutating func count(upTo digits: Int) -> Int {
        let bound = UInt64(1) << (next() % UInt64(digits))
        return Int(next() % (bound + 1))
    }
}

/// What the trend of one account is computed from.
struct AccountCounts {
    let slow: TrendCounts
    let fast: TrendCounts
    let portfolioRatio: Double
    let dispersion: Double
}

/// How long the usage trend of an account takes on one core, over counts that follow from a seed.
enum PosteriorTiming {
    /// Prints it as JSON.
    static func run(seed: UInt64) {
        let binaryDigits = 14
        let accounts = 200_000
        var numbers = SplitMix(seed: seed)
        let portfolio = (0..<accounts).map { _ in
            let prior = numbers.count(upTo: binaryDigits)
            let recent = Int(Double(prior) * (0.2 + 1.3 * numbers.unit())) + numbers.count(upTo: 3)
            return AccountCounts(
                slow: TrendCounts(recentCount: recent, recentExposure: 20, priorCount: prior, priorExposure: 20),
                fast: TrendCounts(recentCount: recent / 4, recentExposure: 5, priorCount: prior, priorExposure: 20),
                portfolioRatio: 0.9 + 0.2 * numbers.unit(), dispersion: 1 + 4 * numbers.unit())
        }

        var posteriors = 0
        // Used, so that nothing is computed for nothing.
        var sum = 0.0
        // Processor time, in microseconds as POSIX has it: other programs on the machine do not count.
        let started = clock()
        for account in portfolio {
            let ratio = account.portfolioRatio
            let trends = [
                UsageTrend.slow(account.slow, portfolioRatio: ratio, dispersion: account.dispersion, model: .default),
                UsageTrend.fast(account.fast, portfolioRatio: ratio, dispersion: account.dispersion, model: .default),
            ]
            for case let trend? in trends {
                posteriors += 1
                sum += trend.x
            }
        }
        let microseconds = Double(clock() - started)
        print(
            """
            {"accounts": \(accounts), "posteriors": \(posteriors), "largestCount": \(1 << (binaryDigits - 1)), \
            "meanX": \(sum / Double(posteriors)), "microsecondsPerPosterior": \(microseconds / Double(posteriors)), \
            "microsecondsPerAccount": \(microseconds / Double(accounts))}
            """)
    }
}
