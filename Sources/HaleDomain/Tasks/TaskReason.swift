/// Why an account needs somebody's time, the most pressing first.
package enum TaskReason: String, Sendable, Hashable, CaseIterable {
    /// Notice of non-renewal was given.
    case noticeGiven = "notice_given"
    /// The renewal date has passed without a decision.
    case pastDue = "past_due"
    /// The cliff flag is new.
    case cliff = "usage_cliff"
    /// The flag of a deciding detractor is new.
    case detractor = "decision_maker_detractor"
    /// The flag of a champion who left is new.
    case championLeft = "champion_left"
    case bandRed = "band_red"
    /// The flag of a slow decline is new.
    case decline = "usage_decline"
    /// The renewal is decided within 60 days.
    case decisionNear = "decision_near"
    /// The contract ended long ago without a decision.
    case lapsed = "contract_lapsed"
    /// No contract is known.
    case missingContract = "missing_contract"
    /// Too little is known for a score.
    case unknownBand = "unknown_band"

    /// True if the task is to complete what Hale knows; it is shown whatever it is worth.
    package var isData: Bool {
        switch self {
        case .lapsed, .missingContract, .unknownBand: return true
        case .noticeGiven, .pastDue, .cliff, .detractor, .championLeft, .bandRed, .decline, .decisionNear: return false
        }
    }

    /// True if the reason is an alarm about what was seen of the account, which needs enough data.
    var isReadFromScore: Bool {
        switch self {
        case .cliff, .detractor, .championLeft, .bandRed, .decline: return true
        case .noticeGiven, .pastDue, .decisionNear, .lapsed, .missingContract, .unknownBand: return false
        }
    }

    /// What to do, as the title of a task whose first reason this is.
    package var title: String {
        switch self {
        case .noticeGiven: return "Talk about the notice of non-renewal"
        case .pastDue: return "Get a decision on the contract that is past due"
        case .cliff: return "Find out why usage almost stopped"
        case .detractor: return "Call the decision maker who answered as a detractor"
        case .championLeft: return "Find a new champion"
        case .bandRed: return "Make a plan to get out of red"
        case .decline: return "Find out why usage declines"
        case .decisionNear: return "Prepare the renewal"
        case .lapsed: return "Confirm whether the customer has left"
        case .missingContract: return "Add the contract"
        case .unknownBand: return "Connect data so that the account can be scored"
        }
    }

    /// The reason in words.
    func sentence(of account: TaskAccount, asOf: Day) -> String {
        switch self {
        case .noticeGiven: return "Notice of non-renewal was given."
        case .pastDue: return "The renewal date has passed without a decision."
        case .cliff: return "Usage fell off a cliff\(Self.since(account.flags.cliffSince))."
        case .detractor: return "Somebody who decides answered as a detractor lately."
        case .championLeft: return "Every champion has left."
        case .bandRed: return "Health is red."
        case .decline: return "Usage declines\(Self.since(account.flags.declineSince))."
        case .decisionNear:
            guard let days = account.daysToDecision else { return "The renewal decision is near." }
            if days < 0 { return "The notice date has passed and the renewal is not signed." }
            let inWords = days == 0 ? "today" : "in \(days) \(days == 1 ? "day" : "days")"
            return "The renewal is decided \(inWords)" + (account.decisionOn.map { ", on \($0)." } ?? ".")
        case .lapsed: return "The contract ended and nothing was decided."
        case .missingContract: return "No contract is known."
        case .unknownBand: return "Too little is known for a score."
        }
    }

    private static func since(_ day: Day?) -> String {
        day.map { " (since \($0))" } ?? ""
    }
}
