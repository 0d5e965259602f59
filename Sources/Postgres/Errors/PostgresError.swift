/// What went wrong while talking to PostgreSQL.
package struct PostgresError: Error, Sendable, Hashable {
    /// The sorts of failure; each calls for a different reaction.
    package enum Kind: Sendable, Hashable {
        /// The server could not be reached, or the connection broke.
        case connection
        /// The server refused the user or the password.
        case authentication
        /// The server reported an error for a statement.
        case server
        /// A value cannot be bound to a parameter or written to a binary COPY.
        case encoding
        /// A column is missing, null, of another type or not readable.
        case decoding
        /// The task was cancelled.
        case cancelled
        /// A COPY was begun or ended in the wrong way, or its data is malformed.
        case copy
        /// A stream or COPY is still open on the connection.
        case busy
        /// A transaction was begun inside another, or its COMMIT was turned into a rollback.
        case transaction
        /// No connection of the pool became free within the wait limit.
        case poolTimeout
        /// The connection or the pool was closed.
        case closed
    }

    /// The sort of failure.
    package var kind: Kind
    /// What happened, in one line.
    package var message: String
    /// The server's five-character code of the error, such as `23505`.
    package var sqlState: String?
    /// The violated constraint.
    package var constraint: String?
    /// The table the error is about.
    package var table: String?
    /// The column the error is about: of the table, or of the result for a decoding error.
    package var column: String?
    /// The server's detail, which may hold values of the row.
    package var detail: String?
    /// The server's hint.
    package var hint: String?
    /// Where the server was, such as the line of a COPY.
    package var context: String?
    /// Where in the statement's text the error is, in characters from 1.
    package var position: Int?
    /// The line of the statement's text that `position` is on, from 1.
    package var line: Int?
    /// The name of the statement that failed.
    package var statementName: String?

    /// An error of a kind, with what is known about it filled in afterwards.
    package init(kind: Kind, message: String, statementName: String? = nil, column: String? = nil) {
        self.kind = kind
        self.message = Self.oneLine(message)
        self.statementName = statementName
        self.column = column
    }

    /// What a type's own `decode` throws: the column and the statement are added by the row.
    package static func invalidValue(_ reason: String) -> PostgresError {
        PostgresError(kind: .decoding, message: reason)
    }

    /// Whether the server asks for the transaction to be run again: serialization failure or deadlock.
    package var asksForRetry: Bool { sqlState == "40001" || sqlState == "40P01" }

    /// Whether a value is one that an expression cannot work with: class 22, such as a division by zero or a bad cast.
    package var isAboutValue: Bool { isOfClass("22") }

    /// Whether the server does not understand the statement: class 42.
    package var isAboutStatement: Bool { isOfClass("42") }

    /// Whether a limit of the server was reached, such as how deep an expression may be: class 54.
    package var isAboutLimit: Bool { isOfClass("54") }

    /// Whether the database to connect to is not there: 3D000.
    package var isMissingDatabase: Bool { sqlState == "3D000" }

    private func isOfClass(_ code: String) -> Bool { sqlState?.hasPrefix(code) == true }

    /// Joins the lines of a text with single spaces, so that an error stays on one line.
    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline)
            .map { line in line.drop(while: \.isWhitespace) }
            .joined(separator: " ")
    }
}

extension PostgresError: CustomStringConvertible {
    /// One line: what, where, and what the server adds.
    package var description: String {
        var text = statementName.map { "statement \($0): " } ?? ""
        text += message
        var remarks: [String] = []
        if let sqlState { remarks.append("SQLSTATE \(sqlState)") }
        if let constraint { remarks.append("constraint \(constraint)") }
        if let line, let position { remarks.append("line \(line), character \(position) of the statement") }
        if let detail { remarks.append(detail) }
        if let hint { remarks.append(hint) }
        if let context { remarks.append(context) }
        if !remarks.isEmpty { text += " (\(remarks.joined(separator: "; ")))" }
        return Self.oneLine(text)
    }
}

extension PostgresError {
    /// The error of a statement, or of waiting for something, that ended because the task was cancelled.
    static func cancelled(_ statement: Statement?) -> PostgresError {
        PostgresError(kind: .cancelled, message: "cancelled", statementName: statement?.name)
    }
}
