import Delimited
import Foundation
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// A file in a directory of its own that is removed with the last reference to it, and its way into the database.
final class ImportFixture: Sendable {
    let path: String
    private let directory: URL

    init(bytes: [UInt8], name: String = "data.csv") throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "hale-import-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = directory.appending(path: name)
        try Data(bytes).write(to: file)
        path = file.path
    }

    /// The day of an import where a test says no other, 2201-01-01: far enough ahead that no fact of a test lies behind it, whenever the
    /// test runs.
    static let today = Day(daysSince2000: 73_414)

    convenience init(_ text: String, name: String = "data.csv") throws {
        try self.init(bytes: Array(text.utf8), name: name)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Imports the file and says what came of it.
    func run(
        _ kind: ImportKind, into database: Database,
        adjusting adjust: (inout ImportStage.Request) throws -> Void = { _ in },
        progress: @escaping @Sendable (ImportStage.Progress) -> Void = { _ in }
    ) async throws -> ImportStage.Outcome {
        var request = ImportStage.Request(kind: kind, path: path)
        request.today = Self.today
        try adjust(&request)
        return try await ImportStage(database).run(request, progress: progress)
    }

    /// Imports a text and returns its receipt; a text that is in already is an error.
    @discardableResult
    static func load(
        _ kind: ImportKind, _ text: String, map: String? = nil, into database: Database,
        adjusting adjust: (inout ImportStage.Request) throws -> Void = { _ in }
    ) async throws -> ImportStore.Receipt {
        let fixture = try ImportFixture(text)
        let outcome = try await fixture.run(kind, into: database) { request in
            // The ends in tests are the first days not covered, unless a test is about that.
            if kind == .contracts { request.termEnd = .dayAfter }
            request.mapping = try map.map { try Mapping(yaml: $0, file: "map.yaml") }
            try adjust(&request)
        }
        return try Self.receipt(of: outcome)
    }

    /// The receipt of an import that went in.
    static func receipt(of outcome: ImportStage.Outcome) throws -> ImportStore.Receipt {
        guard case .imported(let receipt, _) = outcome else { throw FixtureError.alreadyImported }
        return receipt
    }

    /// The lines of the error with which a file is refused; empty when it goes in.
    func refusal(
        _ kind: ImportKind, into database: Database,
        adjusting adjust: (inout ImportStage.Request) throws -> Void = { _ in }
    ) async throws -> [String] {
        try await Self.lines { _ = try await self.run(kind, into: database, adjusting: adjust) }
    }

    /// The lines that a failed import shows.
    static func lines(of work: () async throws -> Void) async throws -> [String] {
        do {
            try await work()
            return []
        } catch let failure as ImportFailure {
            return failure.lines
        } catch let problem as ImportProblem {
            return [problem.descriptionWithCode]
        }
    }

    /// Every table of facts and receipts with its rows, counted from the catalogue so that none is forgotten.
    static func rowCounts() async throws -> [String: Int64] {
        let names = try await TestDatabase.shared.query(
            """
            select relation.relname::text as name
            from pg_class as relation
            join pg_namespace as namespace on namespace.oid = relation.relnamespace
            where namespace.nspname = 'hale_data' and relation.relkind in ('r', 'p') and not relation.relispartition
            order by relation.relname
            """
        ).map { try $0.decode("name", as: String.self) }
        let counts = names.map { "select '\($0)' as name, count(*) as total from hale_data.\"\($0)\"" }
        let rows = try await TestDatabase.shared.query(counts.joined(separator: " union all "))
        return try Dictionary(
            uniqueKeysWithValues: rows.map { row in
                (try row.decode("name", as: String.self), try row.decode("total", as: Int64.self))
            })
    }

    /// The only number of a query.
    static func number(_ query: String) async throws -> Int64 {
        let row = try #require(try await TestDatabase.shared.query("select (\(query))::bigint as number").first)
        return try row.decode("number")
    }

    /// The texts of a query's column `text`, `-` for null.
    static func texts(_ query: String) async throws -> [String] {
        try await TestDatabase.shared.query(query).map { try $0.decodeIfPresent("text", as: String.self) ?? "-" }
    }
}

/// What the fixture itself refuses.
enum FixtureError: Error {
    /// A file that should have gone in was in already.
    case alreadyImported
}
