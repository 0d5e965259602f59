import Delimited
import Foundation
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A file that must not go in, and where its first problem is.
struct BadFile: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let kind: ImportKind
    let bytes: [UInt8]
    let code: ImportProblem.Code
    var line: Int?
    var column: String?
    /// Words of the message.
    let words: String

    init(
        _ name: String, _ kind: ImportKind, _ text: String, _ code: ImportProblem.Code, line: Int? = nil,
        column: String? = nil, words: String
    ) {
        self.init(name, kind, bytes: Array(text.utf8), code, line: line, column: column, words: words)
    }

    init(
        _ name: String, _ kind: ImportKind, bytes: [UInt8], _ code: ImportProblem.Code, line: Int? = nil,
        column: String? = nil, words: String
    ) {
        testDescription = name
        self.kind = kind
        self.bytes = bytes
        self.code = code
        self.line = line
        self.column = column
        self.words = words
    }

    /// `file:line: column: `, as far as the place is known.
    func place(_ path: String) -> String {
        "\(path)\(line.map { ":\($0)" } ?? ""): \(column.map { "\($0): " } ?? "")"
    }

    /// The start of a ZIP archive with the name of a workbook's part in it.
    private static let workbook: [UInt8] = [0x50, 0x4B, 0x03, 0x04, 20, 0, 6, 0, 8, 0] + Array("xl/workbook.xml".utf8)

    /// Files that are wrong as a whole.
    static let files: [BadFile] = [
        BadFile("an empty file", .accounts, "", .emptyFile, words: "is empty"),
        BadFile(
            "an Excel workbook", .accounts, bytes: workbook, .foreignFormat, words: "Excel workbook"),
        BadFile(
            "a missing column", .tickets, "ticket_id,account_id\nT1,A1\n", .missingColumn, column: "opened_at",
            words: "no such column"),
        BadFile(
            "a NUL byte", .accounts, "account_id,name\nN1,North\nN2,So\u{0}uth\n", .nulByte, line: 3,
            words: "NUL byte"),
        BadFile(
            "dates that can be read in two ways", .tickets,
            "ticket_id,account_id,opened_at\nT1,A1,03/04/2026\nT2,A1,05/06/2026\n", .ambiguousDates, line: 2,
            column: "opened_at", words: "--date-format"),
        BadFile(
            "a column twice", .accounts, "account_id,NAME,Name\nN1,North,South\n", .duplicateColumn, column: "name",
            words: "twice"),
    ]

    /// Files with bad rows, found while they are read.
    static let rows: [BadFile] = [
        BadFile(
            "too few fields", .accounts, "account_id,name\nN1,North\nN2\n", .raggedRow, line: 3,
            words: "the header has 2 columns, this row has 1 field"),
        BadFile(
            "an unclosed quote", .accounts, "account_id,name\nN1,\"North\nN2,South\n", .unclosedQuote, line: 2,
            words: "never closed"),
        BadFile(
            "text behind a closing quote", .accounts, "account_id,name\nN1,\"North\" Ltd\nN2,South\n", .textAfterQuote,
            line: 2, column: "name", words: "follows a closing quote"),
        BadFile(
            "30 February", .tickets, "ticket_id,account_id,opened_at\nT1,A1,2026-02-30\n", .badValue, line: 2,
            column: "opened_at", words: "30 February does not exist"),
        BadFile(
            "a score of 11", .nps, "account_id,score,responded_at\nA1,10,2026-01-05\nA1,11,2026-01-05\n", .badValue,
            line: 3, column: "score", words: "more than 10"),
        BadFile(
            "a negative ARR", .contracts, "contract_id,account_id,arr,currency,starts_on\nK1,A1,-5,EUR,2026-01-01\n",
            .badValue, line: 2, column: "arr", words: "less than 0"),
        BadFile(
            "no name", .accounts, "account_id,name\nN1,\n", .missingValue, line: 2, column: "name",
            words: "a value is needed"),
        BadFile(
            "a control character in an id", .accounts, "account_id,name\nN\u{1}1,North\n", .badValue, line: 2,
            column: "account_id", words: "control character"),
    ]

    /// Files whose rows contradict what is known, or each other.
    static let facts: [BadFile] = [
        BadFile(
            "an unknown account", .tickets, "ticket_id,account_id,opened_at\nT1,NOBODY,2026-01-05\n", .badRow, line: 2,
            column: "account_id", words: "\"NOBODY\" is not known"),
        BadFile(
            "an unknown CSM", .accounts, "account_id,name,csm_email\nN1,North,no@example.com\n", .badRow, line: 2,
            column: "csm_email", words: "\"no@example.com\" is not known"),
        BadFile(
            "an unknown contract", .usage, "contract_id,occurred_at\nC1,2026-01-05\nC9,2026-01-05\n", .badRow, line: 3,
            column: "contract_id", words: "\"C9\" is not known"),
        BadFile(
            "usage of nobody", .usage, "account_id,occurred_at\n,2026-01-05\n", .badRow, line: 2, column: "account_id",
            words: "neither account_id nor contract_id"),
        BadFile(
            "an unknown parent", .accounts, "account_id,name,parent_account_id\nN1,North,N7\n", .badRow, line: 2,
            column: "parent_account_id", words: "\"N7\""),
        BadFile(
            "an id twice with different values", .accounts, "account_id,name\nN1,North\nN2,West\nN1,South\n", .badRow,
            line: 4, column: "account_id", words: "already on line 2 with other values"),
        BadFile(
            "a contract of another account", .contracts,
            "contract_id,account_id,arr,currency,starts_on\nC1,A2,5,EUR,2026-01-01\n", .badRow, line: 2,
            column: "contract_id", words: "already belongs to account \"A1\""),
        BadFile(
            "a contract that ends before it starts", .contracts,
            "contract_id,account_id,arr,currency,starts_on,ends_on\nK1,A1,5,EUR,2026-01-02,2026-01-01\n", .badRow,
            line: 2, column: "ends_on", words: "before it starts"),
        BadFile(
            "a contract without an amount", .contracts,
            "contract_id,account_id,arr,currency,starts_on\nK1,A1,,EUR,2026-01-02\n", .badRow, line: 2, column: "arr",
            words: "neither arr nor mrr"),
        BadFile(
            "a ticket closed before it was opened", .tickets,
            "ticket_id,account_id,opened_at,closed_at\nT1,A1,2026-01-05,2026-01-04\n", .badRow, line: 2,
            column: "closed_at", words: "before it was opened"),
        BadFile(
            "a rate of nothing", .fxRates, "day,currency,rate\n2026-01-01,USD,0\n", .badRow, line: 2, column: "rate",
            words: "greater than 0"),
        BadFile(
            "two rates for a day", .fxRates, "day,currency,rate\n2026-01-01,USD,0.9\n2026-01-01,USD,0.8\n", .badRow,
            line: 3, column: "rate", words: "another rate"),
        BadFile(
            "spend of a month and channel twice", .spend,
            "month,channel,amount,currency\n2026-01-01,ads,1,EUR\n2026-01-20,ads,2,EUR\n", .badRow, line: 3,
            column: "amount", words: "already on line 2"),
        BadFile(
            "a lead that was won before it came", .leads, "lead_id,created_on,won_on\nL1,2026-01-02,2026-01-01\n",
            .badRow,
            line: 2, column: "won_on", words: "before it came"),
        BadFile(
            "a lead named by an e-mail address", .leads, "lead_id,created_on\nzoe@mail.example,2026-01-02\n", .badRow,
            line: 2, column: "lead_id", words: "names nobody"),
        BadFile(
            "an event twice with different values", .usage,
            "account_id,occurred_at,event_id\nA1,2026-01-05,e1\nA1,2026-01-06,e1\n", .badRow, line: 3,
            column: "event_id", words: "already on line 2 with other values"),
    ]
}

/// A bad file is refused whole, with one line that says where and why, and nothing of it is kept.
@Suite(.database)
struct `Bad input` {
    /// A CSM, the accounts A1 and A2, and A1's contract C1.
    private func known() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.csms, "email\nann@example.com\n", into: database)
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\nA2,Bolt\n", into: database)
        try await ImportFixture.load(
            .contracts, "contract_id,account_id,arr,currency,starts_on\nC1,A1,1000,EUR,2026-01-01\n", into: database)
        return database
    }

    @Test(arguments: BadFile.files + BadFile.rows + BadFile.facts)
    func `is refused with its place, and nothing is written`(_ bad: BadFile) async throws {
        let database = try await known()
        let before = try await ImportFixture.rowCounts()
        let fixture = try ImportFixture(bytes: bad.bytes)
        let lines = try await fixture.refusal(bad.kind, into: database)
        let first = try #require(lines.first)
        #expect(first.hasPrefix(bad.place(fixture.path)))
        #expect(first.hasSuffix(" [\(bad.code.rawValue)]"))
        #expect(first.contains(bad.words))
        #expect(lines.allSatisfy { !$0.contains("\n") })
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test(arguments: BadFile.rows + BadFile.facts)
    func `that is bad in rows says how many they are and how to leave them out`(_ bad: BadFile) async throws {
        let lines = try await ImportFixture(bytes: bad.bytes).refusal(bad.kind, into: known())
        #expect(
            lines.last == "1 bad row, nothing imported: correct the file, or leave these rows out with --skip-bad 1")
    }

    @Test(arguments: BadFile.files)
    func `that is bad as a whole is not let in by skipping rows`(_ bad: BadFile) async throws {
        let database = try await known()
        let before = try await ImportFixture.rowCounts()
        let lines = try await ImportFixture(bytes: bad.bytes).refusal(bad.kind, into: database) {
            $0.allowedBadRows = 100
        }
        #expect(lines.count == 1)
        #expect(try await ImportFixture.rowCounts() == before)
    }

    @Test func `a directory, a pipe and a missing file are refused by their path`() async throws {
        let database = try TestDatabase.shared.database
        let fixture = try ImportFixture("account_id,name\nN1,North\n")
        let directory = URL(filePath: fixture.path).deletingLastPathComponent()
        let pipe = directory.appending(path: "pipe").path
        try #require(output(of: "mkfifo", [pipe]) != nil)
        for (path, code) in [
            (directory.path, ImportProblem.Code.directory), (pipe, .notARegularFile),
            (fixture.path + ".not", .missingFile),
        ] {
            let lines = try await ImportFixture.lines {
                _ = try await ImportStage(database).run(ImportStage.Request(kind: .accounts, path: path))
            }
            #expect(lines.count == 1)
            #expect(lines.first?.hasPrefix("\(path): ") == true)
            #expect(lines.first?.hasSuffix("[\(code.rawValue)]") == true)
        }
        #expect(try await ImportFixture.number("select count(*) from hale_data.import_receipt") == 0)
    }

    @Test func `problems of one cause are one, whose rows are counted`() async throws {
        let rows = (1...30).map { "T\($0),NOBODY,2026-01-05" }
        let fixture = try ImportFixture("ticket_id,account_id,opened_at\n" + rows.joined(separator: "\n") + "\n")
        let lines = try await fixture.refusal(.tickets, into: known())
        #expect(
            lines == [
                "\(fixture.path):2: account_id: account \"NOBODY\" is not known: import it first, or use "
                    + "--create-missing accounts (the same on 29 more rows) [HALE-IMPORT-024]",
                "30 bad rows, nothing imported: correct the file, or leave these rows out with --skip-bad 30",
            ])
    }

    @Test func `up to three values of a cause are told apart, more are one`() async throws {
        let three = try ImportFixture(
            "ticket_id,account_id,opened_at\nT1,X,2026-01-05\nT2,Y,2026-01-05\nT3,Z,2026-01-05\nT4,Y,2026-01-05\n")
        let database = try await known()
        let lines = try await three.refusal(.tickets, into: database)
        // The most rows first, then in the order of the file.
        #expect(
            lines.dropLast().map { String($0.dropFirst(three.path.count).prefix(24)) } == [
                ":3: account_id: account ", ":2: account_id: account ", ":4: account_id: account ",
            ])
        #expect(lines.first?.contains("\"Y\"") == true)
        #expect(lines.first?.contains("(the same on 1 more row)") == true)
        let four = try ImportFixture(
            "ticket_id,account_id,opened_at\nT1,X,2026-01-05\nT2,Y,2026-01-05\nT3,Z,2026-01-05\nT4,W 17,2026-01-05\n")
        let grouped = try await four.refusal(.tickets, into: database)
        #expect(grouped.count == 2)
        #expect(grouped.first?.contains("account \"X\" is not known") == true)
        #expect(grouped.first?.contains("(the like on 3 more rows)") == true)
    }

    @Test func `of many causes the first twenty are shown and the rest counted`() async throws {
        // Dates of 25 columns' worth: each row lacks something else, so every message is its own.
        let header = "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,seats,auto_renew,notice_days\n"
        let bad = [
            "K1,A1,x,EUR,2026-01-01,,,,,", "K2,A1,5,E,2026-01-01,,,,,", "K3,A1,5,EUR,x,,,,,",
            "K4,A1,5,EUR,2026-01-01,x,,,,", "K5,A1,5,EUR,2026-01-01,,x,,,", "K6,A1,5,EUR,2026-01-01,,,x,,",
            "K7,A1,5,EUR,2026-01-01,,,,x,", "K8,A1,5,EUR,2026-01-01,,,,,x", ",A1,5,EUR,2026-01-01,,,,,",
            "K10,,5,EUR,2026-01-01,,,,,", "K11,A1,5,EUR,,,,,,", "K12,A1,-5,EUR,2026-01-01,,,,,",
            "K13,A1,5,EUR,2026-01-01,,0,,,", "K14,A1,5,EUR,2026-01-01,,,-1,,", "K15,A1,5,EUR,2026-01-01,,,,,-1",
            "K16,A1,5,EUR,2026-02-30,,,,,", "K17,A1,5,EUR,2026-01-01,2026-02-30,,,,", "K18,A1",
            "K19,A1,5,EUR,2026-01-01,,1.5,,,", "K20,A1,5,EUR,2026-01-01,,,1.5,,", "K21,A1,5,EUR,2026-01-01,,,,,1.5",
            "K22,A1,5,EUR,2026-01-01,,9999,,,", "K23,A1,5,EUR,2026-01-01,,,,,99999",
        ]
        let lines = try await ImportFixture(header + bad.joined(separator: "\n") + "\n")
            .refusal(.contracts, into: known())
        #expect(lines.count == 21)
        let last = try #require(lines.last)
        #expect(last.contains(" more reason"))
        #expect(last.contains("23 bad rows, nothing imported"))
    }

    @Test func `ambiguous dates go in once the format is given`() async throws {
        let database = try await known()
        let text = "ticket_id,account_id,opened_at\nT1,A1,03/04/2026\nT2,A1,05/06/2026\n"
        let receipt = try await ImportFixture.load(.tickets, text, into: database) {
            $0.formats = GivenFormats(dateFormat: .dmy)
        }
        #expect(receipt.inserted == 2)
        let days = try await ImportFixture.texts(
            "select (opened_at at time zone 'UTC')::date::text as text from hale_data.ticket order by external_id")
        #expect(days == ["2026-04-03", "2026-06-05"])
    }
}
