import HaleSQL
package import Postgres

/// A file as a table of texts, for the expressions of a mapping.
package struct DerivationStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    package init(_ connection: Connection) {
        self.connection = connection
    }

    private static let numberTypes: Set<PostgresType> = [.int2, .int4, .int8, .float4, .float8, .numeric]

    /// Makes the table `import_source`: the line, the row as it came and the file's columns, all text. Until the transaction
    /// ends, expressions may take some time, call Hale's functions, and write instants in the organisation's time zone.
    package func begin(columns: [String]) async throws {
        // The names come from the file; they are quoted, and nothing else is spliced in.
        let texts = columns.map { "\"\($0.replacing("\"", with: "\"\""))\" text" }
        try await connection.script(
            Statement(
                name: "import/source",
                text:
                    "create temp table import_source (hale_line bigint, hale_raw text, \(texts.joined(separator: ", "))) "
                    + "on commit drop"))
        _ = try await connection.query(Statement(SQL.Expressions.pin))
        _ = try await connection.query(Statement(SQL.Import.useTimeZone))
        _ = try await connection.query(Statement(SQL.Import.limitExpressions))
    }

    /// Streams the file's rows in; the writer takes binary COPY data.
    package func stage(_ body: (CopyWriter) async throws -> Void) async throws {
        _ = try await connection.copyIn(Statement(SQL.Import.copySource), body)
    }

    /// Evaluates a statement whose spliced parts the caller has checked; CSV chunks without a header go to `write`. When it
    /// fails, the transaction goes on as before.
    package func evaluate(unsafeSelect: String, write: ([UInt8]) throws -> Void) async throws {
        let statement = Statement(name: "import/derive", text: "copy (\(unsafeSelect)) to stdout (format csv)")
        try await connection.savepoint { part in
            for try await chunk in part.copyOut(statement) { try write(chunk) }
        }
    }

    /// Whether a statement, whose spliced parts the caller has checked, returns a number; nothing is evaluated.
    package func isNumber(unsafeSelect: String) async throws -> Bool {
        let description = try await connection.describe(Statement(name: "import/derive", text: unsafeSelect))
        return description.columns.first.map { Self.numberTypes.contains($0.type) } ?? false
    }

    /// The row on a line as it came.
    package func rawText(line: Int64) async throws -> String? {
        try await connection.query(Statement(SQL.Import.sourceRow), [line]).first?
            .decodeIfPresent("hale_raw", as: String.self)
    }
}
