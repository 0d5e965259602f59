import HaleDomain
import Testing

@Suite struct `The retry policy` {
    /// 2026-11-26 06:00:00 UTC.
    private static let now: Int64 = 1_795_672_800

    private func decision(
        _ status: Int, after: String? = nil, retries: Int = 0, jitter: Double = 0.5
    ) -> RetryPolicy.Decision {
        RetryPolicy.decision(
            after: .answered(status: status, retryAfter: after), retries: retries, jitter: jitter, nowSeconds: Self.now)
    }

    @Test func `success is any status of 200 to 299, and no other`() {
        for status in [200, 201, 202, 204, 299] { #expect(decision(status) == .delivered) }
        for status in [100, 199, 300, 301, 302, 307, 308, 400, 401, 403, 404, 409, 422, 500, 503] {
            #expect(decision(status) != .delivered)
        }
    }

    @Test func `a receiver that is gone is told so at once`() {
        #expect(decision(410) == .receiverGone)
        #expect(decision(410, retries: 10) == .receiverGone)
    }

    @Test(arguments: 0...10) func `a mail server's 5xx about the message is final, whatever else it says is not`(
        retries: Int
    ) {
        func decision(_ code: Int, isOfMessage: Bool) -> RetryPolicy.Decision {
            RetryPolicy.decision(
                after: .replied(code: code, isOfMessage: isOfMessage), retries: retries, jitter: 0.5,
                nowSeconds: Self.now)
        }
        let schedule: [Double] = [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 50_400, 72_000, 86_400]
        let later = retries < 10 ? RetryPolicy.Decision.retry(seconds: schedule[retries]) : .giveUp
        for code in [250, 251] { #expect(decision(code, isOfMessage: true) == .delivered) }
        for code in [500, 550, 552, 554, 599] { #expect(decision(code, isOfMessage: true) == .giveUp) }
        for code in [421, 450, 451, 452, 354] { #expect(decision(code, isOfMessage: true) == later) }
        for code in [421, 454, 530, 535, 554] { #expect(decision(code, isOfMessage: false) == later) }
        // What stops a webhook says nothing of the kind in mail.
        #expect(decision(410, isOfMessage: true) == later)
    }

    @Test func `the schedule is 5 s, 5 m, 30 m, 2 h, 5 h, 10 h, 10 h, 14 h, 20 h and 24 h, then the end`() {
        let hours = 3_600.0
        let schedule = [
            5, 300, 1_800, 2 * hours, 5 * hours, 10 * hours, 10 * hours, 14 * hours, 20 * hours, 24 * hours,
        ]
        for (retries, seconds) in schedule.enumerated() {
            for ending in [RetryPolicy.Ending.failed, .refused, .answered(status: 500, retryAfter: nil)] {
                let middle = RetryPolicy.decision(after: ending, retries: retries, jitter: 0.5, nowSeconds: Self.now)
                #expect(middle == .retry(seconds: seconds))
            }
            #expect(decision(500, retries: retries, jitter: 0) == .retry(seconds: seconds * 0.8))
            #expect(decision(500, retries: retries, jitter: 1) == .retry(seconds: seconds * 1.2))
        }
        #expect(decision(500, retries: 10) == .giveUp)
        #expect(decision(503, after: "60", retries: 10) == .giveUp)
    }

    @Test(arguments: [429, 502, 503, 504])
    func `a receiver that asks for time gets it, within limits`(status: Int) {
        #expect(decision(status, after: "120") == .retry(seconds: 120))
        #expect(decision(status, after: "1") == .retry(seconds: 5))
        #expect(decision(status, after: "0") == .retry(seconds: 5))
        #expect(decision(status, after: "999999") == .retry(seconds: 3_600))
        // Where the schedule's own wait is long, twice that.
        #expect(decision(status, after: "999999", retries: 3) == .retry(seconds: 14_400))
        #expect(decision(status, after: "Thu, 26 Nov 2026 06:10:00 GMT") == .retry(seconds: 600))
        #expect(decision(status, after: "Thursday, 26-Nov-26 06:10:00 GMT") == .retry(seconds: 600))
        #expect(decision(status, after: "Thu Nov 26 06:10:00 2026") == .retry(seconds: 600))
        #expect(decision(status, after: "Thu, 26 Nov 2020 06:10:00 GMT") == .retry(seconds: 5))
    }

    @Test(arguments: [
        "", "soon", "-5", "1.5", "1e3", "5 s", "٥", "99999999999999999999", "Thu, 32 Nov 2026 06:10:00 GMT",
        "Thu, 26 Xxx 2026 06:10:00 GMT", "Thu, 26 Nov 2026 25:10:00 GMT", "Thu, 26 Nov 2026 06:10:00 CET", "\0",
    ])
    func `garbage is as if nothing had been asked`(text: String) {
        #expect(decision(503, after: text, jitter: 1) == .retry(seconds: 6))
    }

    @Test func `only the statuses that mean it may ask for time`() {
        for status in [301, 400, 404, 500] { #expect(decision(status, after: "120") == .retry(seconds: 5)) }
    }
}
