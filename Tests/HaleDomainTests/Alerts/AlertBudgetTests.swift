import HaleDomain
import Testing

/// How many new alerts receivers are told of.
@Suite struct `The budget of alerts` {
    private typealias Candidate = AlertBudget.Candidate

    private func held(_ candidates: [AlertBudget.Candidate], budget: Int, announced: [String?: Int] = [:]) -> [Int64] {
        AlertBudget(alerts: budget).held(candidates, announced: announced).keys.sorted()
    }

    @Test func `goes to the gravest, and among those to the ones with most money`() {
        let candidates = [
            Candidate(number: 1, csm: "ana", severity: .warning, arrMinor: 900),
            Candidate(number: 2, csm: "ana", severity: .critical, arrMinor: 10),
            Candidate(number: 3, csm: "ana", severity: .critical, arrMinor: 20),
            Candidate(number: 4, csm: "ana", severity: .critical, arrMinor: nil),
            Candidate(number: 5, csm: "ana", severity: .info, arrMinor: 5_000),
        ]
        #expect(held(candidates, budget: 5) == [])
        #expect(held(candidates, budget: 4) == [5])
        #expect(held(candidates, budget: 3) == [1, 5])
        #expect(held(candidates, budget: 2) == [1, 4, 5])
        #expect(held(candidates, budget: 1) == [1, 2, 4, 5])
        #expect(held(candidates, budget: 0) == [1, 2, 3, 4, 5])
    }

    @Test func `is each CSM's own, and one for all accounts without a CSM`() {
        let candidates: [AlertBudget.Candidate] = ["ana", nil, "bob", nil, "ana"].enumerated().map {
            Candidate(number: Int64($0.offset), csm: $0.element, severity: .warning, arrMinor: 1)
        }
        #expect(held(candidates, budget: 1) == [3, 4])
        #expect(held(candidates, budget: 2, announced: ["ana": 1, nil: 2]) == [1, 3, 4])
        // A budget that was lowered during the day.
        #expect(held(candidates, budget: 1, announced: ["ana": 5]) == [0, 3, 4])
    }

    @Test func `is not spent on noise, and on what is silenced last`() {
        let candidates = [
            Candidate(number: 1, csm: nil, severity: .critical, arrMinor: 9, isNoise: true),
            Candidate(number: 2, csm: nil, severity: .critical, arrMinor: 9, isSilenced: true),
            Candidate(number: 3, csm: nil, severity: .info, arrMinor: nil),
        ]
        let reasons = AlertBudget(alerts: 1).held(candidates, announced: [:])
        #expect(reasons == [1: .precision, 2: .budget])
        #expect(held(candidates, budget: 2) == [1])
    }

    /// The peer goes through all candidates once for each of them: one is told of where fewer than the budget leaves come
    /// before it.
    @Test func `is never exceeded and never left, in whatever order the runs of a day bring alerts`() {
        var chance = SplitMix(seed: 20_261_130)
        func draw(_ bound: Int) -> Int { Int(chance.next() % UInt64(bound)) }
        for _ in 0..<400 {
            let budget = draw(7)
            let csms: [String?] = ["ana", "bob", nil]
            var announced: [String?: Int] = [:]
            var number: Int64 = 0
            for _ in 0..<3 {
                let candidates = (0..<draw(20)).map { _ in
                    number += 1
                    return Candidate(
                        number: number, csm: csms[draw(3)], severity: AlertSeverity.allCases[draw(3)],
                        arrMinor: draw(4) == 0 ? nil : Int64(draw(5)), isSilenced: draw(5) == 0, isNoise: draw(6) == 0)
                }
                let held = AlertBudget(alerts: budget).held(candidates, announced: announced)
                for one in candidates {
                    let before = candidates.count { other in
                        other.csm == one.csm && !other.isNoise && other.number != one.number
                            && comes(other, before: one)
                    }
                    let isTold = !one.isNoise && before < budget - (announced[one.csm] ?? 0)
                    #expect((held[one.number] == nil) == isTold)
                    #expect((held[one.number] == .precision) == one.isNoise)
                }
                for one in candidates where held[one.number] == nil { announced[one.csm, default: 0] += 1 }
                #expect(announced.values.allSatisfy { $0 <= budget })
            }
        }
    }

    /// Word for word: what is not silenced, then the graver, then the one with more money, then the older number.
    private func comes(_ one: AlertBudget.Candidate, before other: AlertBudget.Candidate) -> Bool {
        func key(_ candidate: AlertBudget.Candidate) -> [Int64] {
            let gravity: Int64 =
                switch candidate.severity {
                case .critical: 0
                case .warning: 1
                case .info: 2
                }
            return [candidate.isSilenced ? 1 : 0, gravity, -(candidate.arrMinor ?? -1), candidate.number]
        }
        return key(one).lexicographicallyPrecedes(key(other))
    }
}
