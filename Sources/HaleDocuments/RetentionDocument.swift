import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService
import HaleStore

/// What `hale retention` prints.
package struct RetentionDocument {
    package let report: RetentionReport
    package let listing: RetentionListing

    package init(report: RetentionReport, listing: RetentionListing) {
        self.report = report
        self.listing = listing
    }

    private var money: ReportMoney {
        ReportMoney(currency: report.currency ?? "", exponent: report.minorDigits)
    }

    package var document: Document {
        let total = report.total
        var members = RetentionFigures(money: money).members(total.sums, total.rates, accounts: total.accounts)
        members.insert(
            contentsOf: [
                .init("asOf", .string(report.day.description)), .init("from", .string(report.range.first.description)),
                .init("to", .string((report.range.before - 1).description)),
                .init("segment", .init(report.segment)),
            ], at: 0)
        members += [
            .init("segments", .array(RetentionSummary.bySegment(report.movements).map(json))),
            .init("months", .array(report.months.map(json))), .init("cohorts", .array(report.cohorts.map(json))),
            .init("survival", SurvivalSection(projection: report.projection).json), .init("nps", nps),
        ]
        if listing == .account {
            members += [
                .init("margin", .number(report.assumptions.margin)),
                .init("discount", .number(report.assumptions.discount)),
                .init("customers", .array(customers.map(json))),
            ]
        }
        return Document(
            titles: titles(total), sections: [list, SurvivalSection(projection: report.projection).section],
            sectionKey: "part", json: .object(members))
    }

    /// How the ARR at the beginning became that at the end: by what happened, or by the change of each segment or month.
    package func picture(by listing: RetentionListing?) -> WaterfallChart {
        let sums = report.total.sums
        func amount(_ minor: Int64) -> Double { money.major(Double(minor)) }
        func change(_ sums: ArrMovement) -> Double { amount(sums.endMinor - sums.startMinor) }
        let steps: [WaterfallChart.Step] =
            switch listing {
            case .segment:
                RetentionSummary.bySegment(report.movements).map {
                    .init(label: $0.group ?? "none", amount: change($0.sums))
                }
            case .month: report.months.map { .init(label: $0.period.description, amount: change($0.sums)) }
            case .cohort, .account, nil:
                [
                    .init(label: "churned", amount: -amount(sums.churnedMinor)),
                    .init(label: "contraction", amount: -amount(sums.contractionMinor)),
                    .init(label: "expansion", amount: amount(sums.expansionMinor)),
                    .init(label: "returned", amount: amount(sums.returnedMinor)),
                    .init(label: "new", amount: amount(sums.newMinor)),
                ]
                    + (sums.undecidedMinor > 0
                        ? [.init(label: "undecided", amount: -amount(sums.undecidedMinor))] : [])
            }
        // Days have no room beside months.
        let isByMonth = listing == .month
        let (first, last) = (report.range.first.description, report.range.before.description)
        let by = listing.map { ", change by \($0.rawValue)" } ?? ""
        return WaterfallChart(
            title: "ARR of \(report.range)" + ofSegment + by,
            subtitle: RetentionFigures(money: money).sentence(report.total),
            steps: [.init(label: isByMonth ? "before" : first, amount: amount(sums.startMinor), isSum: true)] + steps
                + [.init(label: isByMonth ? "after" : last, amount: amount(sums.endMinor), isSum: true)],
            unit: money.currency)
    }

    /// How long customers stay.
    package var survivalPicture: SurvivalChart {
        SurvivalSection(projection: report.projection).picture(ofSegment)
    }

    private var ofSegment: String { report.segment.map { ", segment \($0)" } ?? "" }

    // MARK: Terminal

    private func titles(_ total: RetentionSummary) -> [String] {
        let margin = report.netPromoter.margin
        let nps =
            report.netPromoter.responses == 0
            ? "NPS: nobody answered"
            : "NPS \(fixed(margin.score ?? 0)), newest answers of \(report.netPromoter.responses) respondents; "
                + "estimate \(fixed(margin.adjustedScore)) ± \(fixed(margin.adjustedMargin)) (adjusted, 95 %)"
        return [
            "Retention of \(report.range)\(ofSegment), seen on \(report.day)",
            RetentionFigures(money: money).sentence(total), nps,
        ]
    }

    private func fixed(_ value: Double) -> String { NumberText.fixed(value, decimals: 0) }

    private var list: Document.Section {
        switch listing {
        case .segment:
            let segments = RetentionSummary.bySegment(report.movements)
            return Document.Section(
                table: RetentionFigures(money: money).table(
                    "segment",
                    segments.map {
                        ($0.group ?? "none", $0.sums, $0.rates, $0.accounts)
                    }))
        case .month:
            return Document.Section(
                table: RetentionFigures(money: money).table(
                    "month",
                    report.months.map { ($0.period.description, $0.sums, $0.rates, $0.accounts) }))
        case .cohort:
            return Document.Section(
                title: "Customers by their first \(report.cohortUnit.rawValue): how many of them are there",
                table: cohortTable)
        case .account:
            return Document.Section(
                title: "Customers", lines: ["Worth: " + AssumedMoney(assumptions: report.assumptions).worth],
                table: customerTable)
        }
    }

    private var cohortTable: Table {
        let steps = Set(report.cohorts.map(\.months)).sorted()
        var table = Table(
            [
                Column("first \(report.cohortUnit.rawValue)", key: "cohort", priority: 100),
                Column("began", content: .number, priority: 99),
            ]
                + steps.enumerated().map { index, months in
                    Column(
                        Self.header(months), key: "accounts\(months)", content: .number,
                        priority: months.isMultiple(of: 12) ? 90 - index : 60 - index)
                }
                + [Column("ARR left", key: "arr", content: .money, priority: 95)])
        for (cohort, entries) in Dictionary(grouping: report.cohorts, by: \.cohort.description).sorted(by: {
            $0.key < $1.key
        }) {
            let known = Dictionary(entries.map { ($0.months, $0) }, uniquingKeysWith: { first, _ in first })
            table.append(
                [.text(cohort), .count(entries.first?.began ?? 0)]
                    + steps.map { months in .optional(known[months]?.accounts) { .count($0) } }
                    + [.optional(entries.last?.arrMinor) { money.cell($0) }])
        }
        return table
    }

    private static func header(_ months: Int) -> String {
        if months == 0 { return "at its end" }
        return months.isMultiple(of: 12) ? "+\(months / 12) y" : "+\(months) m"
    }

    /// Who is there, the most valuable first.
    private var customers: [(customer: CustomerLifetime, valueMinor: Double)] {
        report.lifetimes.filter { $0.lostOn == nil && $0.arrMinor > 0 }
            .map { ($0, report.residualValueMinor(of: $0)) }
            .sorted { $0.1 != $1.1 ? $0.1 > $1.1 : $0.0.accountID < $1.0.accountID }
    }

    private var customerTable: Table {
        var table = Table([
            Column("account", key: "name", priority: 100, minimumWidth: 14),
            Column("id", key: "accountId", priority: 90),
            Column("segment", priority: 40), Column("csm", priority: 30),
            Column("since", content: .date, priority: 80), Column("ARR", key: "arr", content: .money, priority: 95),
            Column("renews on", key: "renewsOn", content: .date, priority: 70),
            Column("worth", key: "residualValue", content: .money, priority: 97),
        ])
        for (customer, value) in customers {
            table.append([
                .text(customer.account), .text(customer.accountID), .optional(customer.segment) { .text($0) },
                .optional(customer.csm) { .text($0) }, .date(customer.firstOn.description),
                money.cell(customer.arrMinor), .optional(customer.renewsOn) { .date($0.description) },
                money.cell(value),
            ])
        }
        return table
    }

    // MARK: JSON

    private var nps: JSONValue {
        let margin = report.netPromoter.margin
        let isKnown = report.netPromoter.responses > 0
        return [
            "responses": .init(report.netPromoter.responses), "score": .init(margin.score),
            "adjustedScore": isKnown ? .number(margin.adjustedScore) : .null,
            "adjustedMargin": isKnown ? .number(margin.adjustedMargin) : .null,
        ]
    }

    private func json(_ summary: RetentionSummary) -> JSONValue {
        .object(
            [.init("segment", .init(summary.group))]
                + RetentionFigures(money: money).members(summary.sums, summary.rates, accounts: summary.accounts))
    }

    private func json(_ month: RetentionStore.Month) -> JSONValue {
        .object(
            [.init("month", .string(month.period.description))]
                + RetentionFigures(money: money).members(month.sums, month.rates, accounts: month.accounts))
    }

    private func json(_ cohort: RetentionStore.Cohort) -> JSONValue {
        [
            "cohort": .string(cohort.cohort.description), "months": .init(cohort.months), "began": .init(cohort.began),
            "accounts": .init(cohort.accounts), "arr": money.json(cohort.arrMinor),
        ]
    }

    private func json(_ entry: (customer: CustomerLifetime, valueMinor: Double)) -> JSONValue {
        [
            "accountId": .string(entry.customer.accountID), "name": .string(entry.customer.account),
            "segment": .init(entry.customer.segment), "csm": .init(entry.customer.csm),
            "since": .string(entry.customer.firstOn.description), "arr": money.json(entry.customer.arrMinor),
            "renewsOn": .init(entry.customer.renewsOn?.description), "residualValue": money.json(entry.valueMinor),
        ]
    }
}

/// The figures of retention as a row, a sentence and JSON.
package struct RetentionFigures {
    package let money: ReportMoney

    package init(money: ReportMoney) {
        self.money = money
    }

    package func sentence(_ total: RetentionSummary) -> String {
        func percent(_ low: Double?, _ high: Double?) -> String {
            guard let low, let high else { return "none" }
            let (least, most) = (NumberText.fixed(100 * low, decimals: 1), NumberText.fixed(100 * high, decimals: 1))
            return least == most ? "\(most) %" : "\(least) to \(most) %"
        }
        let rates = total.rates
        let undecided =
            total.sums.undecidedMinor > 0
            ? "; \(money.text(total.sums.undecidedMinor)) of ended terms not decided, counted as lost to kept" : ""
        return "GRR \(percent(rates.grossLow, rates.gross)), NRR \(percent(rates.netLow, rates.net)), logos "
            + "\(percent(rates.logoLow, rates.logo)) of \(total.accounts) customers with "
            + money.text(total.sums.startMinor) + undecided
    }

    package func table(
        _ name: String, _ rows: [(name: String, sums: ArrMovement, rates: RetentionRates, accounts: Int)]
    ) -> Table {
        // The low ends matter where they differ.
        let isInterval = rows.contains { $0.sums.undecidedMinor > 0 }
        var table = Table([
            Column(name, priority: 100), Column("accounts", content: .number, priority: 80),
            Column("ARR before", key: "startArr", content: .money, priority: 95),
            Column("churned", content: .money, priority: 85), Column("contraction", content: .money, priority: 75),
            Column("expansion", content: .money, priority: 76), Column("returned", content: .money, priority: 40),
            Column("new", content: .money, priority: 70),
            Column("undecided", content: .money, priority: isInterval ? 96 : 20),
            Column("ARR after", key: "endArr", content: .money, priority: 90),
            Column("GRR", key: "grr", content: .percent, priority: 99),
            Column("GRR low", key: "grrLow", content: .percent, priority: isInterval ? 94 : 15),
            Column("NRR", key: "nrr", content: .percent, priority: 98),
            Column("NRR low", key: "nrrLow", content: .percent, priority: isInterval ? 93 : 14),
            Column("logos", key: "logoRetention", content: .percent, priority: 97),
            Column("logos low", key: "logoRetentionLow", content: .percent, priority: 13),
        ])
        for row in rows {
            let (sums, rates) = (row.sums, row.rates)
            table.append(
                [.text(row.name), .count(row.accounts)]
                    + [
                        sums.startMinor, sums.churnedMinor, sums.contractionMinor, sums.expansionMinor,
                        sums.returnedMinor, sums.newMinor, sums.undecidedMinor, sums.endMinor,
                    ].map { money.cell($0) }
                    + [rates.gross, rates.grossLow, rates.net, rates.netLow, rates.logo, rates.logoLow].map {
                        .optional($0) { .percent($0, decimals: 1) }
                    })
        }
        return table
    }

    package func members(_ sums: ArrMovement, _ rates: RetentionRates, accounts: Int) -> [JSONValue.Member] {
        [
            .init("grr", .init(rates.gross)), .init("nrr", .init(rates.net)), .init("logoRetention", .init(rates.logo)),
            .init("grrLow", .init(rates.grossLow)), .init("nrrLow", .init(rates.netLow)),
            .init("logoRetentionLow", .init(rates.logoLow)), .init("undecided", money.json(sums.undecidedMinor)),
            .init("startArr", money.json(sums.startMinor)), .init("churned", money.json(sums.churnedMinor)),
            .init("contraction", money.json(sums.contractionMinor)),
            .init("expansion", money.json(sums.expansionMinor)), .init("returned", money.json(sums.returnedMinor)),
            .init("new", money.json(sums.newMinor)), .init("endArr", money.json(sums.endMinor)),
            .init("accounts", .init(accounts)),
        ]
    }
}
