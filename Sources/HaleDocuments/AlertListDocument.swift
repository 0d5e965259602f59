import Foundation
package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale alerts list` prints.
package struct AlertListDocument {
    package let day: Day
    package let alerts: [ShownAlert]
    package let showsAll: Bool
    package let narrowing: Narrowing

    package init(day: Day, alerts: [ShownAlert], showsAll: Bool, narrowing: Narrowing) {
        self.day = day
        self.alerts = alerts
        self.showsAll = showsAll
        self.narrowing = narrowing
    }

    /// Without --all only what people are told of.
    private var shown: [ShownAlert] {
        showsAll ? alerts : alerts.filter { $0.inhibitedBy == nil && !$0.isSilenced }
    }

    package var document: Document {
        var table = Table([
            Column("#", key: "alertId", content: .number, priority: 96),
            Column("severity", priority: 95), Column("rule", priority: 99, minimumWidth: 12),
            Column("account", key: "name", priority: 98, minimumWidth: 12),
            Column("id", key: "accountId", priority: 60), Column("csm", priority: 40),
            Column("ARR", key: "arr", content: .money, priority: 80), Column("state", priority: 94),
            Column("since", content: .date, priority: 85), Column("summary", priority: 70, minimumWidth: 16),
        ])
        for alert in shown {
            table.append([
                .count(alert.number), .text(alert.severity.rawValue), .text(alert.rule),
                .optional(alert.name ?? (alert.subject.isEmpty ? nil : alert.subject)) { .text($0) },
                .optional(alert.accountID) { .text($0) }, .optional(alert.csm) { .text($0) }, alert.arrCell,
                .text(alert.stateText), .date(alert.sinceOn.description),
                .optional(alert.texts["summary"]) { .text($0) },
            ])
        }
        let firing = shown.count { $0.state == .firing }
        let pending = shown.count { $0.state == .pending }
        var titles = ["Alerts of \(day)", "\(firing) firing, \(pending) pending"]
        let digestOnly = shown.count { $0.digestReason != nil }
        if digestOnly > 0 { titles.append("\(digestOnly) told by the digest alone") }
        let left = alerts.count - shown.count
        if left > 0 { titles.append("\(left) hidden or silenced: --all shows them") }
        return Document(
            titles: titles, notices: narrowing.notices, table: table,
            json: .object(
                [.init("asOf", .string(day.description))] + narrowing.members
                    + [.init("alerts", .array(alerts.map(\.json)))]))
    }
}

/// What `hale alerts list --silences` prints.
package struct SilenceListDocument {
    package let day: Day
    package let silences: [Silence]

    package init(day: Day, silences: [Silence]) {
        self.day = day
        self.silences = silences
    }

    package var document: Document {
        var table = Table([
            Column("#", key: "silence", content: .number, priority: 96),
            Column("matches", key: "matchers", priority: 99, minimumWidth: 16),
            Column("until", key: "endsAt", priority: 98),
            Column("in force", key: "inForce", priority: 90), Column("by", key: "author", priority: 70),
            Column("reason", priority: 80, minimumWidth: 12, overflow: .wrap(maximumLines: 3)),
        ])
        for silence in silences {
            let matchers = ShownAlert.texts(of: silence.matchers).sorted { $0.key < $1.key }
            table.append([
                .count(silence.number), .text(matchers.map { "\($0.key)=\($0.value)" }.joined(separator: " ")),
                .text(silence.endsAt), .text(silence.isInForce ? "yes" : "no"), .text(silence.author),
                .text(silence.reason),
            ])
        }
        return Document(
            titles: ["Silences"], table: table,
            json: [
                "asOf": .string(day.description),
                "silences": .array(
                    silences.map { silence in
                        [
                            "silence": .init(silence.number), "matchers": ShownAlert.jsonObject(silence.matchers),
                            "author": .string(silence.author), "reason": .string(silence.reason),
                            "startsAt": .string(silence.startsAt), "endsAt": .string(silence.endsAt),
                            "inForce": .bool(silence.isInForce),
                        ]
                    }),
            ])
    }
}

extension ShownAlert {
    /// The texts by name.
    package var texts: [String: String] { Self.texts(of: annotations) }

    /// ARR, where the alert is about an account.
    package var arrCell: Cell {
        guard accountID != nil, let arrMinor, let currency else { return .missing }
        return .money(minor: arrMinor, currency: currency)
    }

    /// Where it is in its life, and what keeps it from being told.
    package var stateText: String {
        var text = state.rawValue
        if let inhibitedBy { text += ", hidden by \(inhibitedBy)" }
        if isSilenced { text += ", silenced" }
        if let acknowledgedBy { text += ", \(acknowledgedBy) has it" }
        if let staleSince { text += ", not known since \(staleSince)" }
        if digestReason != nil { text += ", digest only" }
        if let verdict { text += ", \(verdict.rawValue)" }
        return text
    }

    /// The alert as one JSON object.
    package var json: JSONValue {
        [
            "alertId": .init(number), "rule": .string(rule), "subject": .init(subject.isEmpty ? nil : subject),
            "accountId": .init(accountID), "name": .init(name), "csm": .init(csm),
            "arr": accountID == nil
                ? .null
                : arrMinor.flatMap { minor in currency.map { .money(minor: minor, currency: $0) } } ?? .null,
            "state": .string(state.rawValue), "severity": .string(severity.rawValue),
            "since": .string(sinceOn.description), "trueDays": .init(trueDays),
            "firedOn": .init(firedOn?.description), "falseSince": .init(falseSince?.description),
            "resolvedOn": .init(resolvedOn?.description), "evaluatedOn": .string(evaluatedOn.description),
            "staleSince": .init(staleSince?.description), "hiddenBy": .init(inhibitedBy),
            "silenced": .bool(isSilenced), "acknowledgedBy": .init(acknowledgedBy),
            "acknowledgedAt": .init(acknowledgedAt), "playbook": .init(playbook),
            "announcedOn": .init(announcedOn?.description), "digestReason": .init(digestReason?.rawValue),
            "verdict": .init(verdict?.rawValue),
            "labels": Self.jsonObject(labels), "annotations": Self.jsonObject(annotations),
        ]
    }

    /// Texts by name of a JSON object.
    package static func texts(of json: String) -> [String: String] {
        (try? JSONDecoder().decode([String: String].self, from: Data(json.utf8))) ?? [:]
    }

    /// The same as JSON, in order of the names.
    package static func jsonObject(_ json: String) -> JSONValue {
        .object(texts(of: json).sorted { $0.key < $1.key }.map { .init($0.key, .string($0.value)) })
    }
}
