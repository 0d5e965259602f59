/// Writes what customer success managers and customers had to do with each other.
struct DemoTouchpointWriter {
    static let columns = ["account_id", "occurred_at", "kind", "person_id", "csm_email", "note"]
    /// Accounts with something to attend to have not been contacted for that many days.
    private static let untouchedDays = 16

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar
    let seed: UInt64

    private static let notes = [
        "call": ["Went through open questions", "Left a message", "Short check-in", "Talked about the rollout"],
        "meeting": ["Quarterly review", "Training for new colleagues", "Goals for next year", "Demo of Insights"],
        "email": ["Sent release notes", "Invitation to the webinar", "Asked for a date", "Usage summary sent"],
        "reply": ["Thanks, will look at it", "Asked for a quote", "Proposed next week", "Happy so far"],
    ]

    /// Writes every touchpoint, account by account.
    func write(to table: DemoTable) throws {
        for account in portfolio.accounts {
            var random = DemoRandom(seed: seed, purpose: .touchpoint, number: account.number)
            try write(account, random: &random, to: table)
            if !account.namesPeople { try writeChampionReplies(account, random: &random, to: table) }
        }
    }

    /// Where usage names nobody, the champion is known by what he or she writes.
    private func writeChampionReplies(_ account: DemoAccount, random: inout DemoRandom, to table: DemoTable) throws {
        guard let champion = account.people.first(where: { $0.role == .champion }) else { return }
        var day = max(-calendar.usageDays, champion.joinedOn)
        while day < account.lostOn ?? 0 {
            if champion.isReachable(on: day), !calendar.isWeekend(day) {
                try write(account, day: day, kind: "reply", person: champion, random: &random, to: table)
            }
            day += random.integer(2...8)
        }
    }

    private func write(_ account: DemoAccount, random: inout DemoRandom, to table: DemoTable) throws {
        let gap =
            switch account.segment {
            case .enterprise: 12...30
            case .midMarket: 24...55
            case .small: 50...130
            }
        let end = needsAttention(account) ? -Self.untouchedDays : account.lostOn ?? 0
        var day = max(-calendar.usageDays, account.createdOn) + random.integer(1...gap.upperBound / 4)
        while day < end {
            if !calendar.isWeekend(day), !calendar.isHoliday(day, in: account.name.country) {
                try writeContact(account, on: day, end: end, random: &random, to: table)
            }
            day += random.integer(gap)
        }
    }

    private func needsAttention(_ account: DemoAccount) -> Bool {
        if account.lostOn != nil { return false }
        return switch account.story {
        case .steady, .lukewarm, .growing, .onboarding: account.plan == .windowOpen && account.number % 4 != 0
        default: true
        }
    }

    private func writeContact(
        _ account: DemoAccount, on day: Int, end: Int, random: inout DemoRandom, to table: DemoTable
    ) throws {
        let reachable = account.people.filter { $0.isReachable(on: day) }
        let person = contact(among: reachable, random: &random)
        switch random.unit() {
        case ..<0.14: try write(account, day: day, kind: "meeting", person: person, random: &random, to: table)
        case ..<0.38: try write(account, day: day, kind: "call", person: person, random: &random, to: table)
        default:
            try write(account, day: day, kind: "email", person: person, random: &random, to: table)
            let isSilent = account.story == .dormant && day >= account.storyStart
            let replyDay = day + random.integer(1...3)
            if let person, !isSilent, replyDay < end, person.isReachable(on: replyDay), random.chance(0.55) {
                try write(account, day: replyDay, kind: "reply", person: person, random: &random, to: table)
            }
        }
    }

    /// Champions are talked to most.
    private func contact(among people: [DemoPerson], random: inout DemoRandom) -> DemoPerson? {
        let draw = random.unit()
        let wanted: DemoPerson.Role? =
            draw < 0.55 ? .champion : draw < 0.7 ? .economicBuyer : draw < 0.85 ? .admin : nil
        if let person = people.first(where: { $0.role == wanted }) { return person }
        return draw < 0.95 ? people.first : nil
    }

    private func write(
        _ account: DemoAccount, day: Int, kind: String, person: DemoPerson?, random: inout DemoRandom,
        to table: DemoTable
    ) throws {
        let second = random.integer(7 * 3600...17 * 3600)
        let note = random.chance(0.4) ? random.pick(Self.notes[kind] ?? [""]) : ""
        try table.write([
            account.id, calendar.instant(day, secondOfDay: second), kind, person?.id ?? "", account.manager.email, note,
        ])
    }
}
