package import HaleDomain

/// A mail for a mail server.
package struct MailRequest: Sendable {
    /// What encryption is asked for.
    package enum Encryption: Sendable, Hashable {
        /// Nothing is said before the connection is encrypted, for the name in the certificate.
        case required
        /// Encrypted where the server can, by whatever certificate: better than nothing, and no more.
        case ifOffered
    }

    /// A name and its password.
    package struct Login: Sendable, Hashable {
        package let user: String
        package let password: String

        package init(user: String, password: String) {
            self.user = user
            self.password = password
        }
    }

    /// The server.
    package let web: WebAddress
    /// The address that was checked; nothing else is connected to.
    package let address: NetworkAddress
    package let encryption: Encryption
    /// A file of the certificates that are trusted, in the place of those of the system.
    package let authoritiesFile: String?
    /// Nil where nobody logs in.
    package let login: Login?
    package let from: MailAddress
    package let to: [MailAddress]
    /// The lines of the head but those that say what parts there are.
    package let headers: [String]
    /// The message for programs that show text.
    package let text: String
    /// The same for programs that show pages.
    package let html: String
    /// The time for all of it, in milliseconds.
    package let limitMilliseconds: Int64

    /// A message to some addresses.
    /// - Parameters:
    ///   - id: The same at every attempt, so that a server or a reader knows the second copy for what it is.
    init(
        _ body: MailBody, id: String, to recipients: [MailAddress], settings: MailSettings, server: Server,
        limitMilliseconds: Int64
    ) {
        web = server.web
        address = server.address
        encryption = server.encryption
        authoritiesFile = settings.authoritiesFile
        login = server.login
        from = settings.from
        to = recipients
        headers =
            [
                "From: Hale <\(settings.from)>", "To: \(recipients.map(\.description).joined(separator: ",\r\n "))",
                "Subject: \(MailHeader.text(body.subject))", "Message-ID: <\(id)@\(settings.from.domain)>",
                // Nobody's absence is told to a program.
                "Auto-Submitted: auto-generated",
            ] + (MailHeader.date(body.timestamp).map { ["Date: \($0)"] } ?? [])
        text = body.text
        html = body.html
        self.limitMilliseconds = limitMilliseconds
    }

    /// A mail server as it is connected to.
    struct Server: Sendable {
        let web: WebAddress
        let address: NetworkAddress
        let login: Login?
        let encryption: Encryption

        /// Without encryption only where that is allowed or the way does not leave this machine, and never with a password.
        init(_ web: WebAddress, at address: NetworkAddress, login: Login?, allowsInsecure: Bool) {
            self.web = web
            self.address = address
            self.login = login
            encryption = login == nil && (allowsInsecure || address.isLoopback) ? .ifOffered : .required
        }
    }
}
