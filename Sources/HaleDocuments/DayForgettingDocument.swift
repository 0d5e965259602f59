import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale score --forget` prints: what went with the day, and what stays.
package struct DayForgettingDocument {
    package let outcome: DayForgetting.Outcome
    package let isDryRun: Bool

    package init(outcome: DayForgetting.Outcome, isDryRun: Bool) {
        self.outcome = outcome
        self.isDryRun = isDryRun
    }

    package var document: Document {
        Document(
            titles: [isDryRun ? "\(outcome.day) would be taken back" : "\(outcome.day) is taken back"],
            sections: [Document.Section(lines: lines)],
            json: [
                "day": .string(outcome.day.description), "dryRun": .bool(isDryRun), "scores": .init(outcome.scores),
                "smoothedAgain": .init(outcome.smoothedAgain), "tasksRemoved": .init(outcome.tasks.removed),
                "tasksReopened": .init(outcome.tasks.reopened), "alertsRemoved": .init(outcome.alertsRemoved),
                "alertsRestored": outcome.alertsRemoved == nil ? .null : .init(outcome.alertsRestored),
                "messagesSent": .init(outcome.messages), "corrections": .init(outcome.corrections),
                "keepsFrozenForecast": .bool(outcome.keepsFrozenForecast),
                "newestDay": .init(outcome.newest?.description),
            ])
    }

    private var lines: [String] {
        var lines = ["scores: \(outcome.scores) gone"]
        if outcome.smoothedAgain > 0 { lines.append("later days smoothed again: \(outcome.smoothedAgain)") }
        lines.append("tasks: \(outcome.tasks.removed) gone, \(outcome.tasks.reopened) open again")
        if let removed = outcome.alertsRemoved {
            lines.append("alerts: \(removed) gone, \(outcome.alertsRestored) as they were before")
        } else {
            lines.append("alerts: as later days left them")
        }
        if outcome.messages > 0 {
            lines.append(
                "messages: \(outcome.messages) of the day were sent and stay so; "
                    + "\(outcome.corrections) alerts are told of again")
        }
        if outcome.keepsFrozenForecast { lines.append("the forecast that was frozen on the day stays") }
        return lines
    }
}
