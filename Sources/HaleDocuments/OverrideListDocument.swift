package import HaleDomain
package import HaleOutput
package import HaleStore

/// What `hale accounts overrides` prints.
package struct OverrideListDocument {
    package let day: Day
    package let entries: [OverrideStore.Entry]
    package let narrowing: Narrowing

    package init(day: Day, entries: [OverrideStore.Entry], narrowing: Narrowing) {
        self.day = day
        self.entries = entries
        self.narrowing = narrowing
    }

    package var document: Document {
        var table = Table([
            Column("account", key: "name", priority: 100, minimumWidth: 14),
            Column("id", key: "accountId", priority: 60), Column("set", key: "band", content: .band, priority: 98),
            Column("computed", key: "computedBand", content: .band, priority: 97),
            Column("from", content: .date, priority: 70), Column("until", content: .date, priority: 95),
            Column("state", priority: 80), Column("by", priority: 75),
            Column("reason", priority: 90, minimumWidth: 16, overflow: .wrap(maximumLines: 3)),
        ])
        for entry in entries {
            table.append([
                .text(entry.name), .text(entry.accountID), .band(entry.override.band), .band(entry.computedBand),
                .date(entry.override.startsOn.description), .date(entry.override.untilOn.description),
                .text(entry.state(on: day)), .text(entry.override.setBy), .text(entry.override.reason),
            ])
        }
        let inForce = entries.filter(\.isInForce).count
        return Document(
            titles: ["Overrides as of \(day)", "\(inForce) in force"], notices: narrowing.notices,
            table: table,
            json: .object(
                [.init("asOf", .string(day.description))] + narrowing.members
                    + [.init("overrides", .array(entries.map(\.json)))]))
    }
}

extension OverrideStore.Entry {
    /// What became of it, in a few words.
    package func state(on day: Day) -> String {
        if isInForce {
            guard let shownBand, shownBand != override.band else { return "in force" }
            // A notice of non-renewal, or too little known.
            return "in force, but \(shownBand.rawValue)"
        }
        return endedOn.map { "ended on \($0)" } ?? "expired"
    }

    /// The override as one JSON object.
    package var json: JSONValue {
        override.json.adding([
            .init("accountId", .string(accountID)), .init("inForce", .bool(isInForce)),
            .init("computedBand", .init(computedBand?.rawValue)), .init("shownBand", .init(shownBand?.rawValue)),
            .init("endedOn", .init(endedOn?.description)), .init("endedBy", .init(endedBy)),
        ])
    }
}
