/// When an attempt that failed is made again, and when no more.
package enum RetryPolicy {
    /// Seconds from each failed attempt to the next; after the last the message is given up.
    package static let scheduleSeconds: [Double] = [
        5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, 50_400, 72_000, 86_400,
    ]
    /// A wait is longer or shorter by up to this share.
    package static let jitterShare = 0.2
    /// The longest wait that a receiver may ask for; twice the schedule's own where that is longer.
    package static let longestAskedSeconds = 3_600.0
    /// Without a success for so long, a receiver that was given up on is paused: 5 days.
    package static let pauseAfterSeconds = 432_000

    /// How an attempt ended.
    package enum Ending: Sendable, Hashable {
        /// An answer with a status, and what its `Retry-After` says.
        case answered(status: Int, retryAfter: String?)
        /// A reply of a mail server, and whether it is about the message: what it says of a login, or of itself, may be
        /// otherwise when that was put right.
        case replied(code: Int, isOfMessage: Bool)
        /// No answer.
        case failed
        /// It was not even tried: the address may not be connected to, or the receiver cannot be used.
        case refused
    }

    /// What becomes of the message.
    package enum Decision: Sendable, Hashable {
        /// The receiver has it.
        case delivered
        /// It is sent again after so many seconds.
        case retry(seconds: Double)
        /// The schedule is used up.
        case giveUp
        /// The receiver says that it is gone: it gets nothing any more until it is resumed, and the message is given up.
        case receiverGone
    }

    /// Decides after an attempt.
    /// - Parameters:
    ///   - retries: Attempts before this one.
    ///   - jitter: From 0 to 1, by chance.
    ///   - nowSeconds: The clock, in Unix seconds, against which a date of `Retry-After` counts.
    package static func decision(
        after ending: Ending, retries: Int, jitter: Double, nowSeconds: Int64
    ) -> Decision {
        var asked: Double?
        switch ending {
        case .answered(200..<300, _), .replied(200..<300, _): return .delivered
        case .answered(410, _): return .receiverGone
        case .answered(let status, let retryAfter) where [429, 502, 503, 504].contains(status):
            asked = retryAfter.flatMap { RetryAfter.seconds($0, nowSeconds: nowSeconds) }
        case .replied(500..<600, isOfMessage: true): return .giveUp
        case .answered, .replied, .failed, .refused: break
        }
        guard scheduleSeconds.indices.contains(retries) else { return .giveUp }
        let base = scheduleSeconds[retries]
        if let asked {
            return .retry(seconds: min(max(asked, base), max(2 * base, longestAskedSeconds)))
        }
        let share = min(max(jitter, 0), 1) * 2 - 1
        return .retry(seconds: base * (1 + jitterShare * share))
    }
}

/// What the header `Retry-After` says: seconds, or a date of HTTP.
package enum RetryAfter {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    /// Days from 1970-01-01 to 2000-01-01, where `Day` begins.
    private static let unixDays: Int64 = 10_957

    /// Seconds to wait from now, which may be negative; nil for what is neither.
    package static func seconds(_ text: String, nowSeconds: Int64) -> Double? {
        let words = text.split(separator: " ").map(String.init)
        if words.count == 1, let word = words.first, !word.isEmpty, word.utf8.count <= 18,
            word.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        {
            return Double(word)
        }
        guard let instant = instant(words) else { return nil }
        return Double(instant - nowSeconds)
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT`; `Sunday, 06-Nov-94 08:49:37 GMT`; `Sun Nov  6 08:49:37 1994`.
    private static func instant(_ words: [String]) -> Int64? {
        switch words.count {
        case 6 where words[5] == "GMT":
            return instant(year: Int(words[3]), month: words[2], day: words[1], time: words[4])
        case 4 where words[3] == "GMT":
            let parts = words[1].split(separator: "-").map(String.init)
            guard parts.count == 3, parts[2].count == 2, let short = Int(parts[2]) else { return nil }
            return instant(
                year: short < 70 ? 2000 + short : 1900 + short, month: parts[1], day: parts[0], time: words[2])
        case 5:
            return instant(year: Int(words[4]), month: words[1], day: words[2], time: words[3])
        default: return nil
        }
    }

    private static func instant(year: Int?, month: String, day: String, time: String) -> Int64? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
        guard let year, let index = months.firstIndex(of: month), let dayOfMonth = Int(day),
            let date = Day(year: year, month: index + 1, day: dayOfMonth), parts.count == 3,
            let hour = parts[0], let minute = parts[1], let second = parts[2],
            (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second)
        else { return nil }
        return (Int64(date.daysSince2000) + unixDays) * 86_400 + Int64(hour * 3_600 + minute * 60 + second)
    }
}
