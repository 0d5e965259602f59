package import HaleDomain
package import HaleStore

/// What became of somebody's accounts and tasks since an earlier day.
package struct MorningNews {
    /// The day asked.
    package let day: Day
    /// The earlier day; what happened on it counts.
    package let since: Day
    /// The scored day that health is compared with; nil where there is none so early.
    package let comparedWith: Day?
    /// The accounts that are better off, and those that are worse.
    package let better: [NewsStore.Move]
    package let worse: [NewsStore.Move]
    package let words: [NewsStore.Word]
    package let decisions: [NewsStore.Decision]
    /// Tasks that are new, in the order of the list.
    package let opened: [ListedTask]
    /// Tasks that ended.
    package let ended: [ListedTask]
    /// Open tasks that were promised for the day: snoozed until now, or added for a day. What is due is no promise: every
    /// task that nobody got to is due again each morning.
    package let promised: [ListedTask]

    /// - Parameter tasks: Those that are open, and those that ended since.
    package init(
        day: Day, since: Day, comparedWith: Day?, moves: [NewsStore.Move], words: [NewsStore.Word],
        decisions: [NewsStore.Decision], tasks: [ListedTask]
    ) {
        self.day = day
        self.since = since
        self.comparedWith = comparedWith
        better = moves.filter { $0.move.direction == .better }
        worse = moves.filter { $0.move.direction == .worse }
        self.words = words
        self.decisions = decisions
        let ordered = tasks.sorted(by: ListedTask.isBefore)
        let shown = ordered.filter { $0.isShown(on: day) }
        let promised = shown.filter { task in
            task.isPromise && task.dueOn <= day || task.snoozedUntil.map { since < $0 && $0 <= day } ?? false
        }
        self.promised = promised
        opened = shown.filter { task in
            (task.openedOn ?? .earliest) > since && (task.openedOn ?? .latest) <= day && !promised.contains(task)
                && (!task.isPromise || task.dueOn <= day)
        }
        ended = ordered.filter { task in
            guard let end = task.end, let closedOn = task.closedOn, closedOn <= day else { return false }
            // What a person did on the earlier day was still on its list; what the night closed was not.
            return closedOn > since || closedOn == since && (end == .done || end == .dropped)
        }
    }

    /// The answers of promoters.
    package var promoters: [NewsStore.Word] { words.filter(Self.isPromoter) }
    /// Renewals that were signed.
    package var renewed: [NewsStore.Word] { words.filter { $0.kind == .renewed } }
    /// All else that was said.
    package var wrote: [NewsStore.Word] { words.filter { $0.kind != .renewed && !Self.isPromoter($0) } }

    private static func isPromoter(_ word: NewsStore.Word) -> Bool {
        word.kind == .answer && (word.score ?? 0) >= HealthModel.default.netPromoter.promoterScore
    }
}
