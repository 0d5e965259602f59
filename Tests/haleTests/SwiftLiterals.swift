/// The string literals and the comments of a Swift source, as far as it takes to find what is said in them.
struct SwiftLiterals {
    /// A piece of text and where it stands; literals that are joined by `+` are one.
    struct Piece {
        private(set) var bytes: [UInt8] = []
        private(set) var lines: [Int] = []

        var text: String { String(decoding: bytes, as: UTF8.self) }

        mutating func append(_ byte: UInt8, line: Int) {
            bytes.append(byte)
            lines.append(line)
        }

        /// The line on which the byte at an offset stands.
        func line(at offset: Int) -> Int { lines[offset] }
    }

    private(set) var literals: [Piece] = []
    private(set) var comments: [Piece] = []

    private let bytes: [UInt8]
    private var position = 0
    private var line = 1

    /// Stands for what a literal interpolates.
    static let value = "VALUE"

    init(_ source: String) {
        bytes = Array(source.utf8)
        while position < bytes.count {
            if isNext("//") {
                readComment()
            } else if isNext("\"") {
                literals.append(readLiterals())
            } else {
                advance()
            }
        }
    }

    private func isNext(_ text: StaticString, after offset: Int = 0) -> Bool {
        let start = position + offset
        guard start + text.utf8CodeUnitCount <= bytes.count else { return false }
        return bytes[start..<start + text.utf8CodeUnitCount].elementsEqual("\(text)".utf8)
    }

    private mutating func advance(_ count: Int = 1) {
        for _ in 0..<count where position < bytes.count {
            if bytes[position] == UInt8(ascii: "\n") { line += 1 }
            position += 1
        }
    }

    private mutating func readComment() {
        var piece = Piece()
        while position < bytes.count, bytes[position] != UInt8(ascii: "\n") {
            piece.append(bytes[position], line: line)
            advance()
        }
        comments.append(piece)
    }

    /// A literal, and those that `+` joins to it.
    private mutating func readLiterals() -> Piece {
        var piece = Piece()
        repeat { readLiteral(into: &piece) } while skipPlus()
        return piece
    }

    private mutating func readLiteral(into piece: inout Piece) {
        let isLong = isNext("\"\"\"")
        advance(isLong ? 3 : 1)
        while position < bytes.count {
            if isLong ? isNext("\"\"\"") : isNext("\"") {
                advance(isLong ? 3 : 1)
                return
            }
            // A literal of one line that does not end was none.
            if !isLong, isNext("\n") { return }
            if isNext("\\(") {
                let start = line
                readInterpolation()
                for byte in Self.value.utf8 { piece.append(byte, line: start) }
            } else if isNext("\\") {
                advance()
                piece.append(isNext("n") ? UInt8(ascii: "\n") : bytes[min(position, bytes.count - 1)], line: line)
                advance()
            } else {
                piece.append(bytes[position], line: line)
                advance()
            }
        }
    }

    /// What is interpolated may hold literals of its own.
    private mutating func readInterpolation() {
        advance(2)
        var depth = 1
        while position < bytes.count, depth > 0 {
            if isNext("\"") {
                literals.append(readLiterals())
                continue
            }
            if isNext("(") { depth += 1 }
            if isNext(")") { depth -= 1 }
            advance()
        }
    }

    /// Goes on to the next literal where only `+` stands before it.
    private mutating func skipPlus() -> Bool {
        var next = position
        func skipBlanks() { while next < bytes.count, [9, 10, 32].contains(bytes[next]) { next += 1 } }
        skipBlanks()
        guard next < bytes.count, bytes[next] == UInt8(ascii: "+") else { return false }
        next += 1
        skipBlanks()
        guard next < bytes.count, bytes[next] == UInt8(ascii: "\"") else { return false }
        advance(next - position)
        return true
    }
}
