import FoundationEssentials
import Testing

/// Lets `scripts/prove-gates` see that a failing test fails the run.
@Suite struct GateTests {
    @Test func `fails when the gates are proved`() {
        let isProof = ProcessInfo.processInfo.environment["HALE_PROVE_GATES"] == "1"
        #expect(!isProof, "this test was asked to fail")
    }
}
