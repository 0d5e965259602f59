import Foundation
import HaleOutput
import HaleTestSupport
import Testing

/// Calendars, written by Hale and read by icalendar from PyPI.
@Suite(.timeLimit(.minutes(5))) struct `A calendar's text` {
    private static let names = [
        "Acme", "Acme, Inc.; \"North\"", "back\\slash \\n \\, and colon: x", "two\nlines\r\nthree", "日本の株式会社グリーン",
        "👩‍👩‍👧‍👦 family 🇳🇱", String(repeating: "ä", count: 90), String(repeating: "🦊", count: 60),
        "x" + String(repeating: "🦊", count: 40), "xx" + String(repeating: "€", count: 50),
        String(repeating: "a", count: 67), String(repeating: "a", count: 68), String(repeating: "a,", count: 80), "",
        " ",
    ]

    private func calendar() -> CalendarText {
        CalendarText(
            name: "Ana, Ben; all",
            entries: Self.names.enumerated().flatMap { index, name in
                [
                    CalendarEntry(
                        .event(on: "2026-12-24"), identifier: "decision-\(index)", sequence: index,
                        changedAt: "2026-11-30T22:15:00Z", summary: name, details: [name, "second"]),
                    CalendarEntry(
                        .todo(.init(dueOn: "2027-01-03", priority: index, status: .needsAction, minutes: 30)),
                        identifier: "task-\(index) \(name)", sequence: 0, changedAt: "2026-11-30T22:15:00Z",
                        summary: name, details: []),
                ]
            })
    }

    @Test func `has lines of 75 octets at most, ended by CR and LF, and takes no character apart`() {
        let text = calendar().text
        #expect(text.hasPrefix("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.hasSuffix("END:VCALENDAR\r\n"))
        var widest = 0
        for line in Data(text.utf8).split(separator: 10, omittingEmptySubsequences: false).dropLast() {
            #expect(line.last == 13)
            #expect(!line.dropLast().contains(13))
            widest = max(widest, line.count - 1)
            #expect(String(validating: line, as: UTF8.self) != nil)
        }
        #expect(widest == 75)
    }

    private static let reading = """
        import json, sys
        from icalendar import Calendar

        calendar = Calendar.from_ical(sys.stdin.buffer.read())
        entries = []
        for entry in calendar.subcomponents:
            assert not entry.errors, entry.errors
            day = entry["DTSTART"] if entry.name == "VEVENT" else entry["DUE"]
            entries.append({
                "kind": entry.name, "uid": str(entry["UID"]), "sequence": int(entry["SEQUENCE"]),
                "stamp": entry["DTSTAMP"].dt.isoformat(), "summary": str(entry["SUMMARY"]),
                "day": day.dt.isoformat(), "description": str(entry.get("DESCRIPTION", "-")),
                "status": str(entry.get("STATUS", "-")), "priority": int(entry.get("PRIORITY", 0)),
            })
        # A property that icalendar does not know stays as it was written.
        name = str(calendar["X-WR-CALNAME"]).replace("\\\\,", ",").replace("\\\\;", ";")
        print(json.dumps({"name": name, "errors": calendar.errors, "entries": entries}))
        """

    private struct Read: Decodable {
        struct Entry: Decodable, Equatable {
            let kind, uid, stamp, summary, day, description, status: String
            let sequence, priority: Int
        }
        let name: String
        let entries: [Entry]
    }

    @Test(
        .enabled("icalendar is not installed: scripts/test-peers says why") { await PythonPeer.has("icalendar") })
    func `is read back by icalendar as it was meant`() async throws {
        let run = try await PythonPeer.run(script: Self.reading, input: Data(calendar().text.utf8))
        try #require(run.status == 0, "\(run.output)")
        let read = try JSONDecoder().decode(Read.self, from: Data(run.output.utf8))
        #expect(read.name == "Ana, Ben; all")
        let expected = Self.names.enumerated().flatMap { index, name in
            let plain = name.replacing("\r\n", with: "\n")
            return [
                Read.Entry(
                    kind: "VEVENT", uid: "decision-\(index)", stamp: "2026-11-30T22:15:00+00:00", summary: plain,
                    day: "2026-12-24", description: plain + "\nsecond", status: "-", sequence: index, priority: 0),
                Read.Entry(
                    kind: "VTODO", uid: "task-\(index) \(plain)", stamp: "2026-11-30T22:15:00+00:00", summary: plain,
                    day: "2027-01-03", description: "-", status: "NEEDS-ACTION", sequence: 0,
                    priority: min(max(index, 1), 9)),
            ]
        }
        #expect(read.entries.count == expected.count)
        for (entry, meant) in zip(read.entries, expected) { #expect(entry == meant) }
    }

    @Test func `says of a thing to do when it can begin and how far it is`() {
        let todo = CalendarEntry.Todo(
            startsOn: "2026-12-01", dueOn: "2026-12-24", priority: 1, status: .completed, minutes: 45)
        let text = CalendarText(
            name: "n",
            entries: [
                CalendarEntry(
                    .todo(todo), identifier: "1", sequence: 2, changedAt: "2026-11-30T08:00:00Z", summary: "s",
                    details: ["\u{7}a\tb"])
            ]
        ).text
        let lines = text.replacing("\r\n", with: "\n").split(separator: "\n").map(String.init)
        #expect(
            lines.dropFirst(5).dropLast() == [
                "BEGIN:VTODO", "UID:1", "SEQUENCE:2", "DTSTAMP:20261130T080000Z", "LAST-MODIFIED:20261130T080000Z",
                "DTSTART;VALUE=DATE:20261201", "DUE;VALUE=DATE:20261224", "PRIORITY:1", "STATUS:COMPLETED",
                "X-HALE-MINUTES:45", "SUMMARY:s", "DESCRIPTION:a b", "END:VTODO",
            ])
    }
}
