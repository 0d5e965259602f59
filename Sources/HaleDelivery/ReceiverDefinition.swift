import Foundation
import HaleDomain
import HaleStore

/// A receiver as it is kept in the database.
struct ReceiverDefinition: Codable {
    var url: String?
    var urlVariable: String?
    var format: String
    var secretVariable: String?
    var sendsResolved: Bool
    var allowedNetworks: [String]
    var allowsInsecure: Bool
    var concurrency: Int
    var timeZone: String
    var mail: Mail?

    /// What a receiver of mail has beside.
    struct Mail: Codable {
        var from: String
        /// Addresses, or the word for each CSM's own.
        var to: [String]
        var user: String?
        var authoritiesFile: String?
        var digest: String?
    }

    init(_ receiver: Receiver) {
        switch receiver.place {
        case .address(let web): url = web.description
        case .variable(let name): urlVariable = name
        }
        format = receiver.format.rawValue
        secretVariable = receiver.secretVariable
        sendsResolved = receiver.sendsResolved
        allowedNetworks = receiver.allowedNetworks.map(\.description)
        allowsInsecure = receiver.allowsInsecure
        concurrency = receiver.concurrency
        timeZone = receiver.timeZone
        mail = receiver.mail.map { mail in
            let to: [String] =
                switch mail.to {
                case .addresses(let addresses): addresses.map(\.description)
                case .csm: [MailSettings.csmWord]
                }
            return Mail(
                from: mail.from.description, to: to, user: mail.user, authoritiesFile: mail.authoritiesFile,
                digest: mail.digest?.rawValue)
        }
    }

    init(json: String) throws {
        self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
    }

    func json() throws -> String { String(decoding: try JSONEncoder().encode(self), as: UTF8.self) }

    func receiver(named name: String) throws -> Receiver {
        let place: Receiver.Place
        if let url {
            guard let web = try? WebAddress(url) else {
                throw StoreError.unreadableRow("the receiver \(name) has an address that is none")
            }
            place = .address(web)
        } else {
            place = .variable(urlVariable ?? "")
        }
        guard let format = DeliveryFormat(rawValue: format) else {
            throw StoreError.unreadableRow("the receiver \(name) has the format \(format)")
        }
        var receiver = Receiver(name: name, place: place)
        receiver.format = format
        receiver.secretVariable = secretVariable
        receiver.sendsResolved = sendsResolved
        receiver.allowedNetworks = allowedNetworks.compactMap(AddressRange.init)
        receiver.allowsInsecure = allowsInsecure
        receiver.concurrency = concurrency
        receiver.timeZone = timeZone
        receiver.mail = try mail.map { try Self.settings($0, of: name) }
        return receiver
    }

    private static func settings(_ mail: Mail, of name: String) throws -> MailSettings {
        let addresses = mail.to.compactMap(MailAddress.init)
        guard let from = MailAddress(mail.from), mail.to == [MailSettings.csmWord] || addresses.count == mail.to.count
        else { throw StoreError.unreadableRow("the receiver \(name) has an address of mail that is none") }
        var settings = MailSettings(
            from: from, to: mail.to == [MailSettings.csmWord] ? .csm : .addresses(addresses))
        settings.user = mail.user
        settings.authoritiesFile = mail.authoritiesFile
        settings.digest = mail.digest.flatMap(DigestKind.init)
        return settings
    }
}
