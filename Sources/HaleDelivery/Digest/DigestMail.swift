package import HaleDomain

/// What is sent regularly: a CSM's day, everybody's, or a week's forecast.
package struct DigestMail: Sendable, Equatable {
    /// E-mail of the CSM whose day it is; nil where it is about everybody.
    package let csm: String?
    package let subject: String
    /// For programs that show text.
    package let text: String
    /// The same for programs that show pages.
    package let html: String

    package init(csm: String?, subject: String, text: String, html: String) {
        self.csm = csm
        self.subject = subject
        self.text = text
        self.html = html
    }
}

extension DigestKind {
    /// The day by which a digest is known: two of the same day are one. Of a week's it is the Monday.
    package func key(of day: Day) -> Day {
        switch self {
        case .daily: day
        case .weeklyForecast: day - (day.weekday.rawValue - 1)
        }
    }
}
