import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService
package import HaleStore

/// What `hale forecast set` prints.
package struct ForecastEntryDocument {
    package let entered: ForecastStore.Entered
    package let isDryRun: Bool

    package init(entered: ForecastStore.Entered, isDryRun: Bool) {
        self.entered = entered
        self.isDryRun = isDryRun
    }

    package var document: Document {
        let renewal = entered.renewal
        let said = renewal.human
        let list = ForecastListSection(money: ReportMoney(currency: entered.currency, exponent: 2))
        let date = renewal.renewsOn?.description ?? ""
        let verb = isDryRun ? "would be kept" : "is kept"
        return Document(
            titles: [
                "The forecast of \(renewal.contractID) (\(renewal.account)), which renews on \(date), \(verb)"
            ],
            table: list.section([renewal]).table ?? Table([]),
            json: [
                "dryRun": .bool(isDryRun), "contractId": .string(renewal.contractID),
                "accountId": .string(renewal.accountID), "renewsOn": .string(date),
                "category": .init(said?.category?.rawValue), "by": .init(said?.by), "note": .init(said?.note),
            ])
    }
}

/// What `hale forecast freeze` prints.
package struct ForecastFreezeDocument {
    package let frozen: ForecastFreezing.Frozen
    package let isDryRun: Bool

    package init(frozen: ForecastFreezing.Frozen, isDryRun: Bool) {
        self.frozen = frozen
        self.isDryRun = isDryRun
    }

    package var document: Document {
        let what = "\(frozen.renewals) renewals in \(frozen.periods) months and quarters"
        let title =
            if let earlier = frozen.earlier {
                "The forecast of \(frozen.day) was frozen at \(earlier) and stays as it is"
            } else if isDryRun {
                "The forecast of \(frozen.day) would be frozen: \(what)"
            } else {
                "The forecast of \(frozen.day) is frozen: \(what)"
            }
        return Document(
            titles: [title], sections: [],
            json: [
                "asOf": .string(frozen.day.description), "dryRun": .bool(isDryRun),
                "periods": .init(frozen.periods), "renewals": .init(frozen.renewals),
                "frozenBefore": .init(frozen.earlier),
            ])
    }
}

/// What `hale forecast accuracy` prints.
package struct ForecastAccuracyDocument {
    package let day: Day
    package let judged: [ForecastStore.Judged]

    package init(day: Day, judged: [ForecastStore.Judged]) {
        self.day = day
        self.judged = judged
    }

    private var over: [ForecastStore.Judged] { judged.filter { $0.undecided == 0 } }

    package var document: Document {
        let accuracy = ForecastAccuracy(over.map(\.outcome))
        return Document(
            titles: ["Accuracy of frozen forecasts on \(day)"] + summary(accuracy), notices: notices, table: table,
            json: [
                "asOf": .string(day.description), "forecasts": .init(accuracy.forecasts),
                "undecided": .init(judged.count - over.count), "model": json(accuracy.model),
                "coverage": .init(accuracy.coverage), "human": json(accuracy.human),
                "modelOfSame": json(accuracy.modelOfSame), "humanForecasts": .init(accuracy.humanForecasts),
                "periods": .array(judged.map(json)),
            ])
    }

    private func summary(_ accuracy: ForecastAccuracy) -> [String] {
        guard accuracy.forecasts > 0 else { return ["no frozen forecast is over yet"] }
        func percent(_ value: Double?, signed: Bool = false) -> String {
            guard let value else { return "none" }
            return (signed && value > 0 ? "+" : "") + NumberText.fixed(100 * value, decimals: 1) + " %"
        }
        var lines = [
            "model: bias \(percent(accuracy.model.bias, signed: true)), absolute error "
                + "\(percent(accuracy.model.absolute)), \(percent(accuracy.coverage)) within P10 to P90 (should be 80 %), "
                + "\(accuracy.forecasts) forecasts"
        ]
        if accuracy.humanForecasts > 0 {
            lines.append(
                "people: bias \(percent(accuracy.human.bias, signed: true)), absolute error "
                    + "\(percent(accuracy.human.absolute)); the model on the same renewals "
                    + "\(percent(accuracy.modelOfSame.bias, signed: true)) and "
                    + "\(percent(accuracy.modelOfSame.absolute)), \(accuracy.humanForecasts) forecasts")
        }
        return lines
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = []
        let waiting = judged.count - over.count
        if waiting > 0 { notices.append(.note("\(waiting) forecasts have renewals that are past due and undecided")) }
        if judged.isEmpty {
            notices.append(.note("hale forecast freeze keeps a forecast; once a period is over it is judged here"))
        }
        if !over.isEmpty, over.count < 20 {
            notices.append(.note("forecasts overlap and are few: these figures are no more than a hint"))
        }
        return notices
    }

    private var table: Table {
        var table = Table([
            Column("frozen", key: "day", content: .date, priority: 100), Column("period", priority: 99),
            Column("contracts", content: .number, priority: 60), Column("expected", content: .money, priority: 97),
            Column("P10", key: "p10", content: .money, priority: 90),
            Column("P90", key: "p90", content: .money, priority: 89),
            Column("renewed", key: "actual", content: .money, priority: 98),
            Column("within", key: "covered", priority: 95),
            Column("people said", key: "human", content: .money, priority: 80),
            Column("renewed of these", key: "humanActual", content: .money, priority: 79),
        ])
        for entry in judged {
            let outcome = entry.outcome
            let money = ReportMoney(currency: entry.currency ?? "", exponent: 2)
            table.append([
                .date(outcome.day.description), .text(outcome.period.description), .count(outcome.contracts),
                money.cell(outcome.expectedMinor), money.cell(outcome.p10Minor), money.cell(outcome.p90Minor),
                entry.undecided > 0 ? .missing : money.cell(outcome.actualMinor),
                .text(entry.undecided > 0 ? "undecided" : outcome.isCovered ? "yes" : "no"),
                .optional(outcome.human?.saidMinor) { money.cell($0) },
                .optional(entry.undecided > 0 ? nil : outcome.human?.actualMinor) { money.cell($0) },
            ])
        }
        return table
    }

    private func json(_ errors: ForecastAccuracy.Errors) -> JSONValue {
        ["bias": .init(errors.bias), "absoluteError": .init(errors.absolute)]
    }

    private func json(_ entry: ForecastStore.Judged) -> JSONValue {
        let outcome = entry.outcome
        let money = ReportMoney(currency: entry.currency ?? "", exponent: 2)
        return [
            "day": .string(outcome.day.description), "period": .string(outcome.period.description),
            "contracts": .init(outcome.contracts), "expected": money.json(outcome.expectedMinor),
            "p10": money.json(outcome.p10Minor), "p90": money.json(outcome.p90Minor),
            "undecided": .init(entry.undecided),
            "actual": entry.undecided > 0 ? .null : money.json(outcome.actualMinor),
            "covered": entry.undecided > 0 ? .null : .bool(outcome.isCovered),
            "human": outcome.human.map { money.json($0.saidMinor) } ?? .null,
            "humanActual": outcome.human.map { money.json($0.actualMinor) } ?? .null,
            "modelOfSame": outcome.human.map { money.json($0.modelMinor) } ?? .null,
        ]
    }
}
