import Foundation
import HaleSQL
import HaleStore
import HaleTestSupport
import Postgres
import Testing

@Suite struct `The statements of sql` {
    @Test(.database) func `each is prepared on a migrated database and says what its head promises`() async throws {
        for session in StatementSession.all {
            try await session.open { connection in
                for sql in session.statements {
                    do {
                        let description = try await connection.savepoint { try await $0.describe(Statement(sql)) }
                        let columns = Set(description.columns.map(\.name))
                        #expect(columns.count == description.columns.count, "\(sql.name): two columns of one name")
                        let missing = sql.neverNull.subtracting(columns)
                        #expect(missing.isEmpty, "\(sql.name): the head promises \(missing.sorted())")
                        #expect(!description.parameterTypes.contains(.unknown), "\(sql.name): a parameter has no type")
                        #expect(sql.parameters == Set(1..<(description.parameterTypes.count + 1)), "\(sql.name)")
                    } catch {
                        Issue.record("\(sql.name), after \(session.name): \(error)")
                    }
                }
            }
        }
    }

    @Test(.database) func `a COPY finds its table and takes a file without rows`() async throws {
        for session in StatementSession.all {
            try await session.open { connection in
                for sql in session.copies {
                    var buffer = BinaryCopyBuffer()
                    buffer.finish()
                    let bytes = buffer.take()
                    let stored = try await connection.copyIn(Statement(sql)) { try await $0.write(bytes) }
                    #expect(stored == 0, "\(sql.name), after \(session.name)")
                }
            }
        }
    }

    @Test(.database) func `a statement that names a table nobody has is found`() async throws {
        let wrong = Statement(name: "wrong", text: "select nothing from hale_data.nowhere")
        let error = try await TestDatabase.shared.session(as: "hale_app") { connection in
            try await refusal { try await connection.describe(wrong) }
        }
        // undefined_table
        #expect(error.sqlState == "42P01")
        #expect(error.statementName == "wrong")
    }

    @Test func `whoever is responsible on a day is asked for, and not an account's own CSM`() throws {
        // What is about the account's own CSM: who is covered, what imports set, what an account is scored by.
        let own: Set<String> = [
            "csms/absences", "hand_over/accounts_of", "hand_over/change_csm", "hand_over/cover",
            "import/csms/obstacles", "import/undo/remove_unused_csms", "news/home_country",
            "views/00_responsible_csm",
            "views/0_account_traits",
        ]
        let files = try SQLFile.all().filter { !$0.name.hasPrefix("schema/") && $0.text.contains("account.csm_id") }
        #expect(Set(files.map(\.name)) == own)
    }

    @Test func `every file is prepared by a session or stands in the list of those that are not`() throws {
        let prepared = Set(StatementSession.all.flatMap(\.statements).map(\.name))
        let others = Set(StatementSession.notPrepared.map(\.name))
        #expect(prepared.isDisjoint(with: others))
        let files = try SQLFile.all().map(\.name).filter { !$0.hasPrefix("schema/") && !$0.hasPrefix("views/") }
        #expect(files.count > 80)
        #expect(Set(files) == prepared.union(others))
    }

    @Test func `every schema and view file has a constant`() throws {
        let files = try SQLFile.all().map(\.name).filter { $0.hasPrefix("schema/") || $0.hasPrefix("views/") }
        #expect(files == (SQL.Schema.all + SQL.Views.all).map(\.name).sorted())
    }

    @Test func `every parameter is cast to its type`() throws {
        for file in try SQLFile.all() {
            for (number, line) in file.code {
                let uncast = line.matches(of: #/\$[0-9]+/#).contains { !line[$0.range.upperBound...].hasPrefix("::") }
                #expect(!uncast, "sql/\(file.name).sql:\(number): a parameter without a cast: \(line)")
            }
        }
    }

    /// Migrations before this one may have 122 columns: an applied one is never edited.
    private static let firstMigrationOf120Columns = "schema/0037"

    @Test func `every file begins with a comment and keeps the style`() throws {
        for file in try SQLFile.all() {
            #expect(file.text.hasPrefix("-- "), "sql/\(file.name).sql has no head")
            let isOldMigration = file.name.hasPrefix("schema/") && file.name < Self.firstMigrationOf120Columns
            let width = isOldMigration ? 122 : 120
            for (number, line) in file.lines {
                #expect(line.count <= width, "sql/\(file.name).sql:\(number) has \(line.count) columns")
                #expect(!line.contains("\t"), "sql/\(file.name).sql:\(number) has a tab")
            }
            for (number, line) in file.code {
                // `contract.*` names where the columns come from; a bare star does not.
                let hasBareStar = line.contains(#/(?i)\bselect\s+(distinct\s+)?(on\s*\([^)]*\)\s*)?\*/#)
                #expect(!hasBareStar, "sql/\(file.name).sql:\(number) selects *")
            }
        }
    }
}

/// What stands in a session when its statements are prepared.
private struct StatementSession: Sendable {
    let name: String
    /// Scripts that make the temporary tables.
    var scripts: [SQL] = []
    var statements: [SQL]
    var copies: [SQL] = []

    /// Scripts and COPYs: they run as they are, and never as prepared statements.
    static let notPrepared: [SQL] =
        kinds.map { $0.statements.staging } + [
            SQL.Import.problems, SQL.Import.touchedAccounts, SQL.Usage.touched,
            SQL.Score.staging, SQL.Score.smoothedStaging, SQL.Score.copySmoothed, SQL.Score.copyDay,
            SQL.Score.analyzeStaged, SQL.Models.dropStaged,
            SQL.Alerts.staging, SQL.Alerts.copyStaged, SQL.Alerts.tryConditions, SQL.Forecast.evidenceStaging,
            SQL.Forecast.copyEvidence,
            SQL.Tasks.staging, SQL.ImportUsage.tables, SQL.ImportUsage.touched, SQL.ImportUsage.twiceCreated,
            SQL.ImportUsage.copyEvents, SQL.ImportUsage.copyIdentified, SQL.ImportUsage.copyAccountMonths,
            SQL.ImportUsage.copyPersonMasks, SQL.ImportUsage.copyFeatureCounts,
            SQL.Import.copySource, SQL.Import.copyStaged, SQL.Import.copyRejects, SQL.Score.copyStaged,
            SQL.Tasks.copyStaged, SQL.Server.roles, SQL.Server.createDatabase, SQL.Server.migrationTable,
            SQL.Server.grants, SQL.Server.forgetEverything, SQL.Server.closeGates,
            // Its table comes with the extension citus; DistributionTests runs it.
            SQL.Server.distributedTables,
        ]

    private static let kinds: [(name: String, statements: ImportStatements)] = [
        ("csms", .csms), ("features", .features), ("holidays", .holidays), ("fx_rates", .fxRates),
        ("accounts", .accounts), ("people", .people), ("contracts", .contracts), ("nps", .nps),
        ("tickets", .tickets), ("invoices", .invoices), ("touchpoints", .touchpoints), ("spend", .spend),
        ("leads", .leads),
    ]

    static let all: [StatementSession] =
        [withoutTemporaryTables, scores, tasks, alerts, evidence, usage, derivation, undo]
        + kinds.map { importing($0.name, $0.statements) }

    private static let packing = [
        SQL.Usage.packPeople, SQL.Usage.packFeatures, SQL.Usage.packAccounts, SQL.Usage.lockTouched,
        SQL.Usage.touchMonth, SQL.Usage.untouch,
    ]

    private static var withoutTemporaryTables: StatementSession {
        let files =
            SQL.Accounts.all + SQL.Alerts.all + SQL.Calendar.all + SQL.Csms.all + SQL.Delivery.all + SQL.Economics.all
            + SQL.Expressions.all + SQL.Features.all + SQL.Forecast.all + SQL.HandOver.all + SQL.Models.all
            + SQL.News.all + SQL.People.all + SQL.Postmortem.all + SQL.Retention.all + SQL.Score.all + SQL.Server.all
            + SQL.Tasks.all + SQL.Usage.all
        let others = Set(
            notPrepared + packing + [
                SQL.Score.storeDay, SQL.Score.storeSmoothed, SQL.Score.emptySmoothed, SQL.Tasks.storeDay,
                SQL.Alerts.storeDay, SQL.Forecast.storeEvidence,
            ])
        return StatementSession(name: "nothing", statements: files.filter { !others.contains($0) })
    }

    /// The table's other columns are those of the file.
    private static let source = SQL(
        name: "test/source", text: "create temp table import_source (hale_line bigint, hale_raw text) on commit drop")

    private static var derivation: StatementSession {
        StatementSession(name: "the rows of a file", scripts: [source], statements: [SQL.Import.sourceRow])
    }

    private static var undo: StatementSession {
        StatementSession(
            name: "the tables of an undo", scripts: [SQL.Import.touchedAccounts, SQL.Usage.touched],
            statements: SQL.ImportUndo.all + SQL.Knowledge.all + [
                SQL.ImportAccounts.obstacles, SQL.ImportAccounts.remove, SQL.ImportAccounts.restore,
                SQL.ImportContracts.remove, SQL.ImportCsms.obstacles, SQL.ImportCsms.remove, SQL.ImportCsms.restore,
                SQL.ImportFeatures.obstacles, SQL.ImportFeatures.remove, SQL.ImportFeatures.restore,
                SQL.ImportFxRates.remove, SQL.ImportFxRates.restore, SQL.ImportHolidays.remove,
                SQL.ImportInvoices.remove, SQL.ImportInvoices.restore, SQL.ImportLeads.remove,
                SQL.ImportLeads.restore, SQL.ImportNps.remove, SQL.ImportNps.restore, SQL.ImportPeople.obstacles,
                SQL.ImportPeople.remove, SQL.ImportPeople.restore, SQL.ImportSpend.remove, SQL.ImportSpend.restore,
                SQL.ImportTickets.remove, SQL.ImportTickets.restore, SQL.ImportTouchpoints.remove,
                SQL.ImportUsage.remove,
            ])
    }

    private static var scores: StatementSession {
        StatementSession(
            name: "the staging of scores", scripts: [SQL.Score.staging, SQL.Score.smoothedStaging],
            statements: [SQL.Score.storeDay, SQL.Score.storeSmoothed, SQL.Score.emptySmoothed],
            copies: [SQL.Score.copyStaged, SQL.Score.copySmoothed, SQL.Score.copyDay])
    }

    private static var usage: StatementSession {
        let scripts = [
            SQL.Import.problems, SQL.Import.touchedAccounts, SQL.ImportUsage.tables, SQL.ImportUsage.touched,
            SQL.ImportUsage.twiceCreated,
        ]
        let copies = [
            SQL.ImportUsage.copyEvents, SQL.ImportUsage.copyIdentified, SQL.ImportUsage.copyAccountMonths,
            SQL.ImportUsage.copyPersonMasks, SQL.ImportUsage.copyFeatureCounts,
        ]
        let others = Set(scripts + copies + [SQL.ImportUsage.remove])
        return StatementSession(
            name: "the tables of a usage import", scripts: scripts,
            statements: packing + SQL.ImportUsage.all.filter { !others.contains($0) }, copies: copies)
    }

    private static var alerts: StatementSession {
        StatementSession(
            name: "the staging of alerts", scripts: [SQL.Alerts.staging], statements: [SQL.Alerts.storeDay],
            copies: [SQL.Alerts.copyStaged])
    }

    private static var evidence: StatementSession {
        StatementSession(
            name: "the staging of evidence", scripts: [SQL.Forecast.evidenceStaging],
            statements: [SQL.Forecast.storeEvidence], copies: [SQL.Forecast.copyEvidence])
    }

    private static var tasks: StatementSession {
        StatementSession(
            name: "the staging of tasks", scripts: [SQL.Tasks.staging], statements: [SQL.Tasks.storeDay],
            copies: [SQL.Tasks.copyStaged])
    }

    /// The statements of one import; the common ones need columns that not every kind has.
    private static func importing(_ name: String, _ kind: ImportStatements) -> StatementSession {
        let naming = [
            SQL.Import.unknownAccounts, SQL.Import.createMissingAccountKeys, SQL.Import.createMissingAccounts,
        ]
        let others = Set(
            notPrepared + naming + [
                SQL.Import.newPeople, SQL.Import.settlePeople, SQL.Import.sourceRow, SQL.Import.createMissingCsms,
            ])
        var session = StatementSession(
            name: "the staging of \(name)", scripts: [SQL.Import.problems, SQL.Import.touchedAccounts, kind.staging],
            statements: SQL.Import.all.filter { !others.contains($0) },
            copies: [SQL.Import.copyStaged, SQL.Import.copyRejects])
        session.statements += [kind.check, kind.moneyCheck, kind.doubts, kind.keys, kind.apply].compactMap { $0 }
        if name == "contracts" {
            session.statements += [
                SQL.ImportContracts.termEnds, SQL.ImportContracts.moveEnds, SQL.ImportContracts.restated,
            ]
        }
        if kind.namesCSMs { session.statements.append(SQL.Import.createMissingCsms) }
        if kind.namesAccounts { session.statements += naming }
        if kind.createsPeople { session.statements.append(SQL.Import.newPeople) }
        if kind.namesPeople { session.statements.append(SQL.Import.settlePeople) }
        return session
    }

    /// Runs the scripts and `body` in one transaction of the service, on a new connection to the test's database.
    func open(_ body: (Connection) async throws -> Void) async throws {
        try await TestDatabase.shared.session(as: "hale_app") { connection in
            try await connection.transaction { transaction in
                for script in scripts { try await transaction.script(Statement(script)) }
                try await body(transaction)
            }
        }
    }
}

extension SQL {
    /// The columns that the head's `not null` lines name.
    fileprivate var neverNull: Set<String> {
        let head = "-- not null: "
        let names = text.split(separator: "\n").filter { $0.hasPrefix(head) }
            .flatMap { $0.dropFirst(head.count).split(whereSeparator: { ", ".contains($0) }) }
        return Set(names.map(String.init))
    }

    /// The numbers of the parameters that the text uses, comments left out.
    fileprivate var parameters: Set<Int> {
        let file = SQLFile(name: name, text: text)
        let numbers = file.code.flatMap { _, line in line.matches(of: #/\$([0-9]+)/#).compactMap { Int($0.output.1) } }
        return Set(numbers)
    }
}

/// A file below `sql/`.
struct SQLFile {
    /// The path below `sql/` without the ending.
    let name: String
    let text: String

    /// The lines with their numbers, from 1.
    var lines: [(number: Int, text: Substring)] {
        text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
            (number: $0.offset + 1, text: $0.element)
        }
    }

    /// The lines that are not comments.
    var code: [(number: Int, text: Substring)] {
        lines.filter { !$0.text.drop(while: \.isWhitespace).hasPrefix("--") }
    }

    /// Every file, in order of name.
    static func all() throws -> [SQLFile] {
        let root = ProjectFolder.root.appending(path: "sql")
        return try FileManager.default.subpathsOfDirectory(atPath: root.path)
            .filter { $0.hasSuffix(".sql") }.sorted()
            .map { path in
                SQLFile(
                    name: String(path.dropLast(".sql".count)),
                    text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
            }
    }
}
