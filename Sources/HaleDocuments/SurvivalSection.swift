import Delimited
package import HaleDomain
package import HaleOutput

/// How long customers stay.
package struct SurvivalSection {
    package let projection: SurvivalProjection

    package init(projection: SurvivalProjection) {
        self.projection = projection
    }

    private static let title = "Customers still there after so many years"

    package var section: Document.Section {
        var table = Table([
            Column("year", content: .number, priority: 100), Column("asked", content: .number, priority: 80),
            Column("observed", content: .percent, priority: 95),
            Column("at risk", key: "atRisk", content: .number, priority: 90),
            Column(
                projection.basis == .assumed ? "assumed" : "projected", key: "expected", content: .percent,
                priority: 99),
            Column("low", key: "low90", content: .percent, priority: 98),
            Column("high", key: "high90", content: .percent, priority: 97),
        ])
        for year in projection.years {
            table.append([
                .count(year.year), .count(year.asked), .optional(year.observed) { .percent($0, decimals: 1) },
                .count(year.atRisk), .percent(year.expected, decimals: 1), .percent(year.low90, decimals: 1),
                .percent(year.high90, decimals: 1),
            ])
        }
        return Document.Section(title: Self.title, lines: [seen] + words, table: table)
    }

    /// What was observed day by day with the projection beside it; without a year that is over there is no projection.
    package func picture(_ ofSegment: String) -> SurvivalChart {
        let isProjected = projection.basis != .assumed
        let observed = projection.observed
        var steps = observed.steps.map { SurvivalChart.Step(years: Self.years($0.days), share: $0.survival) }
        if let last = observed.lastDay {
            steps.append(.init(years: Self.years(last), share: observed.survival(afterDays: last) ?? 1))
        }
        return SurvivalChart(
            title: Self.title + ofSegment,
            subtitle: isProjected ? "\(projection.basis.rawValue), from \(known)" : seen,
            points: projection.years.map {
                .init(
                    year: $0.year, observed: $0.observed, atRisk: $0.atRisk,
                    expected: isProjected ? $0.expected : nil, low: isProjected ? $0.low90 : nil,
                    high: isProjected ? $0.high90 : nil)
            }, steps: steps)
    }

    private static func years(_ days: Int) -> Double { Double(days) / Double(ObservedSurvival.daysOfYear) }

    /// What the projection rests on.
    private var known: String {
        "\(projection.customers) customers whose first year is over, \(projection.periods) years at most"
    }

    /// What was observed until the last day on which anybody was at risk.
    private var seen: String {
        let observed = projection.observed
        guard let last = observed.lastDay, let share = observed.survival(afterDays: last) else {
            return "No customer was observed."
        }
        let kept = NumberText.fixed(100 * share, decimals: 1)
        return "Observed (Kaplan-Meier, \(observed.customers) customers): \(kept) % still there after \(last) days, "
            + "\(observed.atRisk(afterDays: last)) at risk; nobody was observed for longer."
    }

    private var words: [String] {
        switch projection.basis {
        case .shiftedBetaGeometric:
            return [
                "Projected from \(known): chances to leave differ between customers (shifted beta-geometric), and may change "
                    + "as they stay (beta-discrete-Weibull, weight \(weight)).",
                "Low to high holds in 9 of 10 cases: customers drawn again, and either model.",
            ]
        case .oneRate:
            return [
                "Too short a history for more than one rate for every year (3 years, 30 customers, and 5 of them lost are "
                    + "needed): \(known).",
                "Low to high is the interval of that rate alone, in 9 of 10 cases; it knows nothing of rates that differ.",
            ]
        case .assumed:
            let rate = NumberText.fixed(100 * SurvivalProjection.assumedRate, decimals: 0)
            return [
                "No customer's first year is over: \(rate) % a year are assumed, from what was observed so far. That is no "
                    + "projection."
            ]
        }
    }

    private var weight: String {
        NumberText.fixed(100 * (projection.changing?.weight ?? 0), decimals: 0) + " %"
    }

    package var json: JSONValue {
        let observed = projection.observed
        return [
            "basis": .string(projection.basis.rawValue), "customers": .init(projection.customers),
            "periods": .init(projection.periods), "alpha": .number(projection.model.alpha),
            "beta": .number(projection.model.beta), "durationDependence": durationDependence,
            "observed": [
                "customers": .init(observed.customers), "lastDay": .init(observed.lastDay),
                "steps": .array(
                    observed.steps.map {
                        [
                            "days": .init($0.days), "lost": .init($0.lost), "atRisk": .init($0.atRisk),
                            "survival": .number($0.survival),
                        ]
                    }),
            ],
            "years": .array(
                projection.years.map {
                    [
                        "year": .init($0.year), "asked": .init($0.asked), "observed": .init($0.observed),
                        "atRisk": .init($0.atRisk), "expected": .number($0.expected), "low90": .number($0.low90),
                        "high90": .number($0.high90),
                    ]
                }),
        ]
    }

    private var durationDependence: JSONValue {
        guard let changing = projection.changing else { return .null }
        return [
            "weight": .number(changing.weight), "alpha": .number(changing.model.alpha),
            "beta": .number(changing.model.beta), "shape": .number(changing.model.shape),
        ]
    }
}
