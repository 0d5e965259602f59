import HaleDomain
import Testing

@Suite struct `The contracts of an account` {
    private let day = Day(daysSince2000: 9_000)

    @Test func `none are no data`() {
        let contract = AccountContract([], asOf: day, model: .default)
        #expect(contract.state == .noContract)
        #expect(contract.x == nil && contract.c == 0)
        #expect(contract.urgency == 1 && contract.daysToDecision == nil && contract.decisionOn == nil)
    }

    @Test func `show the worst state and the nearest undecided decision`() {
        let contract = AccountContract(
            [
                ContractFacts(contractID: "far", arrMinor: 5, renewsOn: day + 300, noticeGiven: true),
                ContractFacts(contractID: "near", arrMinor: 7, renewsOn: day + 120),
                ContractFacts(contractID: "signed", arrMinor: 11, renewsOn: day + 31, signed: true),
                ContractFacts(contractID: "locked", arrMinor: 13, renewsOn: day + 10, autoRenew: true),
                ContractFacts(contractID: "ended", arrMinor: 17, renewsOn: day + 400, isLive: false),
            ], asOf: day, model: .default)
        #expect(contract.state == .noticeGiven)
        #expect(contract.noticeGiven)
        #expect(contract.x == 0)
        #expect(contract.daysToDecision == 90)
        #expect(contract.decisionOn == day + 90)
        // 90 days are two half-lives: 1 + 2 / 4.
        #expect(abs(contract.urgency - 1.5) < 1e-12)
        #expect(contract.renewsOn == day + 10)
        #expect(contract.arrMinor == 36)
    }

    @Test func `break ties by ARR, then by identifier`() {
        func late(_ id: String, _ arr: Int64, _ days: Int, notice: Bool) -> ContractFacts {
            ContractFacts(contractID: id, arrMinor: arr, renewsOn: day + days, noticeGiven: notice)
        }
        // Past due by more than a month and under notice are both worth 0.
        let byARR = AccountContract(
            [late("a", 1, 90, notice: true), late("b", 2, -40, notice: false)], asOf: day, model: .default)
        #expect(byARR.state == .pastDue)
        #expect(byARR.noticeGiven)
        let byID = AccountContract(
            [late("b", 1, 90, notice: true), late("a", 1, -40, notice: false)], asOf: day, model: .default)
        #expect(byID.state == .pastDue)
    }

    @Test func `that are all settled are not urgent`() {
        let contract = AccountContract(
            [ContractFacts(contractID: "a", arrMinor: 1, renewsOn: day + 31, signed: true)], asOf: day, model: .default)
        #expect(contract.urgency == 0.25)
        #expect(contract.daysToDecision == 1)
    }

    @Test func `without end have no decision day`() {
        let contract = AccountContract(
            [ContractFacts(contractID: "a", arrMinor: 1, renewsOn: nil, isEvergreen: true)], asOf: day, model: .default)
        #expect(contract.state == .evergreen)
        #expect(contract.daysToDecision == 60)
        #expect(contract.decisionOn == nil)
        #expect(contract.renewsOn == nil)
    }
}
