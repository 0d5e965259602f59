import Foundation
package import HaleDomain

/// The body of a message in the form that its receiver takes.
package enum MessageBody {
    /// JSON with keys in order, so that the same message is the same bytes.
    package static func text(of message: AlertMessage, as format: DeliveryFormat) throws -> String {
        switch format {
        case .hale: try json(HaleBody(message))
        case .slack: try json(SlackBody(message))
        case .alertmanager: try json(AlertmanagerBody(message))
        case .email: try json(AlertMail(message: message).body)
        }
    }

    static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    static func labels(_ text: String) throws -> [String: String] {
        guard let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] else { return [:] }
        return object.mapValues { value in
            switch value {
            case let text as String: text
            case is NSNull: ""
            default: "\(value)"
            }
        }
    }
}

/// Hale's own form.
private struct HaleBody: Encodable {
    struct Money: Encodable {
        let minor: Int64
        let currency: String
    }

    struct Account: Encodable {
        let accountId: String
        let name: String
        let csm: String?
        let arr: Money?
        let renewsOn: String?
        let score: Double?
        let band: String?
        let url: String?

        /// A missing value is null, not a missing key.
        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(accountId, forKey: .accountId)
            try container.encode(name, forKey: .name)
            try container.encode(csm, forKey: .csm)
            try container.encode(arr, forKey: .arr)
            try container.encode(renewsOn, forKey: .renewsOn)
            try container.encode(score, forKey: .score)
            try container.encode(band, forKey: .band)
            try container.encode(url, forKey: .url)
        }

        enum CodingKeys: String, CodingKey {
            case accountId, name, csm, arr, renewsOn, score, band, url
        }
    }

    struct Driver: Encodable {
        let driver: String
        let points: Double
    }

    struct Alert: Encodable {
        let alert: String
        let status: AlertStatus
        let severity: String
        let fingerprint: String
        let account: Account
        let since: String
        let labels: [String: String]
        let annotations: [String: String]
        let drivers: [Driver]
    }

    struct Content: Encodable {
        let groupKey: String
        let alerts: [Alert]
        let test: Bool?
        let receiver: String?
        let reason: String?
    }

    let type: String
    let timestamp: String
    let data: Content

    init(_ message: AlertMessage) {
        switch message.kind {
        case .alerts: type = message.isFiring ? "alert.firing" : "alert.resolved"
        case .test: type = "test"
        case .notice: type = "receiver.stopped"
        case .digest: type = "digest"
        }
        timestamp = message.timestamp
        data = Content(
            groupKey: message.group.key, alerts: message.alerts.map(Self.alert),
            test: message.kind == .test ? true : nil,
            receiver: message.kind == .notice ? message.group.labels["receiver"] : nil,
            reason: message.kind == .notice ? message.text : nil)
    }

    private static func alert(_ alert: AlertMessage.Alert) -> Alert {
        let account = alert.account
        let money = account.currency.flatMap { currency in
            account.arrMinor.map { Money(minor: $0, currency: currency) }
        }
        return Alert(
            alert: alert.rule, status: alert.isFiring ? .firing : .resolved, severity: alert.severity.rawValue,
            fingerprint: AlertFingerprint.text(of: alert.identity),
            account: Account(
                accountId: account.id, name: account.name, csm: account.csm, arr: money,
                renewsOn: account.renewsOn?.description, score: account.score, band: account.band?.rawValue,
                url: account.url),
            since: alert.since.description, labels: alert.labels, annotations: alert.annotations,
            drivers: alert.drivers.map { Driver(driver: $0.name, points: $0.points) })
    }
}
