/// What the guard found in an expression.
package enum ExpressionVerdict: Sendable, Equatable {
    /// The text may be spliced into a statement; these of the allowed columns occur in it, in lower case.
    case accepted(columns: Set<String>)
    /// The text must not reach the database.
    case refused(ExpressionRefusal)
}

/// Why an expression is refused.
package struct ExpressionRefusal: Sendable, Equatable {
    /// Position of the first character that is refused, counted in Unicode code points from 1.
    package let position: Int
    /// What is wrong, as one line.
    package let message: String
}

/// Guards SQL expressions written by users (surfaces §3): `when`, `clear_when`, `derive`, `skip_when`, `measure`.
///
/// It accepts numbers, plain '…' strings, listed operators, keywords and functions, balanced parentheses, commas
/// and the given columns, and nothing else. What it accepts can reach no table, no setting, no file and no clock, and
/// takes a bounded share of the server's memory, stack and time, whatever the columns hold;
/// whether it is a sensible expression is left to the database. PostgreSQL reads the clock in a string such as `'today'`
/// wherever a date stands beside it, so such a string is refused unless the expression knows of texts alone.
package struct ExpressionGuard: Sendable {
    /// Longest text that is read [code points].
    package static let maximumLength = 10_000
    /// Deepest nesting of parentheses and cases.
    package static let maximumDepth = 100
    /// Most calls of functions.
    package static let maximumCalls = 200
    /// Most operators, signs and comparisons among them: PostgreSQL reads a long row of them as deep a nesting.
    package static let maximumOperators = 1_000
    /// The greatest exponent of a power, or of several inside each other, multiplied.
    package static let maximumExponent = 100.0
    /// Most text that may be made for one row, in multiples of the longest text of a column.
    package static let maximumGrowth = 256.0
    /// Most text that may be made for one row besides [characters].
    package static let maximumCharacters = 50_000_000.0

    /// What the columns hold.
    package enum Columns: Sendable, Hashable {
        /// Values of any type, dates among them. Nothing is cast to a date: what is one needs no cast, and what a text says
        /// could be the name of a moment.
        case typed
        /// Texts of a file. Whoever evaluates the expression replaces its casts to a date by `dateCasts(in:with:)`.
        case texts
    }

    private let columns: Set<String>
    private let functions: Set<String>
    private let kind: Columns

    /// A guard that knows these columns; upper and lower case are the same, as in SQL. `furtherFunctions`, in lower case,
    /// are allowed beside the usual ones: functions that are as harmless, and exist where the expression is evaluated.
    package init(columns: some Sequence<String>, furtherFunctions: Set<String> = [], holding kind: Columns = .typed) {
        self.columns = Set(columns.map { $0.lowercased() })
        self.kind = kind
        functions = ExpressionWords.functions.union(furtherFunctions)
    }

    /// Accepts an expression, or refuses it at the first position that is not allowed.
    package func check(_ text: String) -> ExpressionVerdict {
        guard text.unicodeScalars.count <= Self.maximumLength else {
            return .refused(
                ExpressionRefusal(
                    position: Self.maximumLength + 1, message: "longer than \(Self.maximumLength) characters"))
        }
        var lexer = ExpressionLexer(text)
        let (tokens, refusal) = lexer.read()
        let slip = ExpressionSlips.first(in: tokens)
        do throws(LexicalRefusal) {
            let columns = try usedColumns(tokens, endingWith: refusal)
            if let slip { throw slip }
            return .accepted(columns: columns)
        } catch {
            // What a person meant is said where it stands before what else is wrong.
            let first = slip.map { $0.position <= error.position ? $0 : error } ?? error
            return .refused(ExpressionRefusal(position: first.position, message: first.message))
        }
    }

    private func usedColumns(
        _ tokens: [PlacedToken], endingWith refusal: LexicalRefusal?
    ) throws(LexicalRefusal) -> Set<String> {
        var used: Set<String> = []
        // For each open parenthesis its position and whether it belongs to a cast.
        var open: [(position: Int, isCast: Bool)] = []
        guard !tokens.isEmpty || refusal != nil else {
            throw LexicalRefusal(position: 1, message: "the expression is empty")
        }
        let knowsDates = kind == .typed || tokens.contains { ExpressionWords.makesDates($0.token) }
        for (place, placed) in tokens.enumerated() {
            let before = place > 0 ? tokens[place - 1].token : nil
            switch placed.token {
            case .symbol("("):
                guard open.count < Self.maximumDepth else {
                    throw LexicalRefusal(position: placed.position, message: "parentheses are nested too deep")
                }
                open.append((placed.position, before == .word("cast")))
            case .symbol(")"):
                guard open.popLast() != nil else {
                    throw LexicalRefusal(position: placed.position, message: "')' has no '('")
                }
            case .word(let word):
                let context = WordContext(tokens: tokens, place: place, isInCast: open.last?.isCast == true)
                if try isColumn(word, placed.position, context) { used.insert(word) }
            case .string(let content):
                if case .string? = before {
                    throw LexicalRefusal(position: placed.position, message: "two strings must not stand side by side")
                }
                if knowsDates, let moment = ExpressionWords.moment(in: content) {
                    throw LexicalRefusal(
                        position: placed.position,
                        message: "'\(moment)' reads the clock: count with days, or write date 'YYYY-MM-DD'")
                }
            case .number, .symbol:
                break
            }
        }
        if let refusal { throw refusal }
        if let unclosed = open.last {
            throw LexicalRefusal(position: unclosed.position, message: "'(' has no ')'")
        }
        var estimate = ExpressionSizeEstimate(tokens)
        try estimate.check()
        return used
    }

    /// True for a column, false for any other word that is allowed where it stands; throws for the rest.
    private func isColumn(_ word: String, _ position: Int, _ context: WordContext) throws(LexicalRefusal) -> Bool {
        if ExpressionWords.keywords.contains(word) { return false }
        switch word {
        case "distinct" where context.isAfterIs && context.next == .word("from"): return false
        case "from" where context.previous == .word("distinct"): return false
        case "cast" where context.next == .symbol("("): return false
        case "as" where context.isInCast: return false
        default: break
        }
        if context.isCastType {
            guard ExpressionWords.castTypes.contains(word) else {
                throw LexicalRefusal(position: position, message: "the type '\(word)' is not allowed")
            }
            guard word != "date" || kind == .texts else {
                throw LexicalRefusal(
                    position: position, message: "nothing is cast to a date here: write date 'YYYY-MM-DD'")
            }
            return false
        }
        if context.next == .symbol("(") {
            guard functions.contains(word) else {
                let nearest = SimilarNames.among(functions.sorted(), to: word).first
                throw LexicalRefusal(
                    position: position,
                    message: "the function '\(word)' is not allowed" + (nearest.map { "; did you mean \($0)?" } ?? ""))
            }
            return false
        }
        if case .string(let content) = context.next {
            try checkLiteral(word, content, position)
            return false
        }
        if ExpressionWords.reserved.contains(word) {
            throw LexicalRefusal(position: position, message: "'\(word)' is not allowed")
        }
        guard columns.contains(word) else {
            if functions.contains(word) {
                throw LexicalRefusal(position: position, message: "'\(word)' needs arguments in parentheses")
            }
            let nearest = SimilarNames.among(columns.sorted(), to: word).first
            throw LexicalRefusal(
                position: position,
                message: "there is no column '\(word)'" + (nearest.map { "; did you mean \($0)?" } ?? ""))
        }
        return true
    }

    /// A word before a string names its type or its syntax (e'…', b'…'), so it must be `date` or `interval`.
    private func checkLiteral(_ word: String, _ content: String, _ position: Int) throws(LexicalRefusal) {
        guard ExpressionWords.literalTypes.contains(word) else {
            throw LexicalRefusal(position: position, message: "'\(word)' must not stand before a string")
        }
        if word == "date", Day(accepted: content) == nil {
            throw LexicalRefusal(
                position: position, message: "a date is written date 'YYYY-MM-DD', of a year from 1900 to 2199")
        }
    }
}

extension ExpressionGuard {
    /// An accepted expression with its casts to a date, `cast(… as date)`, replaced by calls of a function of a text. As it
    /// is where it casts nothing to a date.
    package static func dateCasts(in text: String, with function: String) -> String {
        var lexer = ExpressionLexer(text)
        let tokens = lexer.read().tokens
        // For each open parenthesis the place of the `cast` before it, nil for another.
        var open: [Int?] = []
        var replaced: [(range: Range<Int>, text: String)] = []
        for (place, placed) in tokens.enumerated() {
            switch placed.token {
            case .symbol("("):
                open.append(place > 0 && tokens[place - 1].token == .word("cast") ? place - 1 : nil)
            case .symbol(")"):
                guard let cast = open.popLast() ?? nil, place >= 2, tokens[place - 1].token == .word("date"),
                    tokens[place - 2].token == .word("as")
                else { continue }
                let (start, inside) = (tokens[cast].position - 1, tokens[cast + 1].position)
                replaced.append((start..<inside, "\(function)(("))
                replaced.append((tokens[place - 2].position - 1..<placed.position, ")::text)"))
            default: continue
            }
        }
        var scalars = Array(text.unicodeScalars)
        for (range, text) in replaced.sorted(by: { $0.range.lowerBound > $1.range.lowerBound }) {
            scalars.replaceSubrange(range, with: Array(text.unicodeScalars))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}

/// The neighbours of a word.
private struct WordContext {
    let tokens: [PlacedToken]
    let place: Int
    let isInCast: Bool

    var previous: ExpressionToken? { token(-1) }
    var next: ExpressionToken? { token(1) }
    var isCastType: Bool { isInCast && previous == .word("as") }
    var isAfterIs: Bool {
        previous == .word("is") || (previous == .word("not") && token(-2) == .word("is"))
    }

    private func token(_ offset: Int) -> ExpressionToken? {
        tokens.indices.contains(place + offset) ? tokens[place + offset].token : nil
    }
}
