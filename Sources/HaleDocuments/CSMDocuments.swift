package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale csms list` prints.
package struct CSMListDocument {
    package let day: Day
    package let csms: [CSMWorkload]
    package let absences: [CSMAbsence]
    package let money: ReportMoney

    package init(day: Day, csms: [CSMWorkload], absences: [CSMAbsence], money: ReportMoney) {
        self.day = day
        self.csms = csms
        self.absences = absences
        self.money = money
    }

    package var document: Document {
        var table = Table([
            Column("csm", key: "email", priority: 99, minimumWidth: 16), Column("name", priority: 40),
            Column("accounts", content: .number, priority: 98),
            Column("covered", key: "coveredAccounts", content: .number, priority: 60),
            Column("given", key: "givenAccounts", content: .number, priority: 55),
            Column("arr", content: .money, priority: 90), Column("tasks", content: .number, priority: 85),
            Column("min", key: "minutes", content: .number, priority: 96),
            Column("week", key: "weekMinutes", content: .number, priority: 80),
            Column("load", content: .percent, priority: 95), Column("state", priority: 97),
        ])
        for csm in csms {
            table.append([
                .text(csm.email ?? "nobody"), .optional(csm.name) { .text($0) }, .count(csm.accounts),
                .count(csm.coveredAccounts), .count(csm.givenAccounts), .optional(csm.arrMinor, money.cell),
                .count(csm.tasks), .count(csm.minutes), .optional(csm.weekMinutes) { .count($0) },
                .optional(csm.load) { .percent($0, decimals: 0) }, .text(csm.state),
            ])
        }
        var sections = [Document.Section(table: table)]
        if !absences.isEmpty {
            sections.append(Document.Section(title: "Absences", table: CSMAbsence.table(of: absences)))
        }
        return Document(
            titles: ["CSMs as of \(day)"], sections: sections, sectionKey: "list",
            json: [
                "asOf": .string(day.description), "csms": .array(csms.map { $0.json(money) }),
                "absences": .array(absences.map(\.json)),
            ])
    }
}

/// What `hale csms show` prints.
package struct CSMShowDocument {
    package let day: Day
    package let csm: CSMWorkload
    package let absences: [CSMAbsence]
    /// The accounts that the CSM is responsible for, and those that others cover.
    package let accounts: [AccountHealth]
    package let money: ReportMoney

    package init(
        day: Day, csm: CSMWorkload, absences: [CSMAbsence], accounts: [AccountHealth], money: ReportMoney
    ) {
        self.day = day
        self.csm = csm
        self.absences = absences
        self.accounts = accounts
        self.money = money
    }

    package var document: Document {
        var table = Table([
            Column("account", key: "name", priority: 99, minimumWidth: 14),
            Column("id", key: "accountId", priority: 98), Column("band", content: .band, priority: 97),
            Column("arr", content: .money, priority: 90),
            Column("renews", key: "renewsOn", content: .date, priority: 80),
            Column("who", key: "csm", priority: 95, minimumWidth: 16),
        ])
        for account in accounts {
            table.append([
                .text(account.name), .text(account.accountID), .band(account.band), account.arrCell,
                .optional(account.renewsOn) { .date($0.description) }, .text(responsibility(for: account)),
            ])
        }
        var sections = [Document.Section(lines: [csm.sentence(money)])]
        if !absences.isEmpty {
            sections.append(Document.Section(title: "Absences", table: CSMAbsence.table(of: absences)))
        }
        sections.append(Document.Section(title: "Accounts", table: table))
        return Document(
            titles: ["\(csm.email ?? "nobody") as of \(day)"], sections: sections, sectionKey: "list",
            json: [
                "asOf": .string(day.description), "csm": csm.json(money), "absences": .array(absences.map(\.json)),
                "accounts": .array(accounts.map(\.json)),
            ])
    }

    private func responsibility(for account: AccountHealth) -> String {
        guard let cover = account.cover else { return "own" }
        return account.csm == csm.email
            ? cover.sentence : "\(account.csm ?? "nobody") covers until \(cover.untilOn)"
    }
}

extension CSMWorkload {
    /// Share of the minutes of a week that is spoken for; nil where a week has none.
    package var load: Double? {
        weekMinutes.flatMap { $0 > 0 ? Double(minutes) / Double($0) : nil }
    }

    /// What is to be said of it in a word.
    package var state: String {
        if email == nil { return "nobody's" }
        if overloadMinutes != nil { return "overloaded" }
        if givenAccounts > 0, givenAccounts + coveredAccounts > 0, accounts == coveredAccounts { return "away" }
        return "fits"
    }

    /// What the CSM has to do, in one line.
    package func sentence(_ money: ReportMoney) -> String {
        var parts = ["\(accounts) \(accounts == 1 ? "account" : "accounts")"]
        if coveredAccounts > 0 { parts[0] += ", \(coveredAccounts) of them covered for others" }
        if givenAccounts > 0 { parts.append("\(givenAccounts) of their own covered by others") }
        if let arrMinor { parts.append("ARR \(money.text(arrMinor))") }
        let week = weekMinutes.map { " of \($0)" } ?? ""
        parts.append("\(tasks) open \(tasks == 1 ? "task" : "tasks"), \(minutes)\(week) minutes this week")
        return "\(email ?? "nobody"): " + parts.joined(separator: "; ")
    }

    /// The same for programs.
    package func json(_ money: ReportMoney) -> JSONValue {
        [
            "email": .init(email), "name": .init(name), "accounts": .init(accounts),
            "coveredAccounts": .init(coveredAccounts), "givenAccounts": .init(givenAccounts),
            "arr": arrMinor.map(money.json) ?? .null, "tasks": .init(tasks), "minutes": .init(minutes),
            "capacityMinutes": .init(capacityMinutes), "weekMinutes": .init(weekMinutes),
            "overloadMinutes": .init(overloadMinutes),
        ]
    }
}

extension CSMAbsence {
    /// The absence in a few words.
    package var sentence: String {
        let count = "\(accounts) \(accounts == 1 ? "account" : "accounts")"
        return "\(covering) covers \(count) of \(csm ?? "nobody") from \(days.lowerBound) to \(days.upperBound)"
    }

    static func table(of absences: [CSMAbsence]) -> Table {
        var table = Table([
            Column("away", key: "csm", priority: 98), Column("covered by", key: "covering", priority: 99),
            Column("from", content: .date, priority: 80), Column("until", content: .date, priority: 97),
            Column("accounts", content: .number, priority: 90),
        ])
        for absence in absences {
            table.append([
                .optional(absence.csm) { .text($0) }, .text(absence.covering),
                .date(absence.days.lowerBound.description), .date(absence.days.upperBound.description),
                .count(absence.accounts),
            ])
        }
        return table
    }

    /// The absence as one JSON object.
    package var json: JSONValue {
        [
            "csm": .init(csm), "covering": .string(covering), "from": .string(days.lowerBound.description),
            "until": .string(days.upperBound.description), "accounts": .init(accounts),
        ]
    }
}
