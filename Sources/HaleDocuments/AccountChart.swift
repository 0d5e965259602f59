package import HaleDomain
package import HaleOutput
package import HaleStore

extension ScoreChart {
    /// The history of an account's score; the drivers' points are stacked by dimension.
    package init(of account: AccountHealth, days: [ScoredDay], bands: BandParameters) {
        let points = days.map { day in
            let isKnown = day.computedBand != .unknown
            return Point(
                number: Int(day.day.daysSince2000), label: day.day.description, score: isKnown ? day.score : nil,
                smoothed: isKnown ? day.smoothedScore : nil, tone: day.band.tone, isSetByHand: day.isSetByHand)
        }
        var dimensions: [String] = []
        for name in days.last?.drivers ?? [] where !dimensions.contains(Self.dimension(name)) {
            dimensions.append(Self.dimension(name))
        }
        let layers = dimensions.compactMap { dimension -> Layer? in
            let values = days.map { day in
                zip(day.drivers, day.smoothedPoints).reduce(0) {
                    Self.dimension($1.0) == dimension ? $0 + $1.1 : $0
                }
            }
            return values.contains { $0 != 0 } ? Layer(name: dimension, values: values) : nil
        }
        let span = days.first.flatMap { first in days.last.map { ", \(first.day) to \($0.day)" } } ?? ""
        self.init(
            title: "\(account.name) (\(account.accountID))",
            subtitle: "health score\(span), \(days.count) scored \(days.count == 1 ? "day" : "days")",
            points: points, layers: layers, edges: (bands.amberFrom, bands.greenFrom))
    }

    /// A driver's name begins with its dimension.
    private static func dimension(_ driver: String) -> String {
        driver.split(separator: ".").first.map(String.init) ?? driver
    }
}
