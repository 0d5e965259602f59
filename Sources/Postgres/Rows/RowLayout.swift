/// The columns shared by all rows of one result.
final class RowLayout: Sendable {
    let statementName: String
    let names: [String]
    let types: [PostgresType]
    private let indexes: [String: Int]
    private let ambiguous: Set<String>

    init(statementName: String, names: [String], types: [PostgresType]) {
        self.statementName = statementName
        self.names = names
        self.types = types
        var indexes: [String: Int] = [:]
        var ambiguous: Set<String> = []
        for (index, name) in names.enumerated() where indexes.updateValue(index, forKey: name) != nil {
            ambiguous.insert(name)
        }
        self.indexes = indexes
        self.ambiguous = ambiguous
    }

    /// The position of a column; an error where no column, or more than one, has the name.
    func index(of column: String) throws(PostgresError) -> Int {
        guard let index = indexes[column] else {
            throw failure(column, "there is no column \"\(column)\", only \(names.joined(separator: ", "))")
        }
        guard ambiguous.isEmpty || !ambiguous.contains(column) else {
            throw failure(column, "more than one column is called \"\(column)\": give each its own name")
        }
        return index
    }

    /// A decoding error about a column.
    func failure(_ column: String, _ message: String) -> PostgresError {
        PostgresError(kind: .decoding, message: message, statementName: statementName, column: column)
    }

    /// The decoding error of a column whose bytes are no value of a type.
    func unreadable<Value>(_ column: String, as type: Value.Type, _ error: PostgresError) -> PostgresError {
        failure(column, "column \"\(column)\" cannot be read as \(type): \(error.message)")
    }
}
