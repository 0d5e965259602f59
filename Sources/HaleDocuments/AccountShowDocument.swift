import Delimited
package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale accounts show` prints: the whole account.
package struct AccountShowDocument {
    package let day: Day
    package let account: AccountHealth
    package let explanation: ScoreExplanation?
    /// The model that made the score; nil where it cannot be read any more.
    package let model: HealthModel?
    package let overrides: [OverrideStore.Entry]
    package let pulses: [JudgementStore.GivenPulse]
    package let notes: [JudgementStore.Note]
    /// What the accounts below this one come to; nil where they are not rolled up.
    package let rollUp: RolledUpScore?
    /// The history to draw; nil where it was not asked for.
    package let chart: ScoreChart?
    /// Whether its table may draw with more than ASCII.
    package let usesUnicode: Bool

    package init(
        day: Day, account: AccountHealth, explanation: ScoreExplanation?, model: HealthModel?,
        overrides: [OverrideStore.Entry], pulses: [JudgementStore.GivenPulse], notes: [JudgementStore.Note],
        rollUp: RolledUpScore?, chart: ScoreChart?, usesUnicode: Bool
    ) {
        self.day = day
        self.account = account
        self.explanation = explanation
        self.model = model
        self.overrides = overrides
        self.pulses = pulses
        self.notes = notes
        self.rollUp = rollUp
        self.chart = chart
        self.usesUnicode = usesUnicode
    }

    package var document: Document {
        Document(
            titles: ["\(account.name) (\(account.accountID)) as of \(day)"],
            notices: explanation == nil ? [.note("\(day) was not scored: facts only")] : [],
            sections: [facts] + (explanation.map { [score($0)] } ?? []) + connections + history,
            sectionKey: "part",
            json: account.json.adding(
                [.init("asOf", .string(day.description))]
                    + (explanation?.jsonMembers ?? ScoreExplanation.missingMembers) + judgementMembers))
    }

    private var judgementMembers: [JSONValue.Member] {
        [
            .init("overrides", .array(overrides.map(\.json))), .init("pulses", .array(pulses.map(\.json))),
            .init("notes", .array(notes.map(\.json))), .init("connect", .array(gaps.map(\.json))),
            .init("rollUp", rollUp.map { $0.json(currency: account.currency) } ?? .null),
        ]
    }

    private var gaps: [DataGap] {
        guard let explanation, let model else { return [] }
        return DataGap.gaps(of: explanation.breakdown, model: model)
    }

    private var history: [Document.Section] {
        guard let chart else { return [] }
        return [
            Document.Section(
                title: "History",
                lines: [
                    chart.points.isEmpty
                        ? "no day was scored"
                        : "the smoothed score, the edges of the bands dotted; the band as people saw it, in capitals where "
                            + "set by hand; the points of each group of drivers"
                ], table: chart.points.isEmpty ? nil : chart.table(unicode: usesUnicode))
        ]
    }

    /// What to connect, where too little is known for a score.
    private var connections: [Document.Section] {
        guard account.computedBand == .unknown, !gaps.isEmpty else { return [] }
        var table = Table([
            Column("import", key: "kind", priority: 100), Column("of the weight", key: "weight", content: .percent),
            Column("what is missing", key: "text", priority: 90, minimumWidth: 24, overflow: .wrap(maximumLines: 3)),
        ])
        for gap in gaps {
            table.append([
                .text("hale import \(gap.kind.rawValue)"), .percent(gap.weight, decimals: 1), .text(gap.text),
            ])
        }
        return [
            Document.Section(
                title: "Connect data",
                lines: ["Too little is known for a score, so nothing is alarmed about. This would help most:"],
                table: table)
        ]
    }

    private var facts: Document.Section {
        var table = Table([
            Column("fact", priority: 100),
            Column("value", priority: 99, minimumWidth: 20, overflow: .wrap(maximumLines: 3)),
        ])
        table.showsHeader = false
        func add(_ name: String, _ cell: Cell) { table.append([.text(name), cell]) }
        add("band", .band(account.band))
        if let override = account.override {
            add("set by hand", .text(override.sentence))
            add("computed band", .band(account.computedBand))
        }
        if let score = account.shownScore, let day = account.score {
            let change = account.scoreChange7d.map { ", \(NumberText.fixed($0, decimals: 1)) in 7 days" } ?? ""
            add(
                "score",
                .text(
                    "\(NumberText.fixed(score, decimals: 1)) smoothed, \(NumberText.fixed(day, decimals: 1)) today\(change)"
                ))
        }
        if let rollUp { add("accounts below", .text(rollUp.sentence(currency: account.currency))) }
        let line = Sparkline(account.history, scale: .scoreMovement)
        if let (low, high) = line.reach {
            add("60 days", .sparkline(line))
            add(
                "", .text("from \(NumberText.fixed(low, decimals: 0)) to \(NumberText.fixed(high, decimals: 0)) points")
            )
        }
        if let explanation, let since = explanation.staleSince {
            let feeds = explanation.staleFeeds.map { "no new \($0.rawValue)" }
            add("stale since", .text("\(since): \(feeds.joined(separator: ", "))"))
        }
        let exceptions = (account.reasons ?? []).compactMap(\.exception)
        if !exceptions.isEmpty {
            add("why this band", .text(exceptions.map(\.sentence).joined(separator: " ")))
        }
        if let pulse = pulses.first { add("pulse", .text(pulse.sentence(asOf: day))) }
        for note in notes {
            add("note", .text("\(note.notedOn)\(note.notedBy.map { ", \($0)" } ?? ""): \(note.text)"))
        }
        add("csm", .optional(account.csm) { .text($0 + (account.cover.map { ", \($0.sentence)" } ?? "")) })
        add("segment", .optional(account.segment) { .text($0) })
        add("arr", account.arrNote.map { .text("not known: \($0)") } ?? account.arrCell)
        add("contract", .text(contract))
        add("usage", .text(usage))
        add("nps", .text(account.netPromoter ?? "no response"))
        add("open tickets", .count(account.openTickets))
        return Document.Section(table: table)
    }

    private var contract: String {
        let state = account.contractState.rawValue.replacing("_", with: " ")
        guard let renews = account.renewsOn, let days = account.daysToRenewal else { return state }
        return "\(state), renews on \(renews) (\(days >= 0 ? "in \(days) days" : "\(-days) days ago"))"
    }

    private var usage: String {
        let seats = account.seats.map { " of \($0) seats" } ?? ""
        let last = account.lastActiveOn.map { ", last on \($0)" } ?? ""
        return
            "\(account.activePeople28d) people\(seats) on \(account.activeDays28d) of 28 days, \(account.events28d) events "
            + "after \(account.priorEvents28d)\(last)"
    }

    private func score(_ explanation: ScoreExplanation) -> Document.Section {
        var table = Table([
            Column("driver", priority: 100), Column("points", key: "smoothedPoints", content: .scoreBar, priority: 95),
            Column("today", key: "points", content: .number, priority: 60), Column("x", content: .number, priority: 40),
            Column("c", content: .number, priority: 30),
            Column("in words", key: "text", priority: 90, minimumWidth: 24, overflow: .wrap(maximumLines: 4)),
        ])
        let largest = explanation.drivers.map { abs($0.smoothedPoints) }.max() ?? 1
        for driver in explanation.drivers {
            table.append([
                .text(driver.name), .scoreBar(ScoreBar(points: driver.smoothedPoints, largest: largest)),
                .number(driver.points, decimals: 1), .optional(driver.x) { .number($0, decimals: 2) },
                .number(driver.c, decimals: 2), .text(driver.text),
            ])
        }
        let sum = explanation.drivers.reduce(0) { $0 + $1.smoothedPoints }
        let line =
            "\(NumberText.fixed(explanation.smoothedBaseline, decimals: 1)) baseline \(signed(sum)) points "
            + "\(signed(explanation.smoothedClip)) clip = "
            + "\(NumberText.fixed(explanation.smoothedBaseline + sum + explanation.smoothedClip, decimals: 1)); "
            + "the data supports \(NumberText.fixed(explanation.low, decimals: 0)) to \(NumberText.fixed(explanation.high, decimals: 0))"
        let written = "scored at \(explanation.scoredAt)" + (explanation.runReason.map { ": \($0)" } ?? "")
        return Document.Section(title: "Drivers", lines: [line, written], table: table)
    }

    private func signed(_ value: Double) -> String {
        (value < 0 ? "− " : "+ ") + NumberText.fixed(abs(value), decimals: 1)
    }
}

extension AccountHealth {
    /// The net promoter score in words, with what is expected beside it; nil without a response.
    fileprivate var netPromoter: String? {
        guard let nps else { return nil }
        func points(_ value: Double) -> String { NumberText.fixed(value, decimals: 0) }
        let from = "\(points(nps)) from \(npsResponses == 1 ? "1 person" : "\(npsResponses) people")"
        guard let npsEstimate, let npsEstimateLow90, let npsEstimateHigh90 else { return from }
        return from + "; estimate \(points(npsEstimate)) "
            + "(90 % interval \(points(npsEstimateLow90)) to \(points(npsEstimateHigh90)))"
    }
}
