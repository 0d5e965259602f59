/// What the days of a play are counted from.
package enum PlayAnchor: String, Sendable, Hashable, CaseIterable {
    /// The day on which the alert fired that asked for the playbook.
    case alert
    /// The day by which the next renewal is decided.
    case decision
    /// The day on which the account became a customer.
    case start
    /// Every 13th week since then.
    case quarter
}

/// A day counted from an anchor, such as `decision - 60d` or `alert + 3wd`.
package struct StepOffset: Sendable, Hashable {
    package let anchor: PlayAnchor
    /// Days after the anchor, negative before it.
    package let days: Int
    /// True if only Monday to Friday count.
    package let isWorkingDays: Bool

    package init(_ anchor: PlayAnchor, days: Int, isWorkingDays: Bool = false) {
        self.anchor = anchor
        self.days = days
        self.isWorkingDays = isWorkingDays
    }

    /// The day, counted from the anchor's. Working days never end on a weekend.
    package func day(from anchor: Day) -> Day {
        guard isWorkingDays else { return anchor + days }
        let step = days < 0 ? -1 : 1
        var day = anchor
        var left = abs(days)
        while left > 0 || day.isWeekend {
            day = day + step
            if !day.isWeekend, left > 0 { left -= 1 }
        }
        return day
    }
}

/// Who does a task.
package enum Performer: Sendable, Hashable {
    /// The CSM of the account.
    case owner
    /// Whoever has the least to do for the time they have.
    case leastLoaded
    /// The least loaded of those with a role.
    case role(String)

    /// As a file says it: `owner`, `least_loaded` or `role NAME`.
    package init?(_ text: String) {
        switch text {
        case "owner": self = .owner
        case "least_loaded": self = .leastLoaded
        default:
            guard text.hasPrefix("role "), text.count > 5 else { return nil }
            self = .role(String(text.dropFirst(5)))
        }
    }
}

extension Performer: CustomStringConvertible {
    package var description: String {
        switch self {
        case .owner: "owner"
        case .leastLoaded: "least_loaded"
        case .role(let name): "role \(name)"
        }
    }
}

/// A contact that can complete a task.
package enum ContactKind: String, Sendable, Hashable, CaseIterable {
    case call, meeting, email, reply

    /// The kinds by which one of us turns to the customer; a reply is the customer's.
    package static let ours: Set<ContactKind> = [.call, .meeting, .email]
}

/// A task of a play that opens on its day, once, and is then done or lapses.
package struct PlayStep: Sendable, Hashable {
    /// Its name within the playbook.
    package var name: String
    /// What to do, as the title of the task.
    package var title: String
    /// The day on which it opens.
    package var at: StepOffset
    /// Length [minutes].
    package var minutes: Int
    /// Days after which it lapses when nobody did it [days]; nil until the next step opens, the last one after 30.
    package var lapsesAfterDays: Int?
    package var performer: Performer
    /// The contacts that complete it.
    package var completedBy: Set<ContactKind>
    /// What to do, line by line.
    package var checklist: [String]

    package init(
        name: String, title: String, at: StepOffset, minutes: Int = TaskAssumptions().minutes,
        lapsesAfterDays: Int? = nil, performer: Performer = .owner, completedBy: Set<ContactKind> = [],
        checklist: [String] = []
    ) {
        self.name = name
        self.title = title
        self.at = at
        self.minutes = minutes
        self.lapsesAfterDays = lapsesAfterDays
        self.performer = performer
        self.completedBy = completedBy
        self.checklist = checklist
    }
}

/// The accounts that the dated tasks of a playbook are for: all that is asked must hold.
package struct PlayAudience: Sendable, Hashable {
    /// Bands; empty for every one.
    package var bands: Set<Band> = []
    /// Segments in small letters; empty for every one.
    package var segments: Set<String> = []
    /// The least ARR [major units of the reporting currency]; nil for any.
    package var leastARR: Double?
    /// The least time as a customer [days]; nil for any.
    package var leastAgeDays: Int?
    /// True if somebody there must be a promoter.
    package var needsPromoter = false

    package init() {}

    /// Whether an account belongs to it on a day.
    func contains(_ account: TaskAccount, on day: Day) -> Bool {
        (bands.isEmpty || bands.contains(account.band))
            && (segments.isEmpty || account.segment.map { segments.contains($0.lowercased()) } ?? false)
            && leastARR.map { account.arr >= $0 } ?? true
            && leastAgeDays.map { least in account.startedOn.map { day - $0 >= least } ?? false } ?? true
            && (!needsPromoter || account.hasPromoter)
    }
}

/// A share of accounts for which a playbook is left alone, so that its effect can be seen.
package struct HoldOut: Sendable, Hashable {
    /// Of those of low value.
    package let share: Double
    /// Value protected below which an account may be left alone [major units of the reporting currency].
    package let below: Double

    package init(share: Double, below: Double) {
        self.share = share
        self.below = below
    }

    /// Whether an account is left alone on an occasion: by a hash of both, so that it is so whenever it is asked.
    package func holds(account: String, playbook: String, occasion: Day, valueProtected: Double) -> Bool {
        guard valueProtected < below else { return false }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in "\(account)\u{0}\(playbook)\u{0}\(occasion)".utf8 {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        // The low bits of this hash depend on the last letters alone.
        var mixer = SplitMix(seed: hash)
        return Double(mixer.next() >> 11) * 0x1p-53 < share
    }
}
