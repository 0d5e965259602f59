/// The words a user's SQL expression may contain beside columns, in lower case.
enum ExpressionWords {
    /// Keywords that may stand anywhere; what they mean is left to the database.
    static let keywords: Set<String> = [
        "case", "when", "then", "else", "end", "and", "or", "not", "is", "null", "in", "between", "symmetric", "like",
        "ilike", "true", "false", "unknown",
    ]

    /// Functions without side effects, without access to tables, settings, files or the clock, and without a length
    /// argument that could ask for unlimited memory.
    static let functions: Set<String> = [
        "coalesce", "nullif", "greatest", "least",
        "lower", "upper", "initcap", "trim", "ltrim", "rtrim", "btrim", "left", "right", "substr", "substring",
        "replace",
        "split_part", "concat", "length", "char_length", "strpos", "starts_with",
        "abs", "sign", "round", "floor", "ceil", "ceiling", "trunc", "mod", "power", "sqrt", "exp", "ln",
        "to_date", "to_number",
    ]

    /// Words that name a type before a string.
    static let literalTypes: Set<String> = ["date", "interval"]

    /// Types `cast(… as type)` may name.
    static let castTypes: Set<String> = ["text", "numeric", "integer", "bigint", "boolean", "date"]

    /// Words with a meaning of their own in PostgreSQL that a column's name does not take away.
    static let reserved: Set<String> = [
        "all", "analyse", "analyze", "any", "array", "as", "asc", "asymmetric", "authorization", "binary", "both",
        "cast",
        "check", "collate", "collation", "column", "concurrently", "constraint", "create", "cross", "current_catalog",
        "current_date", "current_role", "current_schema", "current_time", "current_timestamp", "current_user",
        "default",
        "deferrable", "desc", "distinct", "do", "except", "exists", "fetch", "for", "foreign", "freeze", "from", "full",
        "grant", "group", "having", "initially", "inner", "intersect", "into", "isnull", "join", "lateral", "leading",
        "limit", "localtime", "localtimestamp", "natural", "notnull", "offset", "on", "only", "order", "outer", "over",
        "overlaps", "placing", "primary", "references", "returning", "row", "select", "session_user", "similar", "some",
        "system_user", "table", "tablesample", "to", "trailing", "union", "unique", "user", "using", "variadic",
        "verbose", "where", "window", "with", "within",
    ]

    /// Strings that PostgreSQL reads as a moment of the clock where a date or a time is meant.
    private static let moments: Set<String> = ["now", "today", "tomorrow", "yesterday"]

    /// The word for a moment of the clock in a string; nil where it holds none. PostgreSQL finds it among other words, in
    /// upper or lower case.
    static func moment(in content: String) -> String? {
        content.lowercased().split { !$0.isASCII || !$0.isLetter }.map(String.init).first(where: moments.contains)
    }

    /// Whether a word makes a date of a text, or stands before one.
    static func makesDates(_ token: ExpressionToken) -> Bool {
        guard case .word(let word) = token else { return false }
        return ["date", "interval", "to_date", "to_timestamp"].contains(word)
    }

    /// Operators, each of which must stand as it is written here.
    static let operators: Set<String> = [
        "+", "-", "*", "/", "%", "=", "<>", "!=", "<", "<=", ">", ">=", "||",
    ]
}
