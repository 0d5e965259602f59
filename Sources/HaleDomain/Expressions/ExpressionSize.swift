/// How much text a part of an expression can make, at most: so many times the longest text of a column, and so many
/// characters besides.
struct ExpressionSize: Equatable {
    /// Multiples of the longest text that a column holds.
    var columns: Double
    /// Characters besides.
    var characters: Double

    /// No text.
    static let nothing = ExpressionSize(columns: 0, characters: 0)
    /// A value such as a Boolean, a date or a whole number.
    static let small = ExpressionSize(columns: 0, characters: 64)
    /// The longest number of PostgreSQL as a text: 131,072 digits before the point and 16,383 behind it.
    static let number = ExpressionSize(columns: 0, characters: 150_000)
    static let column = ExpressionSize(columns: 1, characters: 0)

    static func + (left: ExpressionSize, right: ExpressionSize) -> ExpressionSize {
        ExpressionSize(columns: left.columns + right.columns, characters: left.characters + right.characters)
    }

    static func * (size: ExpressionSize, factor: Double) -> ExpressionSize {
        ExpressionSize(columns: size.columns * factor, characters: size.characters * factor)
    }

    /// At least as much as either.
    func union(_ other: ExpressionSize) -> ExpressionSize {
        ExpressionSize(columns: max(columns, other.columns), characters: max(characters, other.characters))
    }
}

/// Reads the pieces of an expression again, as calls with their arguments, and adds up what evaluating it for one row can
/// take: the server allocates the text of every part, and keeps it until the row is done. The sums are upper bounds,
/// whatever the columns hold and whatever memory the server grants.
struct ExpressionSizeEstimate {
    private let tokens: [PlacedToken]
    private var index = 0
    private var depth = 0
    private var calls = 0
    /// The exponents of the powers around what is read, multiplied.
    private var exponent = 1.0
    private var steps = 0
    private var total = ExpressionSize.nothing

    init(_ tokens: [PlacedToken]) {
        self.tokens = tokens
    }

    /// Throws at the first place where the expression goes beyond a limit of the guard.
    mutating func check() throws(LexicalRefusal) {
        while let token = peek() {
            // What stands between arguments without a call around it is left to the database.
            if Self.endsArgument(token) { index += 1 } else { _ = try expression() }
        }
    }

    // MARK: Parts

    /// An argument, up to a comma, a closing parenthesis, or the end: the largest of the parts between which something
    /// small is decided, such as a comparison.
    private mutating func expression() throws(LexicalRefusal) -> ExpressionSize {
        var largest = ExpressionSize.nothing
        while let token = peek(), !Self.endsArgument(token) {
            if token == .word("as") {
                // The type of a cast.
                index += 2
            } else if Self.separators.contains(token) {
                try step()
                largest = largest.union(.small)
                // Both sides are copied in lower case.
                if token == .word("ilike") { try spend(.column * 2, at: tokens[index].position) }
                index += 1
            } else {
                largest = largest.union(try concatenation())
            }
        }
        return largest
    }

    /// Operands with `||` between them. Each makes a new text of all before it.
    private mutating func concatenation() throws(LexicalRefusal) -> ExpressionSize {
        var whole = try operand()
        while peek() == .symbol("||") {
            let position = tokens[index].position
            try step()
            index += 1
            whole = whole + (try operand())
            try spend(whole, at: position)
        }
        return whole
    }

    /// One value, or a calculation of several, whose result is a number, a date or an interval.
    private mutating func operand() throws(LexicalRefusal) -> ExpressionSize {
        var values = 0
        var size = ExpressionSize.nothing
        while let token = peek(), !Self.endsOperand(token) {
            if case .symbol(let symbol) = token, Self.arithmetic.contains(symbol) {
                try step()
                index += 1
                size = size.union(.number)
            } else {
                size = size.union(try value())
                values += 1
            }
        }
        // Where nothing was read, what stands there is left to the database.
        if values == 0, let token = peek(), !Self.endsArgument(token) { index += 1 }
        return size
    }

    private mutating func value() throws(LexicalRefusal) -> ExpressionSize {
        let placed = tokens[index]
        index += 1
        switch placed.token {
        case .string(let content):
            return ExpressionSize(columns: 0, characters: Double(content.unicodeScalars.count))
        case .number(let text): return Self.size(ofNumber: text)
        case .symbol("("): return try list(from: placed).reduce(.nothing) { $0.union($1) }
        case .symbol: return .small
        case .word("case"): return try choice(from: placed)
        case .word(let word):
            if case .string? = peek() {
                // A date or an interval.
                index += 1
                return .small
            }
            guard peek() == .symbol("(") else {
                return ExpressionWords.keywords.contains(word) ? .small : .column
            }
            return try call(word, at: placed.position)
        }
    }

    /// `case … end`: the largest of what it chooses among.
    private mutating func choice(from placed: PlacedToken) throws(LexicalRefusal) -> ExpressionSize {
        try enter(placed.position)
        defer { depth -= 1 }
        var largest = ExpressionSize.nothing
        while let token = peek() {
            if token == .word("end") {
                index += 1
                break
            }
            if token == .symbol(",") || token == .symbol(")") { break }
            if Self.isChoiceWord(token) { index += 1 } else { largest = largest.union(try expression()) }
        }
        return largest
    }

    /// What stands between parentheses, the opening one of which was read: the sizes of its parts.
    private mutating func list(from placed: PlacedToken) throws(LexicalRefusal) -> [ExpressionSize] {
        try enter(placed.position)
        defer { depth -= 1 }
        var sizes: [ExpressionSize] = []
        while let token = peek() {
            if token == .symbol(")") {
                index += 1
                break
            }
            if token == .symbol(",") || Self.isChoiceWord(token) {
                index += 1
            } else {
                sizes.append(try expression())
            }
        }
        return sizes
    }

    private mutating func call(_ name: String, at position: Int) throws(LexicalRefusal) -> ExpressionSize {
        calls += 1
        guard calls <= ExpressionGuard.maximumCalls else {
            throw LexicalRefusal(
                position: position, message: "more than \(ExpressionGuard.maximumCalls) calls of functions")
        }
        let open = tokens[index]
        let start = index + 1
        index += 1
        let outer = exponent
        defer { exponent = outer }
        if name == "power" { try raise(by: argument(1, from: start).map(\.token), position) }
        let arguments = try list(from: open)
        let size = try result(of: name, arguments, literals: start, position)
        if !Self.copiesNothing.contains(name) { try spend(size, at: position) }
        return size
    }

    /// Bounds what `power`, and one inside another, makes of a number: the server counts with all its digits, and up to
    /// 131,072 of them take seconds a row.
    private mutating func raise(by tokens: [ExpressionToken], _ position: Int) throws(LexicalRefusal) {
        let digits = tokens.first == .symbol("-") ? tokens.dropFirst() : tokens[...]
        guard digits.count == 1, case .number(let text)? = digits.first, let written = Double(text) else {
            throw LexicalRefusal(
                position: position, message: "the exponent of power is a plain number: write exp(b * ln(a)) for others")
        }
        exponent *= max(1, written)
        guard exponent <= ExpressionGuard.maximumExponent else {
            throw LexicalRefusal(
                position: position,
                message: "power raises to more than \(Int(ExpressionGuard.maximumExponent)) in all")
        }
    }

    /// What a function can return.
    private func result(
        of name: String, _ arguments: [ExpressionSize], literals start: Int, _ position: Int
    ) throws(LexicalRefusal) -> ExpressionSize {
        let first = arguments.first ?? .nothing
        let sum = arguments.reduce(.nothing, +)
        switch name {
        case "replace" where arguments.count == 3:
            return try replacement(in: first, of: shortest(argument: 1, from: start), by: arguments[2], position)
        case "left", "right", "substr", "substring":
            let count = wholeNumber(argument: arguments.count - 1, from: start)
            guard arguments.count == (name.hasPrefix("sub") ? 3 : 2), let count = count.map(Double.init) else {
                return first
            }
            let characters = first.columns > 0 ? count : min(first.characters, count)
            return ExpressionSize(columns: 0, characters: characters)
        case "lower", "upper", "initcap", "trim", "ltrim", "rtrim", "btrim", "split_part", "nullif": return first
        case "coalesce", "greatest", "least": return arguments.reduce(.nothing) { $0.union($1) }
        case "concat": return sum
        case "length", "char_length", "strpos", "starts_with", "sign", "to_date": return .small
        case "abs", "round", "floor", "ceil", "ceiling", "trunc", "mod", "power", "sqrt", "exp", "ln", "to_number":
            return .number
        case "cast": return cast(first, from: start)
        default: return sum + .number
        }
    }

    /// Every place of a text can be one where `old` stands, of at least so many characters.
    private func replacement(
        in text: ExpressionSize, of shortest: Double, by new: ExpressionSize, _ position: Int
    ) throws(LexicalRefusal) -> ExpressionSize {
        guard text.columns == 0 || new.columns == 0 else {
            throw LexicalRefusal(
                position: position,
                message: "replace puts a text of any length in many places: shorten it with left(…, 20)")
        }
        if new.columns == 0 { return text * max(1, new.characters / shortest) }
        return text + new * (text.characters / shortest)
    }

    /// A text that is cast keeps its length; one that becomes a number can be written `1e131071`.
    private func cast(_ value: ExpressionSize, from start: Int) -> ExpressionSize {
        var place = start
        var open = 0
        while place < tokens.count {
            if tokens[place].token == .symbol("(") { open += 1 }
            if tokens[place].token == .symbol(")") {
                if open == 0 { break }
                open -= 1
            }
            place += 1
        }
        guard place > start, place <= tokens.count, case .word(let type) = tokens[place - 1].token else { return value }
        switch type {
        case "text": return value
        case "numeric": return .number
        default: return .small
        }
    }

    // MARK: Limits

    private mutating func enter(_ position: Int) throws(LexicalRefusal) {
        guard depth < ExpressionGuard.maximumDepth else {
            throw LexicalRefusal(position: position, message: "parentheses and cases are nested too deep")
        }
        depth += 1
    }

    private mutating func step() throws(LexicalRefusal) {
        steps += 1
        guard steps <= ExpressionGuard.maximumOperators else {
            throw LexicalRefusal(
                position: tokens[index].position, message: "more than \(ExpressionGuard.maximumOperators) operators")
        }
    }

    private mutating func spend(_ size: ExpressionSize, at position: Int) throws(LexicalRefusal) {
        total = total + size
        guard total.columns <= ExpressionGuard.maximumGrowth,
            total.characters <= ExpressionGuard.maximumCharacters
        else {
            throw LexicalRefusal(
                position: position,
                message: "this can make texts far longer than those it is made of: join with concat(…), replace less")
        }
    }

    // MARK: Pieces

    private func peek() -> ExpressionToken? { index < tokens.count ? tokens[index].token : nil }

    /// The tokens of an argument of a call, the first one of which begins at `start`.
    private func argument(_ number: Int, from start: Int) -> ArraySlice<PlacedToken> {
        var (place, open, comma, begin) = (start, 0, 0, start)
        while place < tokens.count {
            switch tokens[place].token {
            case .symbol("("): open += 1
            case .symbol(")") where open == 0: return comma == number ? tokens[begin..<place] : []
            case .symbol(")"): open -= 1
            case .symbol(",") where open == 0:
                if comma == number { return tokens[begin..<place] }
                comma += 1
                begin = place + 1
            default: break
            }
            place += 1
        }
        return []
    }

    /// The least length of an argument: that of a plain string, else 1, since nothing is replaced where it is empty.
    private func shortest(argument number: Int, from start: Int) -> Double {
        let tokens = argument(number, from: start)
        guard tokens.count == 1, case .string(let content)? = tokens.first?.token else { return 1 }
        return Double(max(1, content.unicodeScalars.count))
    }

    /// The whole number that an argument is; nil for anything else.
    private func wholeNumber(argument number: Int, from start: Int) -> Int? {
        let tokens = argument(number, from: start)
        guard tokens.count == 1, case .number(let text)? = tokens.first?.token else { return nil }
        return Int(text)
    }

    /// The digits of a number, written out.
    private static func size(ofNumber text: String) -> ExpressionSize {
        let parts = text.lowercased().split(separator: "e")
        let exponent = parts.count == 2 ? abs(Double(parts[1]) ?? 0) : 0
        let characters = Double(text.unicodeScalars.count) + exponent
        return ExpressionSize(columns: 0, characters: min(characters, ExpressionSize.number.characters))
    }

    private static let arithmetic: Set<String> = ["+", "-", "*", "/", "%"]

    /// What stands between parts of which something small is made.
    private static let separators: [ExpressionToken] =
        ["=", "<>", "!=", "<", "<=", ">", ">="].map(ExpressionToken.symbol)
        + [
            "and", "or", "not", "is", "in", "between", "symmetric", "like", "ilike", "distinct", "from",
        ].map(ExpressionToken.word)

    /// Functions that return a value of their arguments, or something small, and make no text.
    private static let copiesNothing: Set<String> = [
        "coalesce", "nullif", "greatest", "least", "length", "char_length", "strpos", "starts_with", "sign", "to_date",
        "abs", "round", "floor", "ceil", "ceiling", "trunc", "mod", "power", "sqrt", "exp", "ln", "to_number",
    ]

    private static func isChoiceWord(_ token: ExpressionToken) -> Bool {
        [.word("end"), .word("when"), .word("then"), .word("else")].contains(token)
    }

    private static func endsArgument(_ token: ExpressionToken) -> Bool {
        token == .symbol(",") || token == .symbol(")") || isChoiceWord(token)
    }

    private static func endsOperand(_ token: ExpressionToken) -> Bool {
        endsArgument(token) || token == .symbol("||") || token == .word("as") || separators.contains(token)
    }
}
