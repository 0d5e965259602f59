/// Writes support tickets, account by account.
struct DemoTicketWriter {
    static let columns = ["ticket_id", "account_id", "opened_at", "closed_at", "priority", "subject"]
    private static let secondsPerDay = 86_400
    /// Days for which a ticket of a troubled customer is open, and days to the next one.
    private static let troubledTicketDays = 14...45
    private static let troubledTicketGap = 8...20

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar
    let seed: UInt64

    /// Priority: 1 the most urgent, 3 the least.
    private static let subjects = [
        1: ["Nobody can log in", "Timeline shows no data", "Sync deleted due dates", "API answers with error 500"],
        2: [
            "Report takes minutes to load", "Calendar sync stopped", "Wrong totals in the workload view",
            "Stuck import",
        ],
        3: [
            "How do we add a guest?", "Change of the invoice address", "Question about templates",
            "Export to a spreadsheet", "Typo in the German translation", "Request: darker colours, please",
        ],
    ]

    /// Writes every ticket.
    func write(to table: DemoTable) throws {
        var count = 0
        for account in portfolio.accounts {
            var random = DemoRandom(seed: seed, purpose: .ticket, number: account.number)
            try writeOrdinary(account, count: &count, random: &random, to: table)
            for trouble in account.life.troubles where trouble.cause == .urgentTickets {
                try write(trouble, at: account, count: &count, random: &random, to: table)
            }
            for priority in openPriorities(of: account.story) {
                try write(
                    account, day: -random.integer(1...9), opened: random.integer(6 * 3600...20 * 3600), closed: nil,
                    priority: priority, count: &count, random: &random, to: table)
            }
        }
    }

    private func writeOrdinary(
        _ account: DemoAccount, count: inout Int, random: inout DemoRandom, to table: DemoTable
    ) throws {
        let daily =
            switch account.segment {
            case .enterprise: 0.017
            case .midMarket: 0.009
            case .small: 0.004
            }
        let isUnhappy = account.story.responseShares.detractors > 0.35
        for day in max(-calendar.usageDays, account.createdOn + 2)..<(account.lostOn ?? 0) {
            let factor = isUnhappy && day >= account.storyStart ? 1.9 : 1
            guard random.chance(daily * factor * (calendar.isWeekend(day) ? 0.15 : 1.3)) else { continue }
            let draw = random.unit()
            let priority = draw < 0.08 ? 1 : draw < 0.38 ? 2 : 3
            let opened = random.integer(6 * 3600...20 * 3600)
            let days = random.unit() * random.unit() * [2.5, 7, 16][priority - 1] * (isUnhappy ? 3 : 1)
            // A few questions are never answered.
            let isForgotten = priority == 3 && day > -90 && random.chance(0.06)
            let closed = opened + 900 + Int(days * Double(Self.secondsPerDay))
            try write(
                account, day: day, opened: opened, closed: isForgotten ? nil : closed, priority: priority,
                count: &count,
                random: &random, to: table)
        }
    }

    /// Urgent tickets one after the other, each open for weeks.
    private func write(
        _ trouble: DemoTrouble, at account: DemoAccount, count: inout Int, random: inout DemoRandom, to table: DemoTable
    ) throws {
        var day = max(trouble.startsOn, 1 - calendar.usageDays)
        let end = min(trouble.endsOn, account.lostOn ?? 0)
        while day < end {
            let opened = random.integer(6 * 3600...20 * 3600)
            let days = random.integer(Self.troubledTicketDays)
            try write(
                account, day: day, opened: opened, closed: opened + days * Self.secondsPerDay,
                priority: random.chance(0.45) ? 1 : 2, count: &count, random: &random, to: table)
            day += random.integer(Self.troubledTicketGap)
        }
    }

    /// Priorities of the tickets a story left open.
    private func openPriorities(of story: DemoStory) -> [Int] {
        switch story {
        case .urgentTickets: [1, 1, 1, 2]
        case .usageCliff: [1, 2]
        case .slowDecline: [1, 2, 3]
        default: []
        }
    }

    /// `closed` is in seconds from the start of the day of opening; a closing after the anchor has not happened yet.
    private func write(
        _ account: DemoAccount, day: Int, opened: Int, closed: Int?, priority: Int, count: inout Int,
        random: inout DemoRandom, to table: DemoTable
    ) throws {
        count += 1
        var closedAt = ""
        if let closed, day + closed / Self.secondsPerDay < 0 {
            closedAt = calendar.instant(day + closed / Self.secondsPerDay, secondOfDay: closed % Self.secondsPerDay)
        }
        try table.write([
            "T-" + DemoAccount.padded(count, digits: 4), account.id, calendar.instant(day, secondOfDay: opened),
            closedAt,
            "p\(priority)", random.pick(Self.subjects[priority] ?? [""]),
        ])
    }
}
