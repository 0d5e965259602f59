/// What a message says of an alert for which something waits in the outbox.
package enum FlushDecision: Sendable, Hashable {
    /// That it fires.
    case tellFiring
    /// That it is over.
    case tellResolved
    /// Nothing yet: it is silenced for so many seconds more.
    case wait(seconds: Int)
    /// Nothing, for this reason.
    case drop(Reason)

    /// Why nothing is said.
    package enum Reason: String, Sendable, CaseIterable {
        /// Somebody has it in hand.
        case acknowledged
        /// It was over before the receiver was told that it fires.
        case resolvedBeforeTold = "resolved before it was told"
        /// The receiver does not want to know.
        case resolvedNotWanted = "the receiver is not told of resolutions"
    }

    /// What waits of one alert in one group.
    package struct Waiting: Sendable, Hashable {
        /// Whether the newest event that waits is the resolution.
        package var isResolution: Bool
        /// Whether the alert still fires.
        package var isFiring: Bool
        /// Whether the receiver was told before that it fires.
        package var wasTold: Bool
        /// Whether somebody has it in hand.
        package var isAcknowledged: Bool
        /// Seconds for which it is silenced; nil where it is not.
        package var silentSeconds: Int?
        /// Whether the receiver wants to know of resolutions.
        package var wantsResolved: Bool

        /// What waits.
        package init(
            isResolution: Bool, isFiring: Bool, wasTold: Bool, isAcknowledged: Bool, silentSeconds: Int?,
            wantsResolved: Bool
        ) {
            self.isResolution = isResolution
            self.isFiring = isFiring
            self.wasTold = wasTold
            self.isAcknowledged = isAcknowledged
            self.silentSeconds = silentSeconds
            self.wantsResolved = wantsResolved
        }
    }

    /// Decides. Whoever was told of an alert is told of its end, silenced or not.
    package static func of(_ waiting: Waiting) -> FlushDecision {
        if waiting.isResolution {
            guard waiting.wantsResolved else { return .drop(.resolvedNotWanted) }
            return waiting.wasTold ? .tellResolved : .drop(.resolvedBeforeTold)
        }
        guard waiting.isFiring else { return .drop(.resolvedBeforeTold) }
        if waiting.isAcknowledged { return .drop(.acknowledged) }
        if let seconds = waiting.silentSeconds { return .wait(seconds: max(1, seconds)) }
        return .tellFiring
    }
}
