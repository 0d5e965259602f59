import Delimited
import Foundation
import HaleFiles
import HaleTestSupport
import Testing

@Suite struct MappingTests {
    static let yaml = """
        kind: contracts
        columns: {contract_id: subscription_id, account_id: account_id, auto_renew: auto_renew_flag}
        constants: {currency: USD, notice_days: 30, product: ~}
        words: {auto_renew: {"TRUE": true, FALSE: false, "n/a": ~}}
        derive:
          term_months: "case billing_frequency when 'annual' then 12 else 1 end"
        date_format: dmy
        skip_when: "status = 'test'"
        """

    private func problem(_ yaml: String) -> ImportProblem? {
        do throws(ImportProblem) {
            _ = try Mapping(yaml: yaml, file: "m.yaml")
            return nil
        } catch {
            return error
        }
    }

    @Test func `a mapping with every key is read`() throws {
        let mapping = try Mapping(yaml: Self.yaml, file: "m.yaml")
        #expect(mapping.kind == "contracts")
        #expect(mapping.columns.map(\.target) == ["contract_id", "account_id", "auto_renew"])
        #expect(mapping.columns.map(\.text) == ["subscription_id", "account_id", "auto_renew_flag"])
        #expect(mapping.constants.map(\.text) == ["USD", "30", nil])
        #expect(mapping.words.first?.words == ["TRUE": "true", "FALSE": "false", "n/a": nil])
        #expect(mapping.derive.first?.target == "term_months")
        #expect(mapping.derive.first?.text == "case billing_frequency when 'annual' then 12 else 1 end")
        #expect(mapping.derive.first?.position == Mapping.Position(line: 6, column: 3))
        #expect(mapping.dateFormat == .dmy)
        #expect(mapping.skipWhen == "status = 'test'")
        #expect(mapping.needsDatabase)
    }

    @Test func `a mapping of columns alone needs no database`() throws {
        let mapping = try Mapping(yaml: "kind: nps\ncolumns: {score: rating}\n", file: "m.yaml")
        #expect(!mapping.needsDatabase)
        #expect(mapping.dateFormat == nil)
        #expect(mapping.constants.isEmpty)
    }

    @Test func `words may be given for a column that the file has under its own name`() throws {
        // The example of the import's documentation does.
        let mapping = try Mapping(
            yaml: "kind: contracts\ncolumns: {arr: arr_amount}\nwords: {auto_renew: {\"TRUE\": true}}\n", file: "m.yaml"
        )
        #expect(mapping.words.map(\.target) == ["auto_renew"])
    }

    static let broken: [(yaml: String, problem: String)] = [
        ("kind: nps\ncolumn: {a: b}\n", "m.yaml:2:1: unknown key column; did you mean columns?"),
        (
            "kind: nps\nxyzzy: 1\n",
            "m.yaml:2:1: unknown key xyzzy; known are kind, columns, constants, words, "
                + "derive, optional, has_footer, header_line, date_format, decimal, ends_on, skip_when"
        ),
        ("columns: {a: b}\n", "m.yaml: the key kind is missing; name the import kind, such as kind: contracts"),
        ("kind: [nps]\n", "m.yaml:1:7: kind needs a single text here"),
        ("kind:\ncolumns: {a: b}\n", "m.yaml:1:6: kind needs a text here"),
        ("kind: nps\ncolumns: [a, b]\n", "m.yaml:2:10: keys and values are needed here, as in {a: b}"),
        ("kind: nps\ncolumns: {score: {a: b}}\n", "m.yaml:2:18: score needs a single text here"),
        ("kind: nps\ncolumns: {score: ~}\n", "m.yaml:2:18: score needs a text here"),
        ("kind: nps\nwords: {score: high}\n", "m.yaml:2:16: keys and values are needed here, as in {a: b}"),
        ("kind: nps\ndate_format: ymd\n", "m.yaml:2:14: date_format is iso, dmy or mdy, not ymd"),
        ("kind: nps\ndecimal: dot\n", "m.yaml:2:10: decimal is point or comma, not dot"),
        ("kind: nps\noptional: score\n", "m.yaml:2:11: optional needs a list of names here, as in [a, b]"),
        ("kind: nps\ncolumns: {score: []}\n", "m.yaml:2:18: score needs a list of names here, as in [a, b]"),
        ("kind: nps\nhas_footer: perhaps\n", "m.yaml:2:13: has_footer is true or false, not perhaps"),
        ("kind: nps\nskip_when: [a]\n", "m.yaml:2:12: skip_when needs a single text here"),
        (
            "kind: nps\ncolumns: {score: s}\nconstants: {score: 1}\n",
            "m.yaml:3:13: score stands in more than one of columns, constants and derive; keep one"
        ),
        ("- kind\n", "m.yaml:1:1: a mapping file is a list of keys and values, such as kind: contracts"),
        ("", "m.yaml:1:1: a mapping file is a list of keys and values, such as kind: contracts"),
    ]

    @Test(arguments: broken) func `a broken mapping is refused with its place`(yaml: String, problem expected: String) {
        #expect(problem(yaml)?.description == expected)
        #expect(problem(yaml)?.code == .mappingContent)
    }

    @Test(arguments: [
        "kind: nps\nkind: usage\n", "kind: nps\ncolumns: {a: b, a: c}\n", "kind: nps\ncolumns: {a: b\n",
        "kind: \"nps\n",
        "kind: nps\n---\nkind: usage\n",
    ])
    func `repeated keys and broken YAML are refused with their line`(yaml: String) throws {
        let found = try #require(problem(yaml))
        #expect(found.code == .mappingSyntax)
        #expect(found.line != nil)
        #expect(!found.description.contains("\n"))
    }

    @Test func `a repeated key is named`() {
        #expect(problem("kind: nps\ncolumns: {a: b, a: c}\n")?.message == "the key a stands twice; keep one")
    }

    @Test func `a mapping is read from a file, and a missing one is refused`() throws {
        let fixture = try ReadingFixture(Self.yaml, name: "m.yaml")
        let mapping = try Mapping(path: fixture.path)
        #expect(mapping.kind == "contracts")
        #expect(mapping.file == fixture.path)
        let problem = #expect(throws: ImportProblem.self) { try Mapping(path: fixture.path + ".not") }
        #expect(problem?.code == .missingFile)
        let directory = #expect(throws: ImportProblem.self) { try Mapping(path: fixture.directory.path) }
        #expect(directory?.code == .directory)
        let binary = try ReadingFixture([0xFF, 0xFE, 0x00], name: "m.yaml")
        let encoding = #expect(throws: ImportProblem.self) { try Mapping(path: binary.path) }
        #expect(encoding?.code == .mappingSyntax)
    }
}
