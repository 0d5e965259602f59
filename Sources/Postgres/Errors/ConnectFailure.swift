/// Reads the message of a connection that could not be opened.
///
/// libpq gives the server's code of such a failure only inside the message, and only in its verbose form:
/// `connection to server … failed: FATAL:  28P01: password authentication failed …`, then a line with the server's
/// source position. The words depend on the server's language, the form of the code does not.
enum ConnectFailure {
    static func error(verboseMessage: String, needsPassword: Bool) -> PostgresError {
        var lines = verboseMessage.split(whereSeparator: \.isNewline)
        lines.removeAll(where: isSourcePosition)
        var code: String?
        lines = lines.map { line in
            guard let found = line.firstRange(of: #/:  [0-9A-Z]{5}: /#) else { return line }
            code = String(line[found].dropFirst(3).dropLast(2))
            return line[..<found.lowerBound] + ": " + line[found.upperBound...]
        }
        let isRefused = needsPassword || code?.hasPrefix("28") == true
        var error = PostgresError(
            kind: isRefused ? .authentication : .connection, message: lines.joined(separator: "\n"))
        if error.message.isEmpty { error.message = "the connection could not be opened" }
        error.sqlState = code
        return error
    }

    /// Whether a line is like `LOCATION:  auth_failed, auth.c:335`.
    private static func isSourcePosition(_ line: Substring) -> Bool {
        line.wholeMatch(of: #/\S+:  \w+, [\w.]+\.c:\d+/#) != nil
    }
}
