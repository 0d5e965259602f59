/// For which days accounts are given to another CSM.
package enum HandOver: Sendable, Equatable {
    /// For good.
    case lasting
    /// For an absence: from its first to its last day.
    case cover(from: Day, until: Day)

    /// Days of the longest cover: who is away for longer hands the accounts over.
    package static let mostCoverDays = 366

    /// Why days make no hand-over.
    package enum Refusal: CodedError, Equatable {
        /// A cover that begins and never ends.
        case endless(from: Day)
        /// A cover that ends before it begins.
        case endsBeforeItBegins(from: Day, until: Day)
        /// A cover that ended before today.
        case isOver(until: Day, today: Day)
        /// A cover of more than a year.
        case tooLong(from: Day, until: Day)

        package var code: String {
            switch self {
            case .endless: "HALE-CLI-038"
            case .endsBeforeItBegins: "HALE-CLI-039"
            case .isOver: "HALE-CLI-040"
            case .tooLong: "HALE-CLI-041"
            }
        }

        package var message: String {
            switch self {
            case .endless(let from):
                "a cover that begins on \(from) needs its last day: give --until, or neither to hand over for good"
            case .endsBeforeItBegins(let from, let until):
                "the cover would begin on \(from) and end on \(until): give a later --until"
            case .isOver(let until, let today):
                "the cover would have ended on \(until), and today is \(today): give a later --until"
            case .tooLong(let from, let until):
                "a cover from \(from) to \(until) is longer than \(HandOver.mostCoverDays) days: "
                    + "give neither day to hand over for good"
            }
        }
    }

    /// A hand-over between days as somebody gives them; a cover begins today where no other first day is given.
    package init(from: Day?, until: Day?, today: Day) throws(Refusal) {
        guard let until else {
            guard let from else {
                self = .lasting
                return
            }
            throw .endless(from: from)
        }
        let first = from ?? today
        guard today <= until else { throw .isOver(until: until, today: today) }
        guard first <= until else { throw .endsBeforeItBegins(from: first, until: until) }
        guard until - first < Self.mostCoverDays else { throw .tooLong(from: first, until: until) }
        self = .cover(from: first, until: until)
    }
}
