import HaleOutput
import Testing

@Suite struct `The line of a run of many steps` {
    private func text(_ done: Int, of all: Int, after seconds: Double) -> String {
        StepLine(verb: "looked back to", noun: "days", done: done, all: all, seconds: seconds).text
    }

    @Test(arguments: [
        // 150 of 600 in 10 s: the other 450 take 30 s.
        (150, 600, 10.0, "looked back to 150 of 600 days  0:30 left"),
        // 1,000 of 3,000 in an hour and a half: three hours are left.
        (1_000, 3_000, 5_400, "looked back to 1,000 of 3,000 days  3:00:00 left"),
        // Rounded up: as long as something is left, some time is.
        (599, 600, 1, "looked back to 599 of 600 days  0:01 left"),
        (600, 600, 40, "looked back to 600 of 600 days"),
        (0, 600, 5, "looked back to 0 of 600 days"),
        (1, 600, 0, "looked back to 1 of 600 days"),
        // A first day that took an hour says nothing that anybody would believe.
        (1, 600, 3_600, "looked back to 1 of 600 days"),
    ]) func `says what is done and how much time is left`(done: Int, all: Int, seconds: Double, line: String) {
        #expect(text(done, of: all, after: seconds) == line)
    }
}
