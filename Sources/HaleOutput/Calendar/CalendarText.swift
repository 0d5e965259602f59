/// A calendar as programs read it: iCalendar, RFC 5545.
package struct CalendarText: Sendable, Equatable {
    /// What calendar programs call it.
    package var name: String
    package var entries: [CalendarEntry]

    package init(name: String, entries: [CalendarEntry]) {
        self.name = name
        self.entries = entries
    }

    /// The calendar as the text of a file.
    package var text: String {
        var lines = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hale//Tasks//EN", "CALSCALE:GREGORIAN",
            "X-WR-CALNAME:\(Self.escaped(name))",
        ]
        for entry in entries { lines += entry.lines }
        lines.append("END:VCALENDAR")
        return lines.map { Self.folded($0) + "\r\n" }.joined()
    }

    /// Octets of the longest line, its end not counted (RFC 5545, 3.1).
    static let longestLine = 75

    /// A line broken so that none is longer than may be; a character is never taken apart.
    static func folded(_ line: String) -> String {
        guard line.utf8.count > longestLine else { return line }
        var folded = ""
        var octets = 0
        for scalar in line.unicodeScalars {
            let width = UTF8.width(scalar)
            if octets + width > longestLine {
                folded += "\r\n "
                // The space counts.
                octets = 1
            }
            folded.unicodeScalars.append(scalar)
            octets += width
        }
        return folded
    }

    /// A text as a value (RFC 5545, 3.3.11); control characters, which no value may have, are left out.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.replacing("\r\n", with: "\n").unicodeScalars {
            switch scalar {
            case "\\", ";", ",": escaped += "\\\(scalar)"
            case "\n", "\r", "\u{2028}", "\u{2029}", "\u{85}": escaped += "\\n"
            case "\t": escaped += " "
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value): break
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}

/// One entry of a calendar.
package struct CalendarEntry: Sendable, Equatable {
    /// What sort of entry it is.
    package enum Kind: Sendable, Equatable {
        /// Something that is on a day, the whole of it, and takes no time.
        case event(on: String)
        /// Something to do.
        case todo(Todo)
    }

    /// Something to do.
    package struct Todo: Sendable, Equatable {
        /// How far it is (RFC 5545, 3.8.1.11).
        package enum Status: String, Sendable {
            case needsAction = "NEEDS-ACTION"
            case completed = "COMPLETED"
            case cancelled = "CANCELLED"
        }

        /// The day on which it can begin, as `YYYY-MM-DD`; nil for any.
        package var startsOn: String?
        /// The day by which it is to be done, as `YYYY-MM-DD`.
        package var dueOn: String
        /// From 1, the first to do, to 9.
        package var priority: Int
        package var status: Status
        package var minutes: Int

        package init(startsOn: String? = nil, dueOn: String, priority: Int, status: Status, minutes: Int) {
            self.startsOn = startsOn
            self.dueOn = dueOn
            self.priority = priority
            self.status = status
            self.minutes = minutes
        }
    }

    package var kind: Kind
    /// The same for the same thing in every file, whatever changes of it.
    package var identifier: String
    /// How often it was changed.
    package var sequence: Int
    /// When it was changed last, as `YYYY-MM-DDTHH:MM:SSZ`.
    package var changedAt: String
    package var summary: String
    /// Lines that say more.
    package var details: [String]

    package init(
        _ kind: Kind, identifier: String, sequence: Int, changedAt: String, summary: String, details: [String]
    ) {
        self.kind = kind
        self.identifier = identifier
        self.sequence = sequence
        self.changedAt = changedAt
        self.summary = summary
        self.details = details
    }

    /// The entry's lines, unfolded.
    var lines: [String] {
        let name: String
        var own: [String]
        switch kind {
        case .event(let day):
            name = "VEVENT"
            own = ["DTSTART;VALUE=DATE:\(Self.compact(day))", "TRANSP:TRANSPARENT"]
        case .todo(let todo):
            name = "VTODO"
            own = todo.startsOn.map { ["DTSTART;VALUE=DATE:\(Self.compact($0))"] } ?? []
            own += [
                "DUE;VALUE=DATE:\(Self.compact(todo.dueOn))", "PRIORITY:\(min(max(todo.priority, 1), 9))",
                "STATUS:\(todo.status.rawValue)", "X-HALE-MINUTES:\(todo.minutes)",
            ]
        }
        var lines = [
            "BEGIN:\(name)", "UID:\(CalendarText.escaped(identifier))", "SEQUENCE:\(sequence)",
            "DTSTAMP:\(Self.compact(changedAt))", "LAST-MODIFIED:\(Self.compact(changedAt))",
        ]
        lines += own
        lines.append("SUMMARY:\(CalendarText.escaped(summary))")
        if !details.isEmpty {
            lines.append("DESCRIPTION:\(CalendarText.escaped(details.joined(separator: "\n")))")
        }
        return lines + ["END:\(name)"]
    }

    /// A day or an instant of ISO 8601 in its basic form: without dashes and colons.
    private static func compact(_ text: String) -> String { text.filter { $0 != "-" && $0 != ":" } }
}
