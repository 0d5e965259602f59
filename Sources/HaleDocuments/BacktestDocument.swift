import Delimited
import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale backtest` prints.
package struct BacktestDocument {
    package let result: BacktestStage.Result

    package init(result: BacktestStage.Result) {
        self.result = result
    }

    private var report: BacktestReport { result.report }

    package var document: Document {
        Document(
            titles: titles, notices: notices,
            sections: report.renewals == 0
                ? []
                : [
                    Document.Section(table: figures),
                    Document.Section(title: "By segment", table: groups(report.segments)),
                    Document.Section(title: "By band", table: groups(report.bands)),
                ], sectionKey: "part", json: json)
    }

    /// The reliability diagram.
    package var picture: ReliabilityChart {
        ReliabilityChart(
            title: "How often what was foretold came true",
            subtitle: "\(report.renewals) renewals, \(report.lost) lost, foretold \(result.leadDays) days before",
            bins: report.reliability.map { .init(expected: $0.expected, observed: $0.observed, count: $0.count) })
    }

    private var titles: [String] {
        guard report.renewals > 0 else {
            return ["Backtest, \(result.leadDays) days before decisions", "no renewal can be foretold"]
        }
        return [
            "Backtest, \(result.leadDays) days before decisions: \(report.renewals) renewals, \(report.lost) lost",
            report.verdict,
        ]
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = []
        if let leftOut { notices.append(.note(leftOut)) }
        if let share = result.assumedKnowledge {
            if share > 0 {
                notices.append(
                    .note(
                        "of \(percent(share)) of the facts the time of knowledge is assumed to be their own (hale import --history)"
                    ))
            }
            let left = result.renewals
            if report.renewals == 0, left.leftOut(.notKnown).renewals + left.leftOut(.notScored).renewals > 0 {
                notices.append(
                    .warning(
                        "what is imported without --history or recorded_at was not known before its import: a first load "
                            + "wants hale import --history"))
            }
        }
        if report.withoutTenure > 0 {
            notices.append(
                .note(
                    "on \(report.withoutTenure) of \(report.renewals) renewals tenure is the base rate: too little had been "
                        + "decided of first, second and later ones to tell them apart"))
        }
        if result.capacity >= report.renewals, report.renewals > 0 {
            notices.append(.note("all \(report.renewals) could be looked after; --capacity asks for fewer"))
        }
        return notices
    }

    /// How many renewals are left out, why, and how many of those were lost.
    private var leftOut: String? {
        let all = result.renewals.leftOut
        guard all.renewals > 0 else { return nil }
        let reasons = EvidenceStore.Reason.allCases.compactMap { reason -> String? in
            let left = result.renewals.leftOut(reason)
            return left.renewals == 0 ? nil : "\(left.renewals), as \(reason.words) (\(left.lost) lost)"
        }
        let noun = all.renewals == 1 ? "renewal" : "renewals"
        return "left out: \(all.renewals) \(noun), \(all.lost) lost: " + reasons.joined(separator: "; ")
    }

    private func percent(_ share: Double) -> String { NumberText.fixed(100 * share, decimals: 0) + " %" }

    // MARK: Tables

    /// The columns, in their order.
    private var ways: [BacktestReport.Figures] {
        [report.score, report.tenureOnly, report.both, report.baseRate, report.alwaysRenewed]
    }

    private var figures: Table {
        var table = Table([
            Column("figure", priority: 100), Column("score", priority: 99),
            Column("tenure only", key: "tenureOnly", priority: 90),
            Column("both", priority: 91), Column("base rate", key: "baseRate", priority: 89),
            Column("always renewed", key: "alwaysRenewed", priority: 80),
            Column("in words", key: "text", priority: 60, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        let lines: [(String, (BacktestReport.Figures) -> BacktestReport.Figure, String)] = [
            ("AUC", \.areaUnderCurve, "chance that a lost renewal was put above a renewed one; 0.5 is a coin"),
            ("Brier", \.brierScore, "mean squared error; less is better"),
            ("ECE", \.calibrationError, "mean distance of what was foretold from what came, in ten bins"),
            ("top-decile lift", \.topDecileLift, "share lost among the tenth most in danger, over that of all"),
            ("precision", \.precisionAtCapacity, "share lost among the \(result.capacity) that can be looked after"),
        ]
        for (name, value, words) in lines {
            table.append([.text(name)] + ways.map { .text(text(value($0))) } + [.text(words)])
        }
        func plain(_ name: String, _ value: (BacktestReport.Figures) -> Double?, _ words: String) {
            let texts = ways.map { number(value($0)) }
            table.append([.text(name)] + texts.map { .text($0) } + [.text(words)])
        }
        plain("ECE by chance", \.noiseFloor, "the ECE that probabilities which are right would show")
        plain("slope", \.calibrationSlope, "1 where calibrated; below it the probabilities are too bold")
        plain("z", \.spiegelhalter, "Spiegelhalter's; beyond 1.96 either way not calibrated")
        return table
    }

    private func groups(_ groups: [BacktestReport.Group]) -> Table {
        var table = Table([
            Column("group", priority: 100), Column("renewals", content: .number, priority: 99),
            Column("lost", content: .number, priority: 98),
            Column("share lost", key: "observed", content: .percent, priority: 97),
            Column("foretold", key: "expected", content: .percent, priority: 96),
            Column("AUC", key: "auc", content: .number, priority: 90),
        ])
        for group in groups {
            table.append([
                .text(group.name.isEmpty ? "none" : group.name), .count(group.renewals), .count(group.lost),
                .percent(Double(group.lost) / Double(group.renewals), decimals: 1),
                .percent(group.expected, decimals: 1),
                .optional(group.areaUnderCurve) { .number($0, decimals: 3) },
            ])
        }
        return table
    }

    private func number(_ value: Double?) -> String { value.map { NumberText.fixed($0, decimals: 3) } ?? "none" }

    private func text(_ figure: BacktestReport.Figure) -> String {
        guard let value = figure.value else { return "none" }
        guard let low = figure.low90, let high = figure.high90 else { return number(value) }
        return "\(number(value)) (\(number(low))–\(number(high)))"
    }

    // MARK: JSON

    private var json: JSONValue {
        func left(_ number: KeyPath<EvidenceStore.LeftOut, Int>) -> [JSONValue.Member] {
            EvidenceStore.Reason.allCases.map {
                .init($0.rawValue, .init(result.renewals.leftOut($0)[keyPath: number]))
            }
        }
        var members: [JSONValue.Member] = [
            .init("asOf", .string(result.day.description)), .init("leadDays", .init(result.leadDays)),
            .init("renewals", .init(report.renewals)), .init("lost", .init(report.lost)),
        ]
        members += self.members(report.score)
        members += [
            .init("capacity", .init(result.capacity)), .init("tenureOnly", .object(self.members(report.tenureOnly))),
            .init("both", .object(self.members(report.both))),
            .init("baseRate", .object(self.members(report.baseRate))),
            .init("alwaysRenewed", .object(self.members(report.alwaysRenewed))),
            .init("withoutTenure", .init(report.withoutTenure)),
            .init("segments", .array(report.segments.map(json))), .init("bands", .array(report.bands.map(json))),
            .init(
                "reliability",
                .array(
                    report.reliability.map {
                        [
                            "renewals": .init($0.count), "expected": .number($0.expected),
                            "observed": .number($0.observed),
                        ]
                    })),
            .init("leftOut", .object(left(\.renewals) + [.init("lost", .object(left(\.lost)))])),
            .init("assumedKnowledge", .init(result.assumedKnowledge)),
            .init("verdict", .string(report.verdict)),
        ]
        return .object(members)
    }

    private func members(_ figures: BacktestReport.Figures) -> [JSONValue.Member] {
        [
            .init("auc", json(figures.areaUnderCurve)), .init("brier", json(figures.brierScore)),
            .init("ece", json(figures.calibrationError)), .init("topDecileLift", json(figures.topDecileLift)),
            .init("precisionAtCapacity", json(figures.precisionAtCapacity)),
            .init("eceByChance", .init(figures.noiseFloor)), .init("calibrationSlope", .init(figures.calibrationSlope)),
            .init("spiegelhalterZ", .init(figures.spiegelhalter)),
        ]
    }

    private func json(_ figure: BacktestReport.Figure) -> JSONValue {
        ["value": .init(figure.value), "low90": .init(figure.low90), "high90": .init(figure.high90)]
    }

    private func json(_ group: BacktestReport.Group) -> JSONValue {
        [
            "name": .init(group.name.isEmpty ? nil : group.name), "renewals": .init(group.renewals),
            "lost": .init(group.lost), "expected": .number(group.expected), "auc": .init(group.areaUnderCurve),
        ]
    }
}

extension EvidenceStore.Reason {
    /// The reason in words, as goes behind "as".
    fileprivate var words: String {
        switch self {
        case .notKnown: "the contract was not known then"
        case .notRunning: "the contract was not running then"
        case .noticeGiven: "notice had been given already"
        case .notScored: "too little was known for a score"
        }
    }
}
