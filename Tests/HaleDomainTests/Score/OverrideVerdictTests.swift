import HaleDomain
import Testing

@Suite struct `The verdict on an override` {
    @Test(
        arguments: [
            // Better than computed: right if the customer renewed.
            (.init(band: .amber, computedFirst: .red, isRenewed: true), .right, .renewal),
            (.init(band: .amber, computedFirst: .red, isRenewed: false), .wrong, .renewal),
            // Worse than computed: right if the customer left.
            (.init(band: .red, computedFirst: .green, isRenewed: false), .right, .renewal),
            (.init(band: .amber, computedFirst: .green, isRenewed: true), .wrong, .renewal),
            // A decision says more than the score afterwards.
            (
                .init(band: .red, computedFirst: .green, computedLast: .red, isOver: true, isRenewed: true),
                .wrong, .renewal
            ),
            // Without a decision: did the score come the person's way?
            (.init(band: .green, computedFirst: .red, computedLast: .amber, isOver: true), .right, .score),
            (.init(band: .red, computedFirst: .amber, computedLast: .amber, isOver: true), .wrong, .score),
            (.init(band: .amber, computedFirst: .red, computedLast: .green, isOver: true), .wrong, .score),
            // Nothing can tell yet.
            (.init(band: .red, computedFirst: .green, computedLast: .red, isOver: false), .open, nil),
            (.init(band: .red, computedFirst: .green, computedLast: .unknown, isOver: true), .open, nil),
            (.init(band: .red, computedFirst: nil, isRenewed: true), .open, nil),
            (.init(band: .red, computedFirst: .unknown, isRenewed: false), .open, nil),
            (.init(band: .red, computedFirst: .red, isRenewed: true), .agreed, nil),
        ] as [(OverrideVerdict.Facts, OverrideVerdict, OverrideVerdict.Evidence?)])
    func `follows from what happened`(
        facts: OverrideVerdict.Facts, verdict: OverrideVerdict, evidence: OverrideVerdict.Evidence?
    ) {
        let judged = OverrideVerdict.judge(facts)
        #expect(judged.verdict == verdict)
        #expect(judged.evidence == evidence)
    }
}
