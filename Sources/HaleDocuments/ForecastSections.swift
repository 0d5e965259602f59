import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService

/// The renewals behind a forecast.
package struct ForecastListSection {
    package let money: ReportMoney

    package init(money: ReportMoney) {
        self.money = money
    }

    package func section(_ renewals: [ForecastRenewal]) -> Document.Section {
        var table = Table([
            Column("contract", key: "contractId", priority: 100),
            Column("account", key: "name", priority: 98, minimumWidth: 14),
            Column("id", key: "accountId", priority: 60), Column("csm", priority: 40), Column("segment", priority: 35),
            Column("ARR", key: "arr", content: .money, priority: 96),
            Column("renews on", key: "renewsOn", content: .date, priority: 95),
            Column("decision on", key: "decisionOn", content: .date, priority: 55),
            Column("score", content: .number, priority: 70), Column("probability", content: .percent, priority: 94),
            Column("basis", priority: 90, minimumWidth: 8), Column("n", content: .number, priority: 89),
            Column("renewal", key: "renewalNumber", content: .number, priority: 50),
            Column("category", priority: 85), Column("people say", key: "human", content: .money, priority: 80),
            Column("their category", key: "humanCategory", priority: 45), Column("by", priority: 44),
        ])
        for renewal in renewals {
            table.append([
                .text(renewal.contractID), .text(renewal.account), .text(renewal.accountID),
                .optional(renewal.csm) { .text($0) }, .optional(renewal.segment) { .text($0) },
                money.cell(renewal.arrMinor), .optional(renewal.renewsOn) { .date($0.description) },
                .optional(renewal.decisionOn) { .date($0.description) },
                .optional(renewal.score) { .number($0, decimals: 1) },
                .percent(renewal.renewal.probability, decimals: 0), .text(renewal.renewal.basis.rawValue),
                .count(renewal.renewal.decidedRenewals), .optional(renewal.renewalNumber) { .count($0) },
                .text(renewal.category.rawValue),
                .optional(renewal.human?.amountMinor) { money.cell($0) },
                .optional(renewal.human?.category) { .text($0.rawValue) },
                .optional(renewal.human?.by) { .text($0) },
            ])
        }
        return Document.Section(title: "Renewals", table: table)
    }

    package func json(_ renewal: ForecastRenewal) -> JSONValue {
        [
            "contractId": .string(renewal.contractID), "accountId": .string(renewal.accountID),
            "name": .string(renewal.account), "csm": .init(renewal.csm), "segment": .init(renewal.segment),
            "arr": money.json(renewal.arrMinor), "renewsOn": .init(renewal.renewsOn?.description),
            "decisionOn": .init(renewal.decisionOn?.description), "score": .init(renewal.score),
            "probability": .number(renewal.renewal.probability), "basis": .string(renewal.renewal.basis.rawValue),
            "rung": .init(renewal.renewal.basis.rung), "n": .init(renewal.renewal.decidedRenewals),
            "renewalNumber": .init(renewal.renewalNumber),
            "category": .string(renewal.category.rawValue), "expected": money.json(renewal.expectedMinor),
            "human": human(renewal.human),
        ]
    }

    private func human(_ human: HumanForecast?) -> JSONValue {
        guard let human else { return .null }
        return [
            "amount": human.amountMinor.map { money.json($0) } ?? .null,
            "category": .init(human.category?.rawValue), "by": .string(human.by), "note": .init(human.note),
        ]
    }
}

/// What moved since an earlier day.
package struct ForecastMovedSection {
    package let moved: MovedForecast
    package let money: ReportMoney

    package init(moved: MovedForecast, money: ReportMoney) {
        self.moved = moved
        self.money = money
    }

    /// How many changes are listed for people; JSON has all.
    private static let shownChanges = 8

    private var movement: ForecastMovement { moved.movement }

    package var sections: [Document.Section] {
        let change = movement.afterMinor - movement.beforeMinor
        let summary =
            "expected \(money.text(movement.beforeMinor)) to \(money.text(movement.afterMinor)) "
            + "(\(money.change(change)))"
        guard !movement.changes.isEmpty else {
            return [Document.Section(title: "Since \(moved.since)", lines: ["nothing moved"] + ladderLines)]
        }
        let sums = movement.sums.map {
            "\(money.change($0.minor)) \($0.cause.words) (\($0.renewals))"
        }
        var table = Table([
            Column("contract", key: "contractId", priority: 100),
            Column("account", key: "name", priority: 98, minimumWidth: 14),
            Column("change", content: .money, priority: 97), Column("why", key: "cause", priority: 80),
            Column("in words", key: "text", priority: 95, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        for change in movement.changes.prefix(Self.shownChanges) {
            table.append([
                .text(change.renewal.contractID), .text(change.renewal.account), money.cell(change.minor),
                .text(change.cause.rawValue), .text(text(change)),
            ])
        }
        var lines = [summary, sums.joined(separator: ", ")] + ladderLines
        let left = movement.changes.count - Self.shownChanges
        if left > 0 { lines.append("the \(Self.shownChanges) largest of \(movement.changes.count) changes:") }
        return [Document.Section(title: "Since \(moved.since)", lines: lines, table: table)]
    }

    /// Which rung and base took the place of which, and why.
    private var ladderLines: [String] {
        guard let formulas = moved.formulas, formulas.isAnotherLadder else { return [] }
        let (before, after) = (formulas.before, formulas.after)
        // What is in force now was taken for its reasons; what is no more was left for those why it is refused.
        let isUp = after.rung > before.rung || (after.rates.base == .renewalNumber && before.rates.base == .rate)
        let why = isUp ? after.reasons : after.refusals
        return [
            "from \(before.name) to \(after.name), chosen when \(moved.day) was scored"
                + (why.isEmpty ? "" : ": " + why.joined(separator: " "))
        ]
    }

    private var ladder: JSONValue {
        guard let formulas = moved.formulas, formulas.isAnotherLadder else { return .null }
        func json(_ formula: RenewalFormula) -> JSONValue {
            ["rung": .init(formula.rung), "base": .init(formula.baseName)]
        }
        return [
            "before": json(formulas.before), "after": json(formulas.after),
            "reasons": .array(formulas.after.reasons.map { .string($0) }),
            "refusals": .array(formulas.after.refusals.map { .string($0) }),
        ]
    }

    package var json: JSONValue {
        [
            "since": .string(moved.since.description), "ladder": ladder, "before": money.json(movement.beforeMinor),
            "after": money.json(movement.afterMinor),
            "causes": .array(
                movement.sums.map {
                    [
                        "cause": .string($0.cause.rawValue), "change": money.json($0.minor),
                        "renewals": .init($0.renewals),
                    ]
                }),
            "changes": .array(
                movement.changes.map { change in
                    [
                        "contractId": .string(change.renewal.contractID),
                        "accountId": .string(change.renewal.accountID), "name": .string(change.renewal.account),
                        "cause": .string(change.cause.rawValue), "change": money.json(change.minor),
                        "probabilityBefore": .init(change.before?.renewal.probability),
                        "probabilityAfter": .init(change.after?.renewal.probability), "text": .string(text(change)),
                    ]
                }),
        ]
    }

    private func text(_ change: ForecastMovement.Change) -> String {
        let (before, after) = (change.before, change.after)
        func percent(_ renewal: ForecastRenewal?) -> String {
            renewal.map { NumberText.percent($0.renewal.probability) } ?? "none"
        }
        func score(_ renewal: ForecastRenewal?) -> String {
            renewal?.score.map { NumberText.fixed($0, decimals: 1) } ?? "unknown"
        }
        let chance = "\(percent(before)) to \(percent(after))"
        switch change.cause {
        case .entered: return "came into the period, renews on \(change.renewal.renewsOn?.description ?? "no day")"
        case .renewed: return "was renewed"
        case .lost: return "was lost"
        case .left: return "left the period undecided: its date moved, or it ended"
        case .amount: return "ARR \(money.text(before?.arrMinor ?? 0)) to \(money.text(after?.arrMinor ?? 0))"
        case .signed: return "was signed, \(chance)"
        case .notice: return "notice was given or taken back, \(chance)"
        case .state:
            return
                "\(before?.renewal.basis.rawValue ?? "none") to \(after?.renewal.basis.rawValue ?? "none"), \(chance)"
        case .score: return "score \(score(before)) to \(score(after)), \(chance)"
        case .calibration: return "decided renewals say something else of the same score, \(chance)"
        case .rung: return "the same score on another rung or base, \(chance)"
        }
    }
}

extension ForecastMovement.Cause {
    /// The cause in a list of sums.
    package var words: String {
        switch self {
        case .entered: "came in"
        case .renewed: "renewed"
        case .lost: "lost"
        case .left: "left undecided"
        case .amount: "by ARR"
        case .signed: "signed"
        case .notice: "by notice"
        case .state: "by the contract's state"
        case .score: "by score"
        case .calibration: "by calibration"
        case .rung: "by another rung or base"
        }
    }
}

/// The pictures of a forecast: the fan over the months, and what moved.
package struct ForecastPicture {
    package let report: ForecastReport
    package let moved: MovedForecast?
    /// Months or quarters.
    package let grouping: ForecastReport.Grouping

    package init(report: ForecastReport, moved: MovedForecast?, grouping: ForecastReport.Grouping) {
        self.report = report
        self.moved = moved
        self.grouping = grouping
    }

    private var money: ReportMoney { ReportMoney(report) }

    /// The ends of the periods: of each month, or of each quarter and what is begun of one.
    private var ends: [(label: String, forecast: PeriodForecast)] {
        let months = report.cumulated
        return months.enumerated().compactMap { index, forecast in
            let (year, month, _) = (forecast.period.before - 1).components
            if grouping == .month { return ("\(year)-\(month < 10 ? "0" : "")\(month)", forecast) }
            guard month.isMultiple(of: 3) || index == months.count - 1 else { return nil }
            return ("\(year)Q\((month + 2) / 3)", forecast)
        }
    }

    package var svg: String {
        let fan = FanChart(
            title: "Renewal forecast of \(report.day)",
            subtitle: "ARR renewed up to the end of each \(grouping.rawValue), of the renewals of \(report.range)",
            points: ends.map { label, forecast in
                let (p10, p50, p90) = forecast.outlook.quantilesMinor
                return FanChart.Point(
                    label: label, low: money.major(p10),
                    middle: money.major(p50), high: money.major(p90),
                    expected: money.major(forecast.outlook.expectedMinor),
                    whole: money.major(Double(forecast.outlook.arrMinor)))
            }, unit: money.currency)
        return fan.svg(above: waterfall)
    }

    private var waterfall: WaterfallChart? {
        guard let moved else { return nil }
        let movement = moved.movement
        let steps =
            [
                WaterfallChart.Step(
                    label: moved.since.description, amount: money.major(movement.beforeMinor), isSum: true)
            ]
            + movement.sums.map { WaterfallChart.Step(label: $0.cause.words, amount: money.major($0.minor)) }
            + [
                WaterfallChart.Step(
                    label: report.day.description, amount: money.major(movement.afterMinor), isSum: true)
            ]
        return WaterfallChart(
            title: "What moved since \(moved.since)", subtitle: "expected renewed ARR, change by cause", steps: steps,
            unit: money.currency)
    }
}
