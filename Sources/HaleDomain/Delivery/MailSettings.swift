/// What a receiver of mail has beside its server: who writes to whom, and what it is sent but alerts.
package struct MailSettings: Sendable, Hashable {
    /// To whom mail goes.
    package enum Recipients: Sendable, Hashable {
        /// To all of them, in one mail.
        case addresses([MailAddress])
        /// To the CSM whose accounts it is about.
        case csm
    }

    /// The word that stands for each CSM's own address.
    package static let csmWord = "csm"
    /// Most addresses of one receiver.
    package static let recipientLimit = 50

    /// Who writes.
    package var from: MailAddress
    /// To whom.
    package var to: Recipients
    /// The name under which Hale logs in to the mail server; nil where it does not. The password is the receiver's secret.
    package var user: String?
    /// A file of the certificates that are trusted, in the place of those of the system.
    package var authoritiesFile: String?
    /// What is sent to it regularly.
    package var digest: DigestKind?

    package init(from: MailAddress, to: Recipients) {
        self.from = from
        self.to = to
    }

    /// To whom a message goes that is about the accounts of a CSM, or of nobody: tests and notices to each CSM's own
    /// address have no CSM, and go to whoever writes. None where the CSM's address is none.
    package func recipients(csm: String?) -> [MailAddress] {
        switch to {
        case .addresses(let addresses): addresses
        case .csm: csm.map { MailAddress($0).map { [$0] } ?? [] } ?? [from]
        }
    }
}

/// What is sent regularly, without an alert.
package enum DigestKind: String, Sendable, CaseIterable {
    /// A CSM's day, once for each scored day.
    case daily
    /// The forecast of renewals, once a week.
    case weeklyForecast = "weekly-forecast"
}
