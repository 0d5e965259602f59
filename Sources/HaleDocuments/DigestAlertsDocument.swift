package import HaleDomain
package import HaleOutput
package import HaleStore

/// The new alerts that receivers are not told of: those beyond the budget of a day, those of rules that are mostly noise, and
/// those that no route takes.
package struct DigestAlertsDocument {
    /// The alerts, the gravest first.
    package let alerts: [ShownAlert]

    /// Those among a day's alerts that became new after the last digest.
    package init(among alerts: [ShownAlert], after day: Day) {
        self.alerts = alerts.filter { alert in
            guard alert.state == .firing, alert.inhibitedBy == nil, !alert.isSilenced,
                let newOn = alert.announcedOn ?? alert.firedOn
            else { return false }
            return newOn > day && (alert.digestReason != nil || alert.announcedOn == nil)
        }
    }

    package var document: Document {
        var table = Table([
            Column("#", key: "alertId", content: .number, priority: 96), Column("severity", priority: 95),
            Column("account", key: "name", priority: 98, minimumWidth: 12),
            Column("rule", priority: 99, minimumWidth: 12),
            Column("since", content: .date, priority: 85),
            Column("summary", priority: 97, minimumWidth: 20, overflow: .wrap(maximumLines: 4)),
        ])
        for alert in alerts {
            table.append([
                .count(Int(alert.number)), .text(alert.severity.rawValue), .optional(alert.name) { .text($0) },
                .text(alert.rule), .date(alert.sinceOn.description), .optional(alert.texts["summary"]) { .text($0) },
            ])
        }
        return Document(
            titles: ["New alerts of which nothing but this digest tells"], table: table,
            json: ["alerts": .array(alerts.map(\.json))])
    }
}
