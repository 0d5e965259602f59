import Delimited
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Files of which two columns have the same name, below the groups that tell them apart.
@Suite(.database) struct `Importing below the names of groups` {
    private static let header = ";;;Trial;;Contract;\nContract ID;Account ID;ARR;Start;End;Start;End\n"
    private static let rows =
        "K-1;A-1;1200 EUR;2025-01-01;2025-01-31;2025-02-01;2026-02-01\n"
        + "K-2;A-2;600 EUR;2025-03-01;2025-03-31;2025-04-01;2026-04-01\n"

    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database)
        return database
    }

    /// Id, start and end of the contracts.
    private func terms() async throws -> [String] {
        try await StoredFacts.contracts().map { line in
            let fields = line.split(separator: "|")
            return "\(fields[0]) \(fields[6]) \(fields[7])"
        }
    }

    private static func choices() throws -> Mapping {
        let choices = try ["starts_on=Contract Start", "ends_on=contract_end"].map { try #require(ColumnChoice($0)) }
        return try Mapping.of(choices, kind: .contracts)
    }

    private static func derivation() throws -> Mapping {
        let yaml = """
            kind: contracts
            columns: {ends_on: Contract End}
            derive: {starts_on: "case when trial_start < contract_start then contract_start end"}
            """
        return try Mapping(yaml: yaml, file: "m.yaml")
    }

    @Test(arguments: [false, true], [nil, 2])
    func `goes by the joined names in choices and expressions, also when rejected rows go in again`(
        isDerived: Bool, line: Int?
    ) async throws {
        let database = try await accounts()
        let receipt = try await ImportFixture.load(.contracts, Self.header + Self.rows, into: database) {
            $0.mapping = try isDerived ? Self.derivation() : Self.choices()
            $0.headerLine = line
            $0.allowedBadRows = 1
        }
        #expect([receipt.read, receipt.inserted, receipt.rejected] == [2, 1, 1])
        #expect(try await terms() == ["K-1 2025-02-01 2026-02-01"])
        #expect(
            receipt.notes.contains(
                "columns that stand twice, named with their group: Trial Start, Trial End, Contract Start, Contract End"
            ))
        #expect(receipt.notes.contains("columns not used: \(isDerived ? "Trial End" : "Trial Start, Trial End")"))
        try await ImportFixture.load(.accounts, "account_id,name\nA-2,Bolt\n", into: database)
        let replay = try await ReplayStage(database).run(receipt: receipt.number, today: ImportFixture.today)
        #expect([replay.receipt.inserted, replay.receipt.rejected] == [1, 0])
        #expect(try await terms() == ["K-1 2025-02-01 2026-02-01", "K-2 2025-04-01 2026-04-01"])
    }

    @Test func `goes by the joined names of a preset`() async throws {
        let database = try await accounts()
        _ = try await TestDatabase.shared.query(
            "insert into hale_data.setting (name, value) values ('reporting_currency', 'USD')")
        let text = """
            Client,Product,,Term,,,
            Name,Name,Quantity,Start Date,End Date,Amount,Contract ID
            A-1,Boards,5,2025-02-01,2026-01-31,1200,K-1

            """
        let receipt = try await ImportFixture.load(.contracts, text, into: database) {
            $0.mapping = try Preset.named("clientsuccess-subscriptions").mapping
        }
        #expect(receipt.inserted == 1)
        let stored = try await StoredFacts.contracts()
        #expect(
            stored
                == ["K-1|A-1|Boards|120000|USD|5|2025-02-01|2026-01-31|-|false|-|-"])
    }

    @Test func `asks which one is meant, and imports nothing`() async throws {
        let fixture = try ImportFixture(Self.header + Self.rows)
        let lines = try await fixture.refusal(.contracts, into: accounts()) {
            $0.mapping = try Mapping(yaml: "kind: contracts\ncolumns: {starts_on: Start}\n", file: "m.yaml")
        }
        #expect(
            lines == [
                "\(fixture.path): Start: the header has this column twice, as \"Trial Start\" and \"Contract Start\"; "
                    + "say which, such as with --column starts_on=\"Trial Start\" [HALE-IMPORT-034]"
            ])
        #expect(try await terms() == [])
    }
}
