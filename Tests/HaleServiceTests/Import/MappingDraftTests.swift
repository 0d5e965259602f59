import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The mapping that is written to be edited.
@Suite struct `The draft of a mapping` {
    private func draft(_ kind: ImportKind, _ text: String, headerLine: Int? = nil) throws -> String {
        let fixture = try ImportFixture(text)
        return try MappingDraft(kind: kind, path: fixture.path, headerLine: headerLine).text
    }

    /// The lines behind the comments at the top.
    private func lines(_ text: String) -> [String] {
        Array(text.split(separator: "\n").map(String.init).drop { $0.hasPrefix("#") })
    }

    @Test func `every column of the kind has a line, with its header, or with those that come near`() throws {
        let text = try draft(
            .accounts, "Account ID;Account Name;Segmnt;Created on;Fax\nA-1;Acme;smb;31.01.2026;1\n")
        #expect(
            lines(text) == [
                "kind: accounts",
                "columns:",
                "  account_id: Account ID",
                "  # name: Account Name  # needed; nearest: Account Name",
                "  # segment: Segmnt  # optional; nearest: Segmnt",
                "  # lifecycle_stage:   # optional",
                "  # country:   # optional",
                "  # industry:   # optional",
                "  # csm_email:   # optional",
                "  # parent_account_id:   # optional",
                "  created_on: Created on",
                "  # recorded_at:   # optional",
                "# Headers that nothing uses:",
                "#   Account Name",
                "#   Segmnt",
                "#   Fax",
                "date_format: dmy  # found in created_on",
            ])
    }

    @Test func `a format that does not tell is asked, one that differs is left to each column`() throws {
        let open = try draft(
            .contracts, "contract_id,account_id,arr,starts_on\nK1,A1,149.000,01/02/2026\nK2,A1,12.000,03/04/2026\n")
        #expect(open.contains("# date_format: dmy or mdy  # needed: starts_on can be read both ways\n"))
        #expect(open.contains("# decimal: comma or point  # needed: arr can be read both ways\n"))
        let mixed = try draft(
            .contracts, "contract_id,account_id,arr,starts_on,ends_on\nK1,A1,\"1.200,50\",31/01/2026,12/31/2026\n")
        #expect(
            mixed.contains(
                "# date_format:  # left out, so that it is found column by column: starts_on is dmy, ends_on is mdy\n"))
        #expect(mixed.contains("decimal: comma  # found in arr\n"))
        #expect(mixed.contains("# constants: {currency: EUR}"))
        #expect(mixed.contains("# ends_on: last-day  # or day-after"))
    }

    @Test func `words that the kind does not know are listed`() throws {
        let text = try draft(
            .contracts,
            "contract_id,account_id,arr,starts_on,auto_renew\nK1,A1,5,2026-01-01,perhaps\nK2,A1,5,2026-01-01,yes\n"
                + "K3,A1,5,2026-01-01,perhaps\nK4,A1,5,2026-01-01,later: on\n")
        #expect(text.contains("#   auto_renew: {perhaps: , \"later: on\": }\n"))
    }

    @Test func `what one of two columns can say is needed unless the other is there`() throws {
        let text = try draft(.contracts, "contract_id,account_id,Amount,starts_on\nK1,A1,5,2026-01-01\n")
        #expect(text.contains("  # arr:   # needed, unless mrr is there\n"))
    }

    /// Headers that YAML would read as something else, or that end a line.
    private static let hostile = [
        "yes", "null", "a: b", "# not a comment", "- x", "{y}", "\"quoted\"", "it's", "Umsatz (€)", "back\\slash",
        "*star", "&and", "%per cent", "@at", "1e3", "2026-01-01", "~", "two\nlines", "E-Mail", "x #y",
    ]

    @Test(arguments: hostile)
    func `a header is read from the draft as it stands in the file`(header: String) throws {
        let quoted = "\"" + header.replacing("\"", with: "\"\"") + "\""
        let text = try draft(.accounts, "account_id,name,\(quoted)\nA-1,Acme,x\n")
        // As the source of a column.
        let line = try #require(text.split(separator: "\n").drop { !$0.hasPrefix("# Headers") }.dropFirst().first)
        let mapping = try Mapping(
            yaml: "kind: accounts\ncolumns: {segment: \(line.dropFirst(4))}\n", file: "draft.yaml")
        #expect(mapping.columns.map(\.text) == [header])
        // The draft itself is a mapping, whatever the comments hold.
        #expect(try Mapping(yaml: text, file: "draft.yaml").columns.map(\.target) == ["account_id", "name"])
    }

    @Test(.database) func `a draft of a file with the kind's columns imports it`() async throws {
        let database = try TestDatabase.shared.database
        let file = "ACCOUNT ID;Name;created on\nA-1;Acme;31.01.2026\n"
        let receipt = try await ImportFixture.load(
            .accounts, file, map: try draft(.accounts, file), into: database)
        #expect(receipt.inserted == 1)
        #expect(
            try await ImportFixture.texts("select created_on::text as text from hale_data.account") == ["2026-01-31"])
    }

    @Test func `the header is looked for below titles, and taken from the line that is given`() throws {
        let found = try draft(.accounts, "Customers,,\naccount_id,name,Fax\nA-1,Acme,1\n")
        #expect(found.contains("# The file: UTF-8, separator comma, header on line 2, 1 record\n"))
        #expect(found.contains("  account_id: account_id\n"))
        #expect(found.contains("# header_line: 2  # found\n"))
        let given = try draft(
            .contracts, ",Trial,,Contract,\nDeal,Starts on,Ends on,Starts on,Ends on\nK-1,,,2026-01-01,\n",
            headerLine: 2)
        #expect(given.contains("\nheader_line: 2\n"))
        #expect(
            given.contains(
                "  # starts_on: Trial Starts on  # needed; nearest: Trial Starts on, Contract Starts on\n"))
        #expect(given.contains("#   Contract Ends on\n"))
    }

    @Test func `a draft of a JSON file says so`() throws {
        let text = try draft(.accounts, "{\"account_id\":\"A-1\",\"name\":\"Acme\"}\n")
        #expect(text.contains("  account_id: account_id\n"))
        #expect(!text.contains("separator"))
    }

    @Test func `a draft of a file without any of the columns is a mapping without columns`() throws {
        let text = try draft(.accounts, "x,y\n1,2\n")
        #expect(try Mapping(yaml: text, file: "draft.yaml").columns.isEmpty)
    }
}
