/// Writes NPS responses: a survey every quarter, and the late replies of unhappy decision makers.
struct DemoResponseWriter {
    static let columns = ["response_id", "account_id", "person_id", "score", "responded_at", "comment", "survey"]
    /// Days between two surveys.
    private static let surveyEveryDays = 91
    /// The newest survey was sent that many days before the anchor.
    private static let newestSurveyAgeDays = 52

    /// People say that they are unhappy, or happy, that long before it shows in what they do.
    private static let moodAheadDays = 150

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar
    let seed: UInt64

    private static let praise = [
        "Planning day takes an hour instead of a day now.", "Easy to roll out, people like it.",
        "Best decision of the year, says our controller.", "Sehr übersichtlich, gerne wieder.",
        "Équipe à l'écoute, produit agréable.", "とても使いやすいです。", "Polecam, bardzo wygodne.",
        "We dropped three other tools, and nobody misses them.",
    ]
    private static let shrug = [
        "Good, but the reports could be quicker.", "It does the job.", "Ganz ordentlich, die Suche ist langsam.",
        "Il manque l'export vers notre ERP.", "Fine for us, too much for smaller teams.",
    ]
    private static let complaint = [
        "Too slow with more than 500 tasks.", "Nobody answered my last two tickets.",
        "We pay for seats we do not use.", "Zu teuer für das, was wir nutzen.",
        "La nouvelle interface nous fait perdre du temps.", "The \"smart\" timeline moves dates without asking.",
        "同期が頻繁に失敗します。",
    ]

    /// Writes the responses, survey by survey.
    func write(to table: DemoTable) throws {
        var count = 0
        var sent = -Self.newestSurveyAgeDays
        while sent - Self.surveyEveryDays > -calendar.usageDays { sent -= Self.surveyEveryDays }
        while sent < 0 {
            for account in portfolio.accounts where account.story != .unknown {
                try write(account, sent: sent, count: &count, to: table)
            }
            sent += Self.surveyEveryDays
        }
        for account in portfolio.accounts {
            for trouble in account.life.troubles where trouble.cause == .detractors {
                try writeDetractor(account, days: trouble.startsOn...trouble.startsOn + 20, count: &count, to: table)
            }
            if account.story == .detractorDecides {
                try writeDetractor(account, days: -24...(-4), count: &count, to: table)
            }
        }
    }

    private func write(_ account: DemoAccount, sent: Int, count: inout Int, to table: DemoTable) throws {
        var random = DemoRandom(seed: seed, purpose: .response, number: account.number * 10_000 - sent)
        guard account.createdOn < sent - 20, sent + 14 < account.lostOn ?? 0 else { return }
        var respondents = account.people(on: sent + 14).filter { $0.isReachable(on: sent) }
        let expected =
            switch account.segment {
            case .enterprise: 1.3
            case .midMarket: 0.62
            case .small: 0.3
            }
        var wanted = Int(expected) + (random.chance(expected - Double(Int(expected))) ? 1 : 0)
        while wanted > 0, !respondents.isEmpty {
            wanted -= 1
            // The first people of an account are its champion, buyer and admin: they answer more often.
            let draw = random.unit()
            let person = respondents.remove(at: Int(draw * draw * Double(respondents.count)))
            let score = score(of: account, on: sent, random: &random)
            let second = random.integer(7 * 3600...18 * 3600)
            try write(
                account, person: random.chance(0.9) ? person : nil, score: score,
                instant: calendar.instant(sent + random.integer(0...13), secondOfDay: second),
                survey: "quarterly " + calendar.text(sent).prefix(7), count: &count, random: &random, to: table)
        }
    }

    /// The answer of whoever decides; without a buyer that is a champion, without one the administrator.
    private func writeDetractor(
        _ account: DemoAccount, days: ClosedRange<Int>, count: inout Int, to table: DemoTable
    ) throws {
        var random = DemoRandom(
            seed: seed, purpose: .response, number: account.number * 10_000 + 5_000 - days.lowerBound)
        let score = random.integer(1...5)
        let day = random.integer(days)
        let present = account.people(on: day).filter { $0.isReachable(on: day) }
        guard
            let buyer = [DemoPerson.Role.economicBuyer, .champion, .admin].lazy.compactMap({ role in
                present.first { $0.role == role }
            }).first
        else { return }
        let instant = calendar.instant(day, secondOfDay: random.integer(7 * 3600...18 * 3600))
        try write(
            account, person: buyer, score: score, instant: instant, survey: "relationship", count: &count,
            random: &random, to: table)
    }

    private func score(of account: DemoAccount, on day: Int, random: inout DemoRandom) -> Int {
        let story = day >= account.storyStart - Self.moodAheadDays ? account.story : .steady
        let trouble = account.life.troubles.first { $0.isGoingOn(day) }
        let shares = trouble?.responseShares ?? story.responseShares
        let draw = random.unit()
        if draw < shares.promoters { return random.integer(9...10) }
        if draw < 1 - shares.detractors { return random.integer(7...8) }
        return max(random.integer(0...6), random.integer(0...6))
    }

    private func write(
        _ account: DemoAccount, person: DemoPerson?, score: Int, instant: String, survey: String, count: inout Int,
        random: inout DemoRandom, to table: DemoTable
    ) throws {
        count += 1
        var comment = ""
        if random.chance(0.45) {
            comment = random.pick(score >= 9 ? Self.praise : score >= 7 ? Self.shrug : Self.complaint)
        }
        try table.write([
            "R-" + DemoAccount.padded(count, digits: 4), account.id, person?.id ?? "", String(score), instant, comment,
            survey,
        ])
    }
}
