package import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale forecast` prints.
package struct ForecastDocument {
    package let report: ForecastReport
    package let grouping: ForecastReport.Grouping
    package let moved: MovedForecast?
    package let showsList: Bool
    package let narrowing: Narrowing

    package init(
        report: ForecastReport, grouping: ForecastReport.Grouping, moved: MovedForecast?, showsList: Bool,
        narrowing: Narrowing
    ) {
        self.report = report
        self.grouping = grouping
        self.moved = moved
        self.showsList = showsList
        self.narrowing = narrowing
    }

    private var money: ReportMoney { ReportMoney(report) }

    package var document: Document {
        let periods = report.periods(by: grouping)
        var sections = [Document.Section(table: table(periods))]
        if let moved { sections += ForecastMovedSection(moved: moved, money: money).sections }
        if showsList { sections.append(ForecastListSection(money: money).section(report.renewals)) }
        return Document(
            titles: titles(periods), notices: notices, sections: sections, sectionKey: "part",
            json: json(periods))
    }

    private func json(_ periods: [PeriodForecast]) -> JSONValue {
        let answer: JSONValue = [
            "asOf": .string(report.day.description), "from": .string(report.range.first.description),
            "to": .string((report.range.before - 1).description), "by": .string(grouping.rawValue),
            "currency": .init(report.currency), "calibration": calibration,
            "periods": .array(periods.map(json)), "total": json(report.total),
            "moved": moved.map { ForecastMovedSection(moved: $0, money: money).json } ?? .null,
        ]
        return answer.adding(narrowing.members)
    }

    // MARK: Terminal

    private func titles(_ periods: [PeriodForecast]) -> [String] {
        let outlook = report.total.outlook
        let (p10, _, p90) = outlook.quantilesMinor
        return [
            "Renewal forecast of \(report.day): renewals of \(report.range)",
            "\(money.text(outlook.arrMinor)) in \(outlook.contracts) \(outlook.contracts == 1 ? "contract" : "contracts"): "
                + "\(money.text(outlook.expectedMinor)) expected, "
                + "\(money.text(p10)) to \(money.text(p90)) in 8 of 10 cases",
        ]
    }

    private var notices: [Document.Notice] {
        var notices = narrowing.notices
        if report.unknown > 0 {
            notices.append(
                .warning(
                    "\(report.unknown) contracts are left out: nothing was scored up to \(report.day): run hale score"))
        }
        if let formula = report.formula {
            notices.append(.note(formula.sentence))
            if formula.rung < 2, formula.decidedRenewals > 0 {
                notices.append(
                    .note("hale backtest looks at what was known of decided renewals, which higher rungs need"))
            }
        }
        if report.total.outlook.isLopsided || report.periods(by: grouping).contains(where: \.outlook.isLopsided) {
            notices.append(
                .note(
                    "where P10 is above expected, fewer than one case in ten falls short of it: a few large renewals are "
                        + "likely, and each comes whole or not at all"))
        }
        if moved == nil { notices.append(.note("nothing to compare with: no earlier day was scored")) }
        let silent = report.renewals.count { $0.human == nil }
        if silent < report.renewals.count {
            notices.append(.note("\(silent) of \(report.renewals.count) renewals have no forecast by a person"))
        }
        return notices
    }

    private func table(_ periods: [PeriodForecast]) -> Table {
        let name = grouping == .month || grouping == .quarter ? "period" : grouping.rawValue
        var columns = [
            Column(name, priority: 100), Column("contracts", content: .number, priority: 90),
            Column("up for renewal", key: "arrUpForRenewal", content: .money, priority: 95),
            Column("closed", content: .money, priority: 80), Column("expected", content: .money, priority: 97),
            Column("P10", key: "p10", content: .money, priority: 94),
            Column("P50", key: "p50", content: .money, priority: 60),
            Column("P90", key: "p90", content: .money, priority: 93), Column("commit", content: .money, priority: 75),
            Column("most likely", key: "mostLikely", content: .money, priority: 74),
            Column("best case", key: "bestCase", content: .money, priority: 73),
            Column("at risk", key: "atRisk", content: .money, priority: 85),
            Column("renewed", content: .money, priority: 70), Column("lost", content: .money, priority: 71),
        ]
        let hasHuman = report.renewals.contains { $0.human != nil }
        let hasCategories = report.renewals.contains { $0.human?.category != nil }
        if hasHuman {
            columns += [
                Column("people say", key: "human", content: .money, priority: 88),
                Column("model of the same", key: "modelOfSame", content: .money, priority: 87),
                Column("silent", key: "withoutForecast", content: .number, priority: 72),
            ]
        }
        if hasCategories {
            columns += RenewalCategory.allCases.map {
                Column("they say \($0.words)", key: "human-\($0.rawValue)", content: .money, priority: 65)
            }
        }
        var table = Table(columns)
        for period in periods {
            var cells: [Cell] = [
                .text(grouping == .month || grouping == .quarter ? period.period.description : period.group ?? "none"),
                .count(period.outlook.contracts), money.cell(period.outlook.arrMinor),
                money.cell(period.outlook.arrByCategory[.closed] ?? 0), money.cell(period.outlook.expectedMinor),
                money.cell(period.outlook.quantilesMinor.p10), money.cell(period.outlook.quantilesMinor.p50),
                money.cell(period.outlook.quantilesMinor.p90),
            ]
            cells += [RenewalCategory.commit, .mostLikely, .bestCase, .atRisk].map {
                money.cell(period.outlook.arrByCategory[$0] ?? 0)
            }
            cells += [
                money.cell(period.decidedMinor(isRenewed: true)), money.cell(period.decidedMinor(isRenewed: false)),
            ]
            if hasHuman {
                cells += [
                    .optional(period.human?.saidMinor) { money.cell($0) },
                    .optional(period.human?.modelMinor) { money.cell($0) }, .count(period.withoutHumanForecast),
                ]
            }
            if hasCategories {
                cells += RenewalCategory.allCases.map { category in
                    .optional(period.humanByCategory) { money.cell($0[category] ?? 0) }
                }
            }
            table.append(cells)
        }
        return table
    }

    // MARK: JSON

    private var calibration: JSONValue {
        guard let formula = report.formula else { return .null }
        return [
            "rung": .init(formula.rung), "basis": .string(formula.basis.rawValue),
            "decidedRenewals": .init(formula.decidedRenewals), "lost": .init(formula.lostRenewals),
            "fittedRenewals": .init(formula.fittedRenewals), "base": .init(formula.baseName),
            "reasons": .array(formula.reasons.map { .string($0) }),
            "refusals": .array(formula.refusals.map { .string($0) }),
        ]
    }

    private func json(_ forecast: PeriodForecast) -> JSONValue {
        let outlook = forecast.outlook
        func category(_ category: RenewalCategory) -> JSONValue { money.json(outlook.arrByCategory[category] ?? 0) }
        var members: [JSONValue.Member] = [
            .init("period", .string(forecast.period.description))
        ]
        if grouping == .csm { members.append(.init("csm", .init(forecast.group))) }
        if grouping == .segment { members.append(.init("segment", .init(forecast.group))) }
        members += [
            .init("from", .string(forecast.period.first.description)),
            .init("to", .string((forecast.period.before - 1).description)),
            .init("contracts", .init(outlook.contracts)), .init("arrUpForRenewal", money.json(outlook.arrMinor)),
            .init("closed", category(.closed)), .init("expected", money.json(outlook.expectedMinor)),
            .init("p10", money.json(outlook.quantilesMinor.p10)), .init("p50", money.json(outlook.quantilesMinor.p50)),
            .init("p90", money.json(outlook.quantilesMinor.p90)), .init("commit", category(.commit)),
            .init("mostLikely", category(.mostLikely)), .init("bestCase", category(.bestCase)),
            .init("atRisk", category(.atRisk)), .init("human", human(forecast.human)),
            .init("humanCategories", categories(forecast.humanByCategory)),
            .init("withoutForecast", .init(forecast.withoutHumanForecast)),
            .init("renewed", .init(forecast.decided.count { $0.isRenewed })),
            .init("renewedArr", money.json(forecast.decidedMinor(isRenewed: true))),
            .init("lost", .init(forecast.decided.count { !$0.isRenewed })),
            .init("lostArr", money.json(forecast.decidedMinor(isRenewed: false))),
        ]
        if showsList {
            let list = ForecastListSection(money: money)
            members.append(.init("list", .array(forecast.renewals.map(list.json))))
        }
        return .object(members)
    }

    private func categories(_ amounts: [RenewalCategory: Int64]?) -> JSONValue {
        guard let amounts else { return .null }
        func json(_ category: RenewalCategory) -> JSONValue { money.json(amounts[category] ?? 0) }
        return [
            "closed": json(.closed), "commit": json(.commit), "mostLikely": json(.mostLikely),
            "bestCase": json(.bestCase), "atRisk": json(.atRisk),
        ]
    }

    private func human(_ human: PeriodForecast.Human?) -> JSONValue {
        guard let human else { return .null }
        return [
            "amount": money.json(human.saidMinor), "modelOfSame": money.json(human.modelMinor),
            "contracts": .init(human.contracts),
        ]
    }
}

extension RenewalCategory {
    /// The category in a heading.
    package var words: String { rawValue.replacing("_", with: " ") }
}

extension RenewalFormula {
    /// The base in JSON; nil where a formula of version 0.1 has none.
    package var baseName: String? { interceptStandsAlone && rung >= 2 ? nil : rates.base.rawValue }

    /// Rung and base in words.
    package var name: String {
        switch baseName {
        case RenewalBase.renewalNumber.rawValue: "rung \(rung) on the rate of the renewal's number"
        case nil: "rung \(rung) on a rate of its own"
        default: "rung \(rung) on one rate"
        }
    }

    /// What probabilities rest on, in words.
    package var sentence: String {
        let decided = "\(decidedRenewals) decided renewals, \(lostRenewals) lost"
        let rests =
            switch rung {
            case 0: "nothing was decided yet, so rate and slope are assumed"
            case 1: "\(rateWords) from \(decided); the slope of the score is assumed"
            case 2: "\(rateWords) from \(decided), calibrated on the scores of \(fittedRenewals) of them"
            default: "\(rateWords) from \(decided), fitted to the dimensions of \(fittedRenewals) of them"
            }
        return (["probabilities of rung \(rung) (\(basis.rawValue)): \(rests)."] + reasons + refusals).joined(
            separator: " ")
    }

    private var rateWords: String {
        switch rates.base {
        case .rate: "rates of the segments"
        case .renewalNumber: "rates of first, second and later renewals in the segments"
        }
    }
}
