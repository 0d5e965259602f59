import Delimited
import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale economics` prints.
package struct EconomicsDocument {
    package let report: EconomicsReport
    package let listing: EconomicsListing

    package init(report: EconomicsReport, listing: EconomicsListing) {
        self.report = report
        self.listing = listing
    }

    private var money: ReportMoney {
        ReportMoney(currency: report.currency ?? "", exponent: report.minorDigits)
    }

    private var lines: [EconomicsReport.Line] { listing == .channel ? report.byChannel : report.byMonth }

    package var document: Document {
        Document(
            titles: titles, notices: notices, table: table,
            json: [
                "asOf": .string(report.day.description), "from": .string(report.range.first.description),
                "to": .string((report.range.before - 1).description),
                "salesCycleDays": .init(report.salesCycleDays), "lagMonths": .init(report.lagMonths),
                "newCustomers": .init(report.acquisition.newCustomers),
                "cac": major(report.costOfCustomer),
                "ltv": report.customers > 0 ? major(report.acquisition.lifetimeValue) : .null,
                "ltvLow90": report.customers > 0 ? major(report.lifetimeValueInterval.low90) : .null,
                "ltvHigh90": report.customers > 0 ? major(report.lifetimeValueInterval.high90) : .null,
                "ltvBasis": .string(report.basis.rawValue),
                "ltvToCac": .init(report.customers > 0 ? report.acquisition.valueToCost : nil),
                "paybackMonths": .init(report.paybackMonths),
                "arpa": report.customers > 0 ? major(report.acquisition.revenuePerYear) : .null,
                "grossMargin": .number(report.acquisition.grossMargin),
                "discount": .number(report.acquisition.discount), "total": json(report.total),
                listing.rawValue + "s": .array(lines.map(json)),
            ])
    }

    // MARK: Terminal

    private var titles: [String] {
        let acquisition = report.acquisition
        func amount(_ major: Double?) -> String { major.map { money.text(minor($0)) } ?? "none" }
        func number(_ value: Double?) -> String { value.map { NumberText.fixed($0, decimals: 1) } ?? "none" }
        let isKnown = report.customers > 0
        return [
            "Economics of \(report.range), seen on \(report.day)",
            "CAC \(amount(report.costOfCustomer)) (\(acquisition.newCustomers) new customers), LTV "
                + "\(isKnown ? amount(acquisition.lifetimeValue) : "none"), LTV:CAC "
                + "\(isKnown ? number(acquisition.valueToCost) : "none"), payback \(number(report.paybackMonths)) months",
        ]
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = []
        if report.customers > 0 {
            notices.append(
                .note(
                    "a customer brings \(money.text(minor(report.acquisition.revenuePerYear))) a year (mean of "
                        + "\(report.customers)); \(AssumedMoney(assumptions: report.assumptions).worth)"))
        }
        if report.customers > 0 { notices.append(.note(stay)) }
        if let days = report.salesCycleDays {
            notices.append(
                .note(
                    "a lead took \(days) days to be won (median): customers are set beside the spend of "
                        + "\(report.lagMonths) months earlier"))
        } else {
            notices.append(
                .note("no lead was won: customers are set beside the spend of \(report.lagMonths) months earlier"))
        }
        if report.total.spendMinor == 0, report.total.laggedMinor == 0 {
            notices.append(.warning("no spend is known of these months: hale import spend FILE"))
        }
        return notices
    }

    /// What the lifetime value says of how long customers stay, and how sure that is.
    private var stay: String {
        let (low, high) = report.lifetimeValueInterval
        let interval = "LTV is between \(money.text(minor(low))) and \(money.text(minor(high))) in 9 of 10 cases"
        switch report.basis {
        case .shiftedBetaGeometric: return interval + " (customers drawn again, and either model of how long they stay)"
        case .oneRate: return interval + ", by one rate of leaving for every year: history is short"
        case .assumed:
            let rate = NumberText.fixed(100 * SurvivalProjection.assumedRate, decimals: 0)
            return "how long customers stay is assumed (\(rate) % a year): no customer's first year is over"
        }
    }

    private var table: Table {
        var table = Table([
            Column(listing.rawValue, priority: 100), Column("spend", content: .money, priority: 95),
            Column("leads", content: .number, priority: 90), Column("qualified", content: .number, priority: 89),
            Column("won", content: .number, priority: 92),
            Column("cost of a lead", key: "cpl", content: .money, priority: 94),
            Column("earlier spend", key: "laggedSpend", content: .money, priority: 60),
            Column("cost of a customer", key: "cac", content: .money, priority: 93),
        ])
        for line in lines {
            table.append([
                .text(line.name ?? "none"), money.cell(line.spendMinor), .count(line.leads), .count(line.qualified),
                .count(line.won), .optional(line.costPerLead) { money.cell($0) }, money.cell(line.laggedMinor),
                .optional(line.costOfCustomer) { money.cell($0) },
            ])
        }
        return table
    }

    // MARK: JSON

    private func minor(_ major: Double) -> Double {
        (0..<report.minorDigits).reduce(major) { amount, _ in amount * 10 }
    }

    private func major(_ value: Double?) -> JSONValue { value.map { money.json(minor($0)) } ?? .null }

    private func json(_ line: EconomicsReport.Line) -> JSONValue {
        [
            listing.rawValue: .init(line.name), "spend": money.json(line.spendMinor), "leads": .init(line.leads),
            "qualified": .init(line.qualified), "won": .init(line.won),
            "cpl": line.costPerLead.map { money.json($0) } ?? .null, "laggedSpend": money.json(line.laggedMinor),
            "cac": line.costOfCustomer.map { money.json($0) } ?? .null,
        ]
    }
}
