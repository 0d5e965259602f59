/// The names of a file's columns, from its first record.
public struct Header: Hashable, Sendable {
    /// The names as they stand in the file; empty where a column has none.
    public let names: [String]

    /// A header with these names.
    public init(names: [String]) {
        self.names = names
    }

    /// A name with what a match ignores left out: case, spaces, `_` and what nobody sees.
    public static func normalised(_ name: String) -> String {
        String(UnseenText.key(name).lowercased().filter { !$0.isWhitespace && $0 != "_" })
    }

    /// The columns that have this name; those with the very same spelling alone, where there are any.
    public func indices(of name: String) -> [Int] {
        let exact = names.indices.filter { names[$0] == name }
        if !exact.isEmpty { return exact }
        let wanted = Self.normalised(name)
        return wanted.isEmpty ? [] : names.indices.filter { Self.normalised(names[$0]) == wanted }
    }
}
