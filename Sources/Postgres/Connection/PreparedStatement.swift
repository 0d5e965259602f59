/// A statement whose parameters and columns a connection knows.
final class PreparedStatement: Sendable {
    /// What the server keeps it as; nil where it is sent with every execution.
    let serverName: String?
    let description: StatementDescription
    let layout: RowLayout

    init(_ statement: Statement, serverName: String?, description: StatementDescription) {
        self.serverName = serverName
        self.description = description
        layout = RowLayout(
            statementName: statement.name, names: description.columns.map(\.name),
            types: description.columns.map(\.type))
    }
}
