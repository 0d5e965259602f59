/// A piece of an expression.
enum ExpressionToken: Equatable {
    /// A number as it is written.
    case number(String)
    /// A plain string with its content.
    case string(String)
    /// A word in lower case.
    case word(String)
    case symbol(String)
}

/// A piece of an expression and where it begins.
struct PlacedToken {
    let token: ExpressionToken
    /// Position of the first character, from 1.
    let position: Int
}

/// A piece of text that is not part of the language.
struct LexicalRefusal: Error {
    let position: Int
    let message: String
}

/// Cuts an expression into numbers, plain strings, words and symbols; everything else is refused where it stands.
struct ExpressionLexer {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    /// The pieces up to the end, or up to the first place that is not part of the language.
    mutating func read() -> (tokens: [PlacedToken], refusal: LexicalRefusal?) {
        var found: [PlacedToken] = []
        while let scalar = peek() {
            let start = index
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" {
                index += 1
                continue
            }
            do {
                found.append(PlacedToken(token: try token(scalar), position: start + 1))
            } catch {
                return (found, error)
            }
        }
        return (found, nil)
    }

    private mutating func token(_ first: Unicode.Scalar) throws(LexicalRefusal) -> ExpressionToken {
        if first == "'" { return try string() }
        if Self.isDigit(first) || (first == "." && peek(1).map(Self.isDigit) == true) { return try number() }
        return Self.isLetter(first) ? .word(word()) : .symbol(try symbol(first))
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
        index + ahead < scalars.count ? scalars[index + ahead] : nil
    }

    private mutating func string() throws(LexicalRefusal) -> ExpressionToken {
        let start = index
        var content = String.UnicodeScalarView()
        index += 1
        while let scalar = peek() {
            if scalar == "\\" || scalar == "\0" {
                throw LexicalRefusal(position: index + 1, message: "a backslash is not allowed in a string")
            }
            index += 1
            if scalar == "'" {
                guard peek() == "'" else { return .string(String(content)) }
                index += 1
            }
            content.append(scalar)
        }
        throw LexicalRefusal(position: start + 1, message: "the string is not closed")
    }

    private mutating func number() throws(LexicalRefusal) -> ExpressionToken {
        let start = index
        if start > 0, scalars[start] == ".", Self.isLetter(scalars[start - 1]) || scalars[start - 1] == ")" {
            throw LexicalRefusal(position: start + 1, message: "'.' is not allowed here")
        }
        skipDigits()
        if peek() == "." {
            index += 1
            skipDigits()
        }
        if let scalar = peek(), scalar == "e" || scalar == "E" {
            let signed = peek(1) == "+" || peek(1) == "-"
            if let digit = peek(signed ? 2 : 1), Self.isDigit(digit) {
                index += signed ? 2 : 1
                skipDigits()
            }
        }
        if let next = peek(), Self.isLetter(next) || next == "." {
            let digits = String(String.UnicodeScalarView(scalars[start..<index]))
            let letters = String(
                String.UnicodeScalarView(scalars[index...].prefix { Self.isLetter($0) || Self.isDigit($0) }))
            throw LexicalRefusal(
                position: start + 1,
                message: "this is not a number" + ExpressionSlips.advice(onNumber: digits, followedBy: letters))
        }
        return .number(String(String.UnicodeScalarView(scalars[start..<index])))
    }

    private mutating func skipDigits() {
        while let scalar = peek(), Self.isDigit(scalar) { index += 1 }
    }

    private mutating func word() -> String {
        var text = String.UnicodeScalarView()
        while let scalar = peek(), Self.isLetter(scalar) || Self.isDigit(scalar) {
            text.append(scalar)
            index += 1
        }
        return String(text).lowercased()
    }

    private mutating func symbol(_ first: Unicode.Scalar) throws(LexicalRefusal) -> String {
        if first == "(" || first == ")" || first == "," {
            index += 1
            return String(first)
        }
        var end = index
        while end < scalars.count, Self.operatorScalars.contains(scalars[end]) { end += 1 }
        guard end > index else {
            throw LexicalRefusal(
                position: index + 1, message: "'\(first)' is not allowed" + ExpressionSlips.advice(on: first))
        }
        let text = String(String.UnicodeScalarView(scalars[index..<end]))
        for comment in ["--", "/*"] where Self.contains(text, comment) {
            throw LexicalRefusal(position: index + 1, message: "comments are not allowed")
        }
        // PostgreSQL reads `<-1` as `<` and `-1`: signs at the end of a run stand for themselves.
        if ExpressionWords.operators.contains(text) {
            index = end
            return text
        }
        var length = text.unicodeScalars.count
        var shorter = text
        while length > 1, let last = shorter.last, last == "-" || last == "+" {
            shorter.removeLast()
            length -= 1
            if ExpressionWords.operators.contains(shorter) {
                index += length
                return shorter
            }
        }
        throw LexicalRefusal(
            position: index + 1,
            message: "the operator '\(text)' is not allowed" + ExpressionSlips.advice(onOperator: text))
    }

    private static let operatorScalars: Set<Unicode.Scalar> = [
        "+", "-", "*", "/", "%", "=", "<", ">", "!", "|",
    ]

    private static func contains(_ text: String, _ pair: String) -> Bool {
        let characters = Array(text)
        return characters.indices.dropLast().contains { String(characters[$0...($0 + 1)]) == pair }
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar >= "0" && scalar <= "9"
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        (scalar >= "a" && scalar <= "z") || (scalar >= "A" && scalar <= "Z") || scalar == "_"
    }
}
