/// Why a task is there, as facts of a few words each with their figures and since when: `usage −62 % in 28 d since
/// 17 Nov`, `decided in 25 d`.
///
/// They are made for the day asked, from its figures, and never from texts that were made on another one; the name of
/// the account stands in none of them.
package enum TaskFacts {
    /// The facts of an account's task, the most pressing first and each once: those of the alerts that fire, in the order
    /// in which they are seen to, then those of the reasons, then a fall of the score that is news.
    /// - Parameters:
    ///   - account: The account with its alerts (`calls`).
    ///   - name: The account's name, which is left out of what other people's rules say.
    ///   - reasons: Why it needs somebody's time, with those that a playbook stands for or without.
    ///   - figures: The figures of the day; what is not known is told without a figure.
    package static func facts(
        for account: TaskAccount, named name: String, reasons: [TaskReason], figures: TaskFigures, asOf day: Day
    ) -> [String] {
        let words = FactWords(account: account, figures: figures, day: day)
        var facts = account.calls.sorted(by: PlaybookCall.isBefore).map { call in
            words.fact(ofRule: call.rule, firedOn: call.firedOn) ?? custom(call, named: name)
        }
        facts += reasons.map(words.fact)
        if let change = words.fall { facts.append(change) }
        var told: Set<String> = []
        return facts.filter { told.insert($0).inserted }
    }

    /// The facts of a task: of a dated step what its day is counted from; of any other those of its alerts and reasons. A
    /// decision that is near stands among the first two.
    package static func facts(
        of task: TaskDraft, named name: String, figures: TaskFigures, asOf day: Day,
        assumptions: TaskAssumptions = TaskAssumptions()
    ) -> [String] {
        let account = task.account
        var facts: [String]
        if let due = task.due {
            facts = [step(due, asOf: day)]
        } else {
            facts = self.facts(for: account, named: name, reasons: task.reasons, figures: figures, asOf: day)
        }
        guard account.decisionOn != nil, let days = account.daysToDecision, days <= assumptions.decisionDays,
            ![.signed, .lockedIn, .lapsed].contains(account.contractState)
        else { return facts }
        let decision = decision(in: days)
        guard !facts.contains(where: { $0.hasSuffix(decision) }) else { return facts }
        facts.insert(decision, at: min(1, facts.count))
        return facts
    }

    /// What the day of a step is counted from.
    private static func step(_ due: DueStep, asOf day: Day) -> String {
        let since = day - due.occasion
        switch due.step.at.anchor {
        case .alert: return "\(since) d after the alert"
        case .decision: return decision(in: -since)
        case .start: return "customer for \(since) d"
        case .quarter:
            return since < 0 ? "quarter over in \(-since) d" : "quarter over on \(due.occasion.short(near: day))"
        }
    }

    /// The fact of a step of a playbook that is due for a day of the contract: what is decided or ends, and in how many
    /// days.
    package static func decision(in days: Int) -> String {
        switch days {
        case ..<0: "decision \(-days) d overdue"
        case 0: "decided today"
        default: "decided in \(days) d"
        }
    }

    /// What a rule of somebody's own says, without the account's name and the word that leads to it: "Nobody answers at
    /// Acme" is "Nobody answers".
    private static func custom(_ call: PlaybookCall, named name: String) -> String {
        guard var words = call.summary, !name.isEmpty else { return call.summary ?? call.rule }
        if let range = words.firstRange(of: name) {
            var before = words[..<range.lowerBound].split(separator: " ")
            if let last = before.last, leadingWords.contains(String(last)) { before.removeLast() }
            var after = words[range.upperBound...]
            for ending in ["'s", "’s"] where after.hasPrefix(ending) { after = after.dropFirst(ending.count) }
            words = (before + after.split(separator: " ")).joined(separator: " ")
        }
        func isCut(_ letter: Character) -> Bool { letter.isWhitespace || ",:;.-–—".contains(letter) }
        while let last = words.last, isCut(last) { words.removeLast() }
        words = String(words.drop(while: isCut))
        return words.isEmpty ? call.rule : words
    }

    /// What leads to a name: without the name it goes too.
    private static let leadingWords: Set<String> = ["at", "by", "for", "from", "in", "of", "to", "with"]
}

/// The words of the facts of one account on a day.
private struct FactWords {
    let account: TaskAccount
    let figures: TaskFigures
    let day: Day

    /// A change of the score in a week that is news [points].
    private static let newsPoints = 10.0
    /// The largest ratio of usage that is told as a fall.
    private static let toldRatio = 0.9
    /// Days of silence from which they say more than a ratio [business days].
    private static let silentDays = 5

    /// The fact behind a rule that ships with Hale; nil for any other. An alert outlives the flag that it was for: it is so
    /// since it fired.
    func fact(ofRule rule: String, firedOn: Day) -> String? {
        switch rule {
        case "UsageCliff": cliff(since: account.flags.cliffSince ?? firedOn)
        case "SlowDecline": decline(since: account.flags.declineSince ?? firedOn)
        case "ChampionSilent":
            account.flags.championLeftSince == nil ? championSilent : fact(.championLeft)
        case "DetractorWithInfluence": fact(.detractor)
        case "SeatsFarBelowContract": seats
        case "HealthAndMoneyDisagree": money
        case "PersistentRed": fact(.bandRed)
        case "DataMissing": fact(.unknownBand)
        case "NoticeGiven": fact(.noticeGiven)
        case "RenewalWindowUnsigned": fact(account.contractState == .pastDue ? .pastDue : .decisionNear)
        default: nil
        }
    }

    func fact(_ reason: TaskReason) -> String {
        switch reason {
        case .noticeGiven: "notice given" + on(figures.noticeGivenOn)
        case .pastDue:
            account.daysToDecision.map { "undecided, \(TaskFacts.decision(in: $0))" } ?? "past due, undecided"
        case .cliff: cliff(since: account.flags.cliffSince)
        case .detractor:
            figures.detractor.map { "buyer answered \($0.score) of 10" + on($0.day) }
                ?? "buyer is a detractor" + since(account.flags.detractorSince)
        case .championLeft: "no champion" + since(account.flags.championLeftSince)
        case .bandRed: red
        case .decline: decline(since: account.flags.declineSince)
        case .decisionNear: account.daysToDecision.map(TaskFacts.decision) ?? "decision near"
        case .lapsed: "contract ended, undecided"
        case .missingContract: "no contract known"
        case .unknownBand: figures.coverage.map { "data for \(percent($0)) of the score" } ?? "too little data"
        }
    }

    /// The fall of the score in a week, where it is news.
    var fall: String? {
        guard let change = figures.scoreChange7d, change <= -Self.newsPoints else { return nil }
        return "score −\(whole(-change)) in 7 d"
    }

    private func decline(since start: Day?) -> String {
        (change(figures.usageRatio, "28 d") ?? "usage declines") + since(start)
    }

    private func cliff(since start: Day?) -> String {
        if let silent = figures.silentBusinessDays, silent >= Self.silentDays {
            return "no usage for \(silent) working days"
        }
        return (change(figures.usageRatio7d, "7 d") ?? "usage almost stopped") + since(start)
    }

    private var red: String {
        let score = figures.score.map { ", score \(whole($0))" } ?? ""
        return (figures.daysRed.map { "red for \($0) d" } ?? "red") + score
    }

    private var championSilent: String {
        figures.championSilentBusinessDays.map { "champion silent for \($0) working days" } ?? "champion silent"
    }

    private var seats: String {
        figures.seatUtilisation.map { "\(percent($0)) of the seats used in 28 d" } ?? "few seats used"
    }

    private var money: String {
        if let overdue = figures.overdueDays, overdue > 0 { return "invoice \(overdue) d overdue" }
        return fact(account.contractState == .pastDue ? .pastDue : .decisionNear)
    }

    /// A ratio of usage as a change; nil where it is no fall to tell of.
    private func change(_ ratio: Double?, _ span: String) -> String? {
        guard let ratio, ratio.isFinite, ratio <= Self.toldRatio else { return nil }
        return "usage −\(percent(1 - ratio)) in \(span)"
    }

    private func percent(_ share: Double) -> String { "\(whole(100 * share)) %" }

    private func whole(_ value: Double) -> String { String(Int64(nearest: value)) }

    private func since(_ start: Day?) -> String { start.map { " since \($0.short(near: day))" } ?? "" }

    private func on(_ date: Day?) -> String { date.map { " on \($0.short(near: day))" } ?? "" }
}
