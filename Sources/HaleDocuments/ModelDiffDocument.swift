import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale models diff` prints: who changes band, the money that moves, tasks, and the largest movers.
package struct ModelDiffDocument {
    /// What the file is compared with.
    package enum Comparison: String {
        /// The models in force.
        case inForce
        /// What scored last: the file is in force, and scored nothing yet.
        case scoredLast
        /// The file itself: it is in force and scored last.
        case unchanged
    }

    package let model: String
    package let file: String
    package let comparison: Comparison
    package let diff: ModelDiff

    package init(model: String, file: String, comparison: Comparison, diff: ModelDiff) {
        self.model = model
        self.file = file
        self.comparison = comparison
        self.diff = diff
    }

    /// How many movers are listed for people; JSON has all.
    private static let shownMovers = 10

    package var document: Document {
        Document(
            titles: [title], notices: notices, sections: [bands, movers, tasks, alerts], sectionKey: "part",
            json: [
                "asOf": .string(diff.day.description), "model": .string(model), "file": .string(file),
                "comparedWith": .string(comparison.rawValue),
                "accounts": .init(diff.accounts), "changedScores": .init(diff.changed.count { abs($0.change) > 1e-9 }),
                "changedBands": .init(changingBand.count), "arrMoved": money(diff.arrMovedMinor),
                "changesSmoothing": .bool(diff.changesSmoothing),
                "bands": .array(
                    moves.map { move in
                        [
                            "from": .string(move.from.rawValue), "to": .string(move.to.rawValue),
                            "accounts": .init(move.accounts), "arr": money(move.arrMinor),
                        ]
                    }),
                "changes": .array(diff.changed.map(json)),
                "tasksOpened": diff.comparesTasks
                    ? .init(diff.changed.count { $0.task.before == nil && $0.task.after != nil }) : .null,
                "tasksClosed": diff.comparesTasks
                    ? .init(diff.changed.count { $0.task.before != nil && $0.task.after == nil }) : .null,
                "alertsOpened": diff.comparesTasks
                    ? .init(diff.changed.reduce(0) { $0 + $1.alerts.opened.count }) : .null,
                "failed": .array(diff.complaints.map(\.json)),
                "alertsClosed": diff.comparesTasks
                    ? .init(diff.changed.reduce(0) { $0 + $1.alerts.closed.count }) : .null,
            ])
    }

    private var changingBand: [ModelDiff.Account] { diff.changed.filter(\.changesBand) }

    private var title: String {
        let arr = diff.currency.map { ", \(MoneyText.text(minor: diff.arrMovedMinor, currency: $0)) of ARR" } ?? ""
        return "\(model) (\(file)) on \(diff.day): \(changingBand.count) of \(diff.accounts) accounts change band\(arr)"
    }

    private var notices: [Document.Notice] {
        var notices: [Document.Notice] = []
        switch comparison {
        case .inForce: break
        case .scoredLast: notices.append(.note("the file is in force: it is compared with what scored last"))
        case .unchanged: notices.append(.note("the file is in force and scored last: nothing is to come of it"))
        }
        if diff.changesSmoothing {
            notices.append(.warning("smoothing or the deadband differ, which a single day does not show"))
        }
        if !diff.comparesTasks {
            notices.append(.note("\(diff.day) was not scored: tasks and alerts are not compared"))
        }
        notices += diff.complaints.map { .warning("\($0.sentence); its alerts are not compared") }
        return notices
    }

    private struct Move {
        let from: Band
        let to: Band
        let accounts: Int
        let arrMinor: Int64
    }

    private var moves: [Move] {
        Band.allCases.flatMap { from in
            Band.allCases.compactMap { to in
                let moved = changingBand.filter { $0.band == (from, to) }
                return moved.isEmpty
                    ? nil
                    : Move(from: from, to: to, accounts: moved.count, arrMinor: moved.lazy.map(\.arrMinor).boundedSum())
            }
        }
    }

    private var bands: Document.Section {
        var table = Table([
            Column("from", priority: 100), Column("to", priority: 99),
            Column("account", priority: 98, minimumWidth: 20, overflow: .wrap(maximumLines: 2)),
            Column("arr", content: .number, priority: 90),
            Column("score", key: "before", content: .number, priority: 80),
            Column("then", key: "after", content: .number, priority: 80),
        ])
        for account in changingBand {
            table.append([
                .band(account.band.before), .band(account.band.after), .text(account.name), cell(account.arrMinor),
                .number(account.score.before, decimals: 1), .number(account.score.after, decimals: 1),
            ])
        }
        let lines = moves.map { move in
            let arr = diff.currency.map { ", " + MoneyText.text(minor: move.arrMinor, currency: $0) } ?? ""
            return "\(move.from.rawValue) to \(move.to.rawValue): \(move.accounts)\(arr)"
        }
        return Document.Section(
            title: "Bands", lines: lines.isEmpty ? ["no account changes band"] : lines, table: table)
    }

    private var movers: Document.Section {
        var table = Table([
            Column("account", priority: 100, minimumWidth: 20, overflow: .wrap(maximumLines: 2)),
            Column("change", content: .number, priority: 99), Column("driver", priority: 95),
            Column("points", content: .number, priority: 90), Column("model", priority: 50),
        ])
        for account in diff.changed.prefix(Self.shownMovers) where abs(account.change) > 1e-9 {
            table.append([
                .text(account.name), .number(account.change, decimals: 1), .text(account.driver?.name ?? ""),
                .optional(account.driver?.points) { .number($0, decimals: 1) },
                .text(
                    account.model.before == account.model.after
                        ? account.model.after : "\(account.model.before) → \(account.model.after)"),
            ])
        }
        return Document.Section(title: "Largest movers", table: table)
    }

    private var tasks: Document.Section {
        var table = Table([
            Column("task", priority: 99),
            Column("account", priority: 100, minimumWidth: 20, overflow: .wrap(maximumLines: 2)),
            Column("what", priority: 90, minimumWidth: 20, overflow: .wrap(maximumLines: 2)),
        ])
        for account in diff.changed where account.changesTask {
            table.append([
                .text(account.task.before == nil ? "opens" : "closes"), .text(account.name),
                .text(account.task.after ?? account.task.before ?? ""),
            ])
        }
        return Document.Section(title: "Tasks", table: table)
    }

    private var alerts: Document.Section {
        var table = Table([
            Column("alert", priority: 99), Column("rule", priority: 98),
            Column("account", priority: 100, minimumWidth: 20, overflow: .wrap(maximumLines: 2)),
        ])
        for account in diff.changed {
            for rule in account.alerts.opened { table.append([.text("opens"), .text(rule), .text(account.name)]) }
            for rule in account.alerts.closed { table.append([.text("closes"), .text(rule), .text(account.name)]) }
        }
        return Document.Section(title: "Alerts", table: table)
    }

    private func cell(_ minor: Int64) -> Cell {
        .optional(diff.currency) { .money(minor: minor, currency: $0) }
    }

    private func money(_ minor: Int64) -> JSONValue {
        diff.currency.map { .money(minor: minor, currency: $0) } ?? .null
    }

    private func json(_ account: ModelDiff.Account) -> JSONValue {
        [
            "accountId": .string(account.accountID), "name": .string(account.name), "arr": money(account.arrMinor),
            "scoreBefore": .number(account.score.before), "scoreAfter": .number(account.score.after),
            "bandBefore": .string(account.band.before.rawValue), "bandAfter": .string(account.band.after.rawValue),
            "modelBefore": .string(account.model.before), "modelAfter": .string(account.model.after),
            "driver": .init(account.driver?.name), "driverPoints": .init(account.driver?.points),
            "taskBefore": .init(account.task.before), "taskAfter": .init(account.task.after),
            "alertsOpened": .array(account.alerts.opened.map { .string($0) }),
            "alertsClosed": .array(account.alerts.closed.map { .string($0) }),
        ]
    }
}
