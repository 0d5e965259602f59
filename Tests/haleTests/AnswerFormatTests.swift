import HaleOutput
import HaleTestSupport
import Testing

/// The answers as tables, CSV and Markdown.
@Suite(.database) struct `Answers as text` {
    private static let answers: [[String]] = [
        ["accounts", "list"], ["accounts", "show", "A-1"], ["accounts", "show", "A-3"], ["morning"], ["config"],
        ["doctor"], ["score", "--as-of", SmallPortfolio.day],
    ]

    @Test func `CSV has a header, unformatted values and a harmless name`() async throws {
        let user = try await SmallPortfolio.user()
        let run = try await user.run("accounts", "list", "--format", "csv")
        #expect(run.status == 0)
        #expect(run.errors == "")
        let csv = CSVRecords(run.output)
        #expect(csv.faults == [])
        #expect(csv.tables.count == 1)
        #expect(csv.records.count == 4)
        #expect(csv.records.allSatisfy { $0.count == csv.header.count })
        #expect(Set(csv.header).count == csv.header.count)
        #expect(csv.column("accountId") == ["A-1", "A-2", "A-3"])
        // A spreadsheet would compute =1+1.
        #expect(csv.column("name") == ["Acme", "'=1+1", SmallPortfolio.wideName])
        #expect(csv.column("arr") == ["12000.00", "0.00", "0.00"])
        #expect(csv.column("arr_currency") == ["EUR", "EUR", "EUR"])
        #expect(csv.column("seats") == ["10", "", ""])
        #expect(csv.column("renewsOn") == ["2026-05-01", "", ""])

        let answer = try await user.run("accounts", "list", "--format", "json").json()
        let accounts = try #require(answer["accounts"]?.elements)
        // Too little data gives no score to people.
        let scores = accounts.filter { $0["band"]?.textValue != "unknown" }
            .compactMap { $0["smoothedScore"]?.numberValue }
        let written = csv.column("smoothedScore").compactMap { Double($0) }
        #expect(written == scores)
    }

    @Test func `every answer in CSV is made of whole tables`() async throws {
        let user = try await SmallPortfolio.user()
        for arguments in Self.answers {
            let run = try await user.run(arguments + ["--format", "csv"])
            let name = arguments.joined(separator: " ")
            #expect(run.status == 0, "\(name): \(run.errors)")
            #expect(run.errors == "", "\(name)")
            let csv = CSVRecords(run.output)
            #expect(csv.faults == [], "\(name)")
            #expect(!csv.tables.isEmpty, "\(name)")
            for table in csv.tables {
                let widths = Set(table.map { $0.count })
                #expect(widths.count == 1, "\(name)")
            }
            let formulas = csv.records.joined().filter { $0.hasPrefix("=") }
            #expect(formulas == [], "\(name)")
        }
    }

    @Test func `Markdown is made of headings, notes and whole pipe tables`() async throws {
        let user = try await SmallPortfolio.user()
        let list = try await user.run("accounts", "list", "--format", "markdown")
        #expect(list.status == 0)
        #expect(list.outputLines.first == "## Accounts as of \(SmallPortfolio.day)")
        for arguments in Self.answers {
            let run = try await user.run(arguments + ["--format", "markdown"])
            let name = arguments.joined(separator: " ")
            #expect(run.status == 0, "\(name): \(run.errors)")
            let lines = run.outputLines
            let rows = lines.indices.filter { lines[$0].hasPrefix("|") }
            #expect(!rows.isEmpty, "\(name)")
            for row in rows where !rows.contains(row - 1) {
                let table = lines[row...].prefix { $0.hasPrefix("|") }
                let rule = table.dropFirst().first ?? ""
                #expect(rule.wholeMatch(of: /\|( -+:? \|)+/) != nil, "\(name): \(rule)")
                let widths = Set(table.map { line in line.replacing("\\|", with: "").filter { $0 == "|" }.count })
                #expect(widths.count == 1, "\(name)")
            }
        }
    }

    @Test(arguments: [80, 60, 40])
    func `no line of a table is wider than the columns given`(columns: Int) async throws {
        let user = try await SmallPortfolio.user()
        for arguments in Self.answers {
            let run = try await user.run(arguments, variables: ["COLUMNS": String(columns)])
            let name = arguments.joined(separator: " ")
            #expect(run.status == 0, "\(name): \(run.errors)")
            #expect(!run.outputLines.isEmpty, "\(name)")
            for line in run.outputLines {
                #expect(DisplayWidth.columns(of: line) <= columns, "\(name): \(line)")
            }
        }
    }

    private static let terminals: [[String: String]] = [
        [:], ["NO_COLOR": "1"], ["TERM": "xterm-256color", "COLORTERM": "truecolor"],
    ]

    @Test(arguments: terminals)
    func `a pipe gets no escape sequence`(variables: [String: String]) async throws {
        let user = try await SmallPortfolio.user()
        for arguments in Self.answers {
            let run = try await user.run(arguments, variables: variables)
            #expect(!run.everything.unicodeScalars.contains("\u{1B}"), "\(arguments)")
        }
    }

    @Test func `an escape sequence in a name does not reach a reader of tables`() async throws {
        let user = try CommandLineUser.ofTestDatabase()
        let loaded = try await user.run(
            "import", "accounts", "-", input: "account_id,name\nA-1,\u{1B}[31mred\u{1B}[0m\n")
        #expect(loaded.status == 0, "\(loaded.errors)")
        for format in ["table", "markdown", "json"] {
            let run = try await user.run("accounts", "list", "--format", format)
            #expect(run.status == 0)
            #expect(run.output.contains("31mred"))
            #expect(!run.output.unicodeScalars.contains("\u{1B}"), "\(format)")
        }
    }

    @Test func `the morning warns when the newest scored day is not today`() async throws {
        let user = try await SmallPortfolio.user()
        let stale = try await user.run("morning")
        #expect(stale.status == 0)
        #expect(stale.output.contains("warning: the newest scored day is \(SmallPortfolio.day), today is "))
        #expect(stale.output.contains("hale score"))
        // A day that was asked for is no surprise.
        let asked = try await user.run("morning", "--date", SmallPortfolio.day)
        #expect(asked.status == 0)
        #expect(!asked.output.contains("warning:"))
    }

    @Test func `the morning of today has no warning`() async throws {
        let user = try await SmallPortfolio.user()
        let scored = try await user.run("score")
        #expect(scored.status == 0)
        let run = try await user.run("morning")
        #expect(run.status == 0)
        #expect(run.output.hasPrefix("Morning of "))
        #expect(!run.output.contains("warning:"))
    }
}
