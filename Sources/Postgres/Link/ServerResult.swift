import CPostgres

/// One result of libpq, freed when it goes out of scope.
@safe struct ServerResult: ~Copyable {
    private let pointer: OpaquePointer

    /// Takes over a result; the caller must not free it.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        // Owned by this value alone.
        unsafe PQclear(pointer)
    }

    // Everything below only reads the result, which lives as long as `self`.

    var status: ExecStatusType { unsafe PQresultStatus(pointer) }
    var rowCount: Int { unsafe Int(PQntuples(pointer)) }
    var columnCount: Int { unsafe Int(PQnfields(pointer)) }

    /// Whether the statement ended here with an error.
    var isError: Bool { status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE }

    /// The number of rows the statement read or changed, 0 where that makes no sense.
    var affectedRowCount: Int {
        unsafe PQcmdTuples(pointer).flatMap { unsafe Int(String(cString: $0)) } ?? 0
    }

    /// What the statement was, such as `COMMIT` or `INSERT 0 1`.
    var commandTag: String {
        unsafe PQcmdStatus(pointer).map { unsafe String(cString: $0) } ?? ""
    }

    /// The types of the parameters of a described statement.
    var parameterTypes: [PostgresType] {
        unsafe (0..<PQnparams(pointer)).map { unsafe PostgresType(oid: PQparamtype(pointer, $0)) }
    }

    /// The columns of the result or of the described statement.
    var columns: [StatementDescription.Column] {
        (0..<Int32(columnCount)).map { index in
            unsafe StatementDescription.Column(
                name: PQfname(pointer, index).map { unsafe String(cString: $0) } ?? "",
                type: PostgresType(oid: PQftype(pointer, index)),
                tableOID: PQftable(pointer, index),
                attributeNumber: Int(PQftablecol(pointer, index)))
        }
    }

    /// The first field of a result of the simple protocol; nil where it has none.
    var firstText: String? {
        guard rowCount > 0, columnCount > 0 else { return nil }
        return unsafe PQgetvalue(pointer, 0, 0).map { unsafe String(cString: $0) }
    }

    /// Copies all rows into a batch.
    func appendRows(to builder: inout RowBatchBuilder) {
        let columnCount = Int32(columnCount)
        for row in 0..<Int32(rowCount) {
            for column in 0..<columnCount {
                if unsafe PQgetisnull(pointer, row, column) == 1 {
                    builder.appendNull()
                } else {
                    let length = unsafe Int(PQgetlength(pointer, row, column))
                    // libpq never returns null for a field that is not null.
                    let start = unsafe PQgetvalue(pointer, row, column)
                    unsafe builder.append(UnsafeRawBufferPointer(start: start, count: length))
                }
            }
            builder.endRow()
        }
    }

    /// The error of a failed result; the statement's text turns the position into a line.
    func error(statement: Statement?) -> PostgresError {
        var error = PostgresError(
            kind: .server,
            message: unsafe field(.message) ?? String(cString: PQresultErrorMessage(pointer)),
            statementName: statement?.name,
            column: field(.column))
        error.sqlState = field(.sqlState)
        error.constraint = field(.constraint)
        error.table = field(.table)
        error.detail = field(.detail)
        error.hint = field(.hint)
        error.context = field(.context)
        if let statement, let position = field(.position).flatMap({ Int($0) }) {
            error.position = position
            // The server counts characters of UTF-8, which are Swift's scalars.
            error.line = 1 + statement.text.unicodeScalars.prefix(position - 1).count { $0 == "\n" }
        }
        return error
    }

    /// What a notice says.
    static func notice(of pointer: OpaquePointer) -> PostgresNotice {
        unsafe PostgresNotice(
            severity: field(.severity, of: pointer) ?? "",
            message: PostgresError.oneLine(field(.message, of: pointer) ?? ""),
            sqlState: field(.sqlState, of: pointer))
    }

    private enum ErrorField: Unicode.Scalar {
        case severity = "V"
        case sqlState = "C"
        case message = "M"
        case detail = "D"
        case hint = "H"
        case position = "P"
        case context = "W"
        case table = "t"
        case column = "c"
        case constraint = "n"
    }

    private func field(_ field: ErrorField) -> String? {
        unsafe Self.field(field, of: pointer)
    }

    private static func field(_ field: ErrorField, of pointer: OpaquePointer) -> String? {
        unsafe PQresultErrorField(pointer, Int32(field.rawValue.value)).map { unsafe String(cString: $0) }
    }
}
