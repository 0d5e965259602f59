/// How far a run of many steps of one kind has come, as one line of text.
package struct StepLine: Sendable, Equatable {
    /// What is done to a step, such as `looked back to`.
    package var verb: String
    /// The name of several steps, such as `days`.
    package var noun: String
    /// Steps that are done.
    package var done: Int
    /// Steps in all.
    package var all: Int
    /// Seconds that the done steps took.
    package var seconds: Double

    /// Progress as measured by the caller.
    package init(verb: String, noun: String, done: Int, all: Int, seconds: Double) {
        self.verb = verb
        self.noun = noun
        self.done = done
        self.all = all
        self.seconds = seconds
    }

    /// The line: what is done, and the time left where each step takes as long as those before.
    package var text: String {
        let line = "\(verb) \(NumberText.grouped(Int64(done))) of \(NumberText.grouped(Int64(all))) \(noun)"
        guard done > 0, done < all, seconds > 0 else { return line }
        let left = seconds * Double(all - done) / Double(done)
        guard left < ProgressLine.longestSecondsShown else { return line }
        return line + "  " + ProgressLine.durationText(seconds: left) + " left"
    }
}
