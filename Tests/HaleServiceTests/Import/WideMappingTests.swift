import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// What a mapping's expressions ask of the database, and files that are wider or stranger than its tables.
@Suite(.database) struct `Mappings of wide files` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database)
        return database
    }

    private static let stem = "How likely is it that you would recommend our product to a friend or colleague"
    private static let asked = "how_likely_is_it_that_you_would_recommend_our_product_to_a_friend_or_colleague"

    private static func map(_ derive: String) -> String {
        """
        kind: nps
        columns: {account_id: Account, responded_at: Day, comment: "\(stem) (why)"}
        derive: {score: "\(derive)"}
        """
    }

    @Test func `two headers that are alike in 63 characters go in where an expression uses one of them`() async throws {
        let database = try await accounts()
        let text = "Account,Day,\(Self.stem),\(Self.stem) (why),\(Self.stem) (who)\nA-1,2026-01-05,9,good,x\n"
        let receipt = try await ImportFixture.load(
            .nps, text, map: Self.map("cast(\(Self.asked) as integer) + 1"), into: database)
        #expect(receipt.inserted == 1)
        #expect(
            try await ImportFixture.texts("select score || ' ' || comment as text from hale_data.nps_response")
                == ["10 good"])
    }

    @Test func `where it uses both, one line says so`() async throws {
        let fixture = try ImportFixture("Account,Day,\(Self.stem),\(Self.stem) (why)\nA-1,2026-01-05,9,good\n")
        let lines = try await fixture.refusal(.nps, into: accounts()) {
            $0.mapping = try Mapping(
                yaml: Self.map("case when \(Self.asked)__why_ = 'good' then \(Self.asked) end"), file: "m.yaml")
        }
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.contains("alike in the 63 characters that an expression can tell apart; rename one of them"))
        #expect(line.hasSuffix("[HALE-IMPORT-034]"))
    }

    @Test func `a file of 3,000 columns goes in, with or without expressions`() async throws {
        let database = try await accounts()
        let names = (0..<3_000).map { "question_\($0)" }.joined(separator: ",")
        let values = (0..<3_000).map { "\($0 % 7)" }.joined(separator: ",")
        let text = "account_id,responded_at,score,\(names)\nA-1,2026-01-05,9,\(values)\n"
        try await ImportFixture.load(.nps, text, into: database)
        let map = "kind: nps\nderive: {score: \"cast(question_2999 as integer) + cast(question_5 as integer)\"}\n"
        let receipt = try await ImportFixture.load(.nps, text + "\n", map: map, into: database)
        #expect(receipt.inserted == 1)
        // 2999 % 7 = 3, and 5.
        #expect(
            try await ImportFixture.texts("select score::text as text from hale_data.nps_response order by 1")
                == ["8", "9"])
    }

    @Test func `an expression over more columns than a table row can hold is refused in words`() async throws {
        let names = (0..<300).map { "c\($0)" }
        let sum = "length(coalesce(\(names.joined(separator: ","))))"
        let fixture = try ImportFixture("account_id,responded_at," + names.joined(separator: ",") + "\n")
        let lines = try await fixture.refusal(.nps, into: accounts()) {
            $0.mapping = try Mapping(yaml: "kind: nps\nderive: {score: \"\(sum)\"}\n", file: "m.yaml")
        }
        let line = try #require(lines.first)
        #expect(lines.count == 1)
        #expect(line.contains("uses 302 columns of the file, and its expressions can use 250 at most"))
        #expect(line.hasSuffix("[HALE-IMPORT-017]"))
    }

    @Test func `the widest row that is let in goes in`() async throws {
        let database = try await accounts()
        let names = (0..<248).map { "c\($0)" }
        let sum = "length(coalesce(" + names.joined(separator: ",") + "))-31"
        let value = String(repeating: "x", count: 40)
        let row = names.map { _ in value }.joined(separator: ",")
        let receipt = try await ImportFixture.load(
            .nps, "account_id,responded_at,\(names.joined(separator: ","))\nA-1,2026-01-05,\(row)\n",
            map: "kind: nps\nderive: {score: \"\(sum)\"}\n", into: database)
        #expect(receipt.inserted == 1)
    }

    @Test(arguments: ["ctid", "xmin", "tableoid", "hale_line", "Hale Raw", "order", "select"])
    func `a header named as something of the database's own is no trouble`(name: String) async throws {
        let database = try await accounts()
        let receipt = try await ImportFixture.load(
            .nps, "Account,Day,\(name),Rating\nA-1,2026-01-05,x,9\n",
            map: "kind: nps\ncolumns: {account_id: Account, responded_at: Day, comment: \"\(name)\"}\n"
                + "derive: {score: \"cast(rating as integer)\"}\n", into: database)
        #expect(receipt.inserted == 1)
        #expect(try await ImportFixture.texts("select comment as text from hale_data.nps_response") == ["x"])
    }

    /// Expressions that are deeper than PostgreSQL can go, or than Hale lets them be.
    static let deep: [String] = [
        String(repeating: "(", count: 500) + "rating" + String(repeating: ")", count: 500),
        String(repeating: "not ", count: 2_400) + "true", String(repeating: "- ", count: 4_900) + "1",
        "1" + String(repeating: "+1", count: 4_900),
        String(repeating: "case when true then ", count: 400) + "1" + String(repeating: " end", count: 400),
        String(repeating: "x", count: 10_001),
    ]

    @Test(arguments: deep.indices) func `a deep expression is evaluated or refused in words`(index: Int) async throws {
        let fixture = try ImportFixture("Account,Day,Rating\nA-1,2026-01-05,9\n")
        let lines = try await fixture.refusal(.nps, into: accounts()) {
            $0.mapping = try Mapping(
                yaml: "kind: nps\ncolumns: {account_id: Account, responded_at: Day}\n"
                    + "derive: {score: \"\(Self.deep[index])\"}\n", file: "m.yaml")
        }
        #expect(lines.allSatisfy { $0.contains("HALE-IMPORT-0") || $0.contains("bad row") }, "\(lines)")
        #expect(lines.allSatisfy { $0.count < 400 })
    }

    @Test func `a NUL in a constant, a word or a name is refused where it stands`() {
        for yaml in [
            "kind: nps\nconstants: {comment: \"a\\0b\"}\n", "kind: nps\nwords: {comment: {\"a\\0\": b}}\n",
            "kind: nps\ncolumns: {comment: \"\\0\"}\n", "kind: nps\nskip_when: \"a = '\\0'\"\n",
        ] {
            let problem = #expect(throws: ImportProblem.self) { try Mapping(yaml: yaml, file: "m.yaml") }
            #expect(problem?.code == .mappingContent)
            #expect(problem?.line == 2)
            #expect(problem?.message.contains("has a NUL character, which no value can have; remove it") == true)
        }
    }
}
