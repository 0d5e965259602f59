/// A statement that was prepared on a connection.
final class PreparedStatement: Sendable {
    let serverName: String
    let description: StatementDescription
    let layout: RowLayout

    init(_ statement: Statement, serverName: String, description: StatementDescription) {
        self.serverName = serverName
        self.description = description
        layout = RowLayout(
            statementName: statement.name, names: description.columns.map(\.name),
            types: description.columns.map(\.type))
    }
}
