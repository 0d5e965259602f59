import Delimited
import Foundation
import HaleTestSupport
import Postgres
import Testing

/// What a reader made of a file: its rows without the header, or that it refused it.
enum ReaderAnswer: Equatable, Sendable {
    case rows([[String]])
    case refused

    /// The same without what Hale does not see: space at the edges of fields.
    var trimmed: ReaderAnswer {
        guard case .rows(let rows) = self else { return self }
        return .rows(rows.map { $0.map(ReferenceReading.trimmed) })
    }
}

/// Python's csv module, in its strict mode: without it, an open quote runs to the end of the file.
enum PythonReader {
    static let isInstalled = output(of: "python3", ["-c", "import csv, json"]) != nil

    /// Reads all files of a manifest of `separator<tab>path` lines in one process.
    private static let program = """
        import csv, json, sys
        csv.field_size_limit(10 ** 9)
        answers = []
        for line in open(sys.argv[1], encoding='utf-8').read().splitlines():
            separator, path = line.split(' ', 1)
            try:
                with open(path, newline='', encoding='utf-8-sig') as file:
                    answers.append(list(csv.reader(file, delimiter=chr(int(separator)), strict=True))[1:])
            except csv.Error:
                answers.append(None)
        print(json.dumps(answers))
        """

    static func read(_ files: [(path: String, separator: Separator)], in directory: URL) throws -> [ReaderAnswer] {
        let manifest = directory.appending(path: "manifest")
        let lines = files.map { "\($0.separator.rawValue) \($0.path)\n" }
        try Data(lines.joined().utf8).write(to: manifest)
        let printed = try #require(output(of: "python3", ["-c", program, manifest.path]))
        return try JSONDecoder().decode([[[String]]?].self, from: printed).map { $0.map(ReaderAnswer.rows) ?? .refused }
    }
}

/// PostgreSQL's own COPY in CSV format, into three columns of text.
struct PostgresReader {
    let connection: Connection

    /// An unquoted empty field is null to PostgreSQL and a quoted one is not; to Hale both are missing.
    func read(_ bytes: [UInt8], separator: Separator) async throws -> ReaderAnswer {
        try await connection.script(
            Statement(
                name: "test/table",
                text: """
                    drop table if exists fuzzed;
                    create temp table fuzzed (
                        number bigint generated always as identity, id text, name text, note text)
                    """))
        let delimiter = separator == .tab ? "E'\\t'" : "'\(Character(Unicode.Scalar(separator.rawValue)))'"
        let copy = Statement(
            name: "test/copy",
            text: "copy fuzzed (id, name, note) from stdin (format csv, header, delimiter \(delimiter))")
        do {
            _ = try await connection.copyIn(copy) { writer in try await writer.write(bytes) }
        } catch let error as PostgresError where error.sqlState == "22P04" {
            // bad_copy_file_format: any other error is the test's own.
            return .refused
        }
        let rows = try await connection.query(
            Statement(
                name: "test/rows",
                text: """
                    select coalesce(id, '') as id, coalesce(name, '') as name, coalesce(note, '') as note
                    from fuzzed order by number
                    """))
        return .rows(try rows.map { row in try ["id", "name", "note"].map { try row.decode($0, as: String.self) } })
    }
}
