package import HaleDomain
package import HaleOutput

/// What `hale morning --team` prints: how full everybody's day is, what it protects, and what nobody covers.
package struct MorningTeamDocument {
    package let day: Day
    package let mornings: [CSMMorning]
    /// Who looks after the accounts with covers on the day.
    package let covers: [ResponsibleCSM]
    package let money: ReportMoney

    package init(day: Day, mornings: [CSMMorning], covers: [ResponsibleCSM], money: ReportMoney) {
        self.day = day
        self.mornings = mornings
        self.covers = covers
        self.money = money
    }

    /// The heaviest load first; accounts without a CSM are everybody's, and stand last.
    private var loads: [TeamLoad] {
        mornings.map(TeamLoad.init).sorted { left, right in
            if (left.csm == nil) != (right.csm == nil) { return right.csm == nil }
            return left.load != right.load ? left.load > right.load : (left.csm ?? "") < (right.csm ?? "")
        }
    }

    package var document: Document {
        var table = Table([
            Column("csm", priority: 99, minimumWidth: 12), Column("tasks", content: .number, priority: 80),
            Column("open min", key: "openMinutes", content: .number, priority: 85),
            Column("of min", key: "capacityMinutes", content: .number, priority: 84),
            Column("load", content: .percent, priority: 97), Column("protects", content: .money, priority: 95),
            Column("cut", key: "cutTasks", content: .number, priority: 70),
            Column("value cut", key: "valueCut", content: .money, priority: 90),
            Column("one more hour", key: "anotherHour", content: .money, priority: 60),
        ])
        for load in loads {
            table.append([
                .text(load.csm ?? "nobody"), .count(load.tasks), .count(load.openMinutes), .count(load.capacityMinutes),
                load.csm == nil ? .missing : .percent(load.load, decimals: 0), money.cell(load.protectedMinor),
                .count(load.cutTasks), money.cell(load.cutMinor),
                load.csm == nil ? .missing : money.cell(money.minor(load.anotherHour)),
            ])
        }
        return Document(
            titles: ["Team on \(day)", summary], notices: covers.absences(on: day).map { .note($0.sentence(on: day)) },
            table: table,
            json: [
                "asOf": .string(day.description),
                "absences": .array(
                    covers.absences(on: day).map { absence in
                        [
                            "csm": .string(absence.csm), "covering": .string(absence.covering),
                            "until": .string(absence.until.description), "accounts": .init(absence.accounts),
                        ]
                    }),
                "csms": .array(
                    loads.map { load in
                        [
                            "csm": .init(load.csm), "tasks": .init(load.tasks), "openMinutes": .init(load.openMinutes),
                            "capacityMinutes": .init(load.capacityMinutes), "load": .number(load.load),
                            "valueProtected": money.json(load.protectedMinor), "cutTasks": .init(load.cutTasks),
                            "valueCut": money.json(load.cutMinor),
                            "anotherHour": money.json(money.minor(load.anotherHour)),
                        ]
                    }),
            ])
    }

    /// What is covered, and what is not: tasks that nobody has, and tasks that do not fit into their CSM's day.
    private var summary: String {
        let owned = loads.filter { $0.csm != nil }
        let uncovered = loads.filter { $0.csm == nil }
        let full = owned.count { $0.load > 1 }
        var text =
            "\(owned.count) \(owned.count == 1 ? "CSM" : "CSMs"), \(full) with more than a day of work; protecting about "
            + money.text(owned.map(\.protectedMinor).boundedSum())
        let cut = owned.map(\.cutMinor).boundedSum()
        if cut > 0 { text += ", cut \(money.text(cut))" }
        if let nobody = uncovered.first {
            text +=
                "; nobody has \(nobody.tasks) \(nobody.tasks == 1 ? "task" : "tasks") worth "
                + money.text(nobody.protectedMinor &+ nobody.cutMinor)
        }
        return text
    }
}

/// How full the day of one CSM is.
private struct TeamLoad {
    let csm: String?
    let tasks: Int
    /// Time that all tasks take, planned or cut [minutes].
    let openMinutes: Int
    let capacityMinutes: Int
    let protectedMinor: Int64
    let cutTasks: Int
    let cutMinor: Int64
    /// What one more hour would protect [major units].
    let anotherHour: Double

    /// Open minutes over those of the day; more than 1 does not fit.
    var load: Double {
        capacityMinutes > 0 ? Double(openMinutes) / Double(capacityMinutes) : openMinutes > 0 ? .infinity : 0
    }

    init(_ morning: CSMMorning) {
        csm = morning.csm
        tasks = morning.plan.count
        openMinutes = morning.tasks.reduce(0) { $0 + $1.minutes }
        capacityMinutes = morning.capacityMinutes
        protectedMinor = morning.plan.planned.map(\.valueProtectedMinor).boundedSum()
        cutTasks = morning.plan.cut.count
        cutMinor = morning.plan.cut.map(\.task.valueProtectedMinor).boundedSum()
        anotherHour = max(0, morning.plan.anotherHour.valueProtected)
    }
}
