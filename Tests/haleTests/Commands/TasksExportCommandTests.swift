import Foundation
import HaleTestSupport
import Testing

/// Tasks and decisions as a calendar.
@Suite(.database) struct `The export of tasks` {
    /// The unfolded lines of the entries of a sort.
    private func entries(_ kind: String, of text: String) -> [[String]] {
        let lines = text.replacing("\r\n ", with: "").replacing("\r\n", with: "\n").split(separator: "\n").map(
            String.init)
        var entries: [[String]] = []
        for line in lines {
            if line == "BEGIN:\(kind)" {
                entries.append([])
            } else if !entries.isEmpty {
                entries[entries.count - 1].append(line)
            }
        }
        return entries.map { Array($0.prefix { $0 != "END:\(kind)" }) }
    }

    @Test func `has the decisions to come and the open tasks, and is the same as long as nothing changes`() async throws
    {
        let user = try await SmallPortfolio.user()
        let first = try await user.run("tasks", "export", "--format", "ics")
        #expect(first.status == 0, "\(first.errors)")
        #expect(try await user.run("tasks", "export").output == first.output)

        // C-1 ends on 2026-05-01 with a notice of 30 days; that of C-2 is behind.
        let decisions = entries("VEVENT", of: first.output)
        #expect(decisions.count == 1)
        let decision = try #require(decisions.first)
        for line in [
            "DTSTART;VALUE=DATE:20260401", "SUMMARY:Acme decides: EUR 12\\,000", "UID:hale/decision/A-1/C-1/1",
            "SEQUENCE:0",
        ] { #expect(decision.contains(line), "\(line) in \(decision)") }

        let morning = try await user.run("morning", "--format", "json").json()
        let listed = (morning["csms"]?.elements ?? []).flatMap {
            ($0["planned"]?.elements ?? []) + ($0["cut"]?.elements ?? [])
        }
        let tasks = entries("VTODO", of: first.output)
        #expect(!tasks.isEmpty && tasks.count == listed.count)
        for task in listed {
            let number = try #require(task["taskId"]?.numberValue)
            let entry = try #require(tasks.first { $0.contains { $0.contains("/\(Int(number))/") } })
            let due = try #require(task["dueOn"]?.textValue).filter { $0 != "-" }
            #expect(entry.contains("DUE;VALUE=DATE:\(due)") && entry.contains("STATUS:NEEDS-ACTION"))
        }
    }

    @Test(.enabled("icalendar is not installed: scripts/test-peers says why") { await PythonPeer.has("icalendar") })
    func `is read back by icalendar, with names as they were imported`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("tasks", "export", "--csm", "all")
        let read = try await PythonPeer.run(
            script: """
                import sys
                from icalendar import Calendar
                for entry in Calendar.from_ical(sys.stdin.buffer.read()).subcomponents:
                    print(entry.name, entry["SUMMARY"])
                """, input: Data(run.output.utf8), environment: ["PYTHONIOENCODING": "utf-8"])
        #expect(read.status == 0, "\(read.output)")
        #expect(read.output.contains("VEVENT Acme decides: EUR 12,000\n"))
        let morning = try await user.run("morning", "--csm", "all", "--format", "json").json()
        for csm in morning["csms"]?.elements ?? [] {
            for task in (csm["planned"]?.elements ?? []) + (csm["cut"]?.elements ?? []) {
                let name = try #require(task["account"]?.textValue)
                #expect(read.output.contains("VTODO \(name): "), "\(name)")
            }
        }
    }

    @Test func `is that of one CSM, who may be set, and refuses one whom nobody knows`() async throws {
        let user = try await SmallPortfolio.user()
        let all = entries("VTODO", of: try await user.run("tasks", "export").output).count
        let hers = entries("VTODO", of: try await user.run("tasks", "export", "--csm", "ana").output).count
        let set = try await user.run("tasks", "export", variables: ["HALE_CSM": "ana@example.com"])
        #expect(hers > 0 && hers < all)
        #expect(entries("VTODO", of: set.output).count == hers)
        let refused = try await user.run("tasks", "export", "--csm", "zoe@example.com")
        #expect(refused.status == 1)
        #expect(refused.errorLines.count == 1 && refused.errors.contains("HALE-CLI-002"))
    }
}
