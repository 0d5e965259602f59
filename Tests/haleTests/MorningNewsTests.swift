import HaleDocuments
import HaleDomain
import HaleStore
import Testing

/// 2026-03-02, a Monday.
private let monday = Day(daysSince2000: 9_557)
/// The Friday before it.
private let friday = monday - 3

@Suite struct `What is new in the morning` {
    private static func task(
        _ number: Int64, opened: Day, due: Day = monday + 5, snoozed: Day? = nil, end: TaskEnd? = nil,
        closed: Day? = nil,
        origin: TaskOrigin = .account
    ) -> ListedTask {
        ListedTask(
            number: number, origin: origin, accountKey: number, accountID: "A-\(number)", accountName: "Name \(number)",
            capacityMinutes: 240, band: .amber, computedBand: .amber, title: "Do it", facts: ["red for 3 d"],
            reasons: [],
            step: "", checklist: [], minutes: 30, dueOn: due, openedOn: opened, urgency: 1, saveRate: 0.3,
            priority: TaskPriority(
                arr: 1_000, probabilityChurn: 1, saveRate: 0.3, hours: 0.5, urgency: 1, margin: 0.8, hourlyCost: 80),
            isDataTask: false, isHeldOut: false, snoozedUntil: snoozed, end: end, closedOn: closed, minorDigits: 2)
    }

    private static func news(_ tasks: [ListedTask], words: [NewsStore.Word] = []) -> MorningNews {
        MorningNews(
            day: monday, since: friday, comparedWith: friday, moves: [], words: words, decisions: [], tasks: tasks)
    }

    @Test func `tasks that were opened after the earlier day are new`() {
        let news = Self.news([
            Self.task(1, opened: friday), Self.task(2, opened: friday + 1), Self.task(3, opened: monday),
            Self.task(4, opened: monday, snoozed: monday + 1),
            Self.task(5, opened: monday, due: monday + 9, origin: .person),
        ])
        #expect(news.opened.map(\.number) == [2, 3])
    }

    @Test func `tasks that ended since are gone; what the night closed on the earlier day was gone before`() {
        let news = Self.news([
            Self.task(1, opened: friday - 9, end: .resolved, closed: friday),
            Self.task(2, opened: friday - 9, end: .done, closed: friday),
            Self.task(3, opened: friday - 9, end: .dropped, closed: friday - 1),
            Self.task(4, opened: friday - 9, end: .lapsed, closed: monday),
            Self.task(5, opened: friday - 9, end: .done, closed: monday + 1),
        ])
        #expect(news.ended.map(\.number) == [2, 4] && news.opened.isEmpty)
    }

    @Test func `what was put off until now or added for now was promised, and what is due is not`() {
        let news = Self.news([
            Self.task(1, opened: friday - 9, snoozed: monday), Self.task(2, opened: friday - 9, snoozed: friday),
            Self.task(3, opened: monday, due: monday - 1, origin: .person), Self.task(4, opened: friday, due: monday),
            Self.task(5, opened: monday, due: monday), Self.task(6, opened: friday, due: monday - 2),
        ])
        #expect(news.promised.map(\.number) == [1, 3])
        #expect(news.opened.map(\.number) == [5])
    }

    @Test(
        arguments: [
            (.green, .amber, 71, 69, .worse), (.amber, .green, 69, 71, .better), (.amber, .red, 40, 60, .worse),
            (.amber, .amber, 60, 50, .worse), (.amber, .amber, 60, 50.1, nil), (.amber, .amber, 50, 60, .better),
            (.unknown, .green, 70, 75, nil), (.green, .unknown, 80, 20, nil), (.unknown, .amber, 50, 61, .better),
        ] as [(Band, Band, Double, Double, HealthMove.Direction?)])
    func `a band that moved counts, else a score that moved by ten points`(
        former: Band, band: Band, formerScore: Double, score: Double, direction: HealthMove.Direction?
    ) {
        let move = HealthMove(formerBand: former, band: band, formerScore: formerScore, score: score)
        #expect(move.direction == direction)
    }
}
