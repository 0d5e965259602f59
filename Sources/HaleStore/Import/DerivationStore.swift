import HaleSQL
public import Postgres

/// A file as a table of texts, for the expressions of a mapping.
public struct DerivationStore: Sendable {
    private let connection: Connection

    /// A store that works in the caller's transaction.
    public init(_ connection: Connection) {
        self.connection = connection
    }

    /// Makes the table `import_source`: the line and the file's columns, all text.
    public func begin(columns: [String]) async throws {
        // The names come from the file; they are quoted, and nothing else is spliced in.
        let texts = columns.map { "\"\($0.replacing("\"", with: "\"\""))\" text" }
        try await connection.script(
            Statement(
                name: "import/source",
                text:
                    "create temp table import_source (hale_line bigint, \(texts.joined(separator: ", "))) on commit drop"
            ))
        _ = try await connection.query(Statement(SQL.Import.limitExpressions))
    }

    /// Streams the file's rows in; the writer takes binary COPY data.
    public func stage(_ body: (CopyWriter) async throws -> Void) async throws {
        _ = try await connection.copyIn(Statement(SQL.Import.copySource), body)
    }

    /// Evaluates a statement whose spliced parts the caller has checked; CSV chunks go to `write`.
    public func evaluate(unsafeSelect: String, write: ([UInt8]) throws -> Void) async throws {
        let statement = Statement(
            name: "import/derive", text: "copy (\(unsafeSelect)) to stdout (format csv, header true)")
        for try await chunk in connection.copyOut(statement) { try write(chunk) }
    }
}
