import Foundation
import HaleDomain

/// How long the exact distribution of renewed ARR takes for the renewals of a file.
enum ForecastTiming {
    /// Prints the time and some of the distribution as JSON. A line of the file is a probability and an amount; the grid
    /// has `steps` steps.
    static func run(file: String, steps: Double, nodes: Int) throws {
        let text = try String(contentsOfFile: file, encoding: .utf8)
        let renewals = text.split(separator: "\n").compactMap { line -> RenewalDistribution.Renewal? in
            let parts = line.split(separator: " ").compactMap { Double($0) }
            return parts.count == 2 ? .init(probability: parts[0], amount: parts[1]) : nil
        }
        let total = renewals.reduce(0) { $0 + $1.amount }
        let clock = ContinuousClock()
        let started = clock.now
        let distribution = RenewalDistribution(
            renewals, grid: RenewalDistribution.grid(total: total, steps: steps), nodes: nodes)
        let elapsed = clock.now - started
        let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) / 1e18
        print(
            """
            {"renewals": \(renewals.count), "seconds": \(seconds), "mass": \(distribution.mass.reduce(0, +)), \
            "p10": \(distribution.quantile(0.1)), "p50": \(distribution.quantile(0.5)), \
            "p90": \(distribution.quantile(0.9)), "deviation": \(distribution.deviation)}
            """)
    }
}
