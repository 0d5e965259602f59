/// Takes the next JSON object of a text apart, without state: where the piece is too short it is scanned again.
///
/// What it finds are texts under paths: `{"a": {"b": "x"}}` has the text `x` under `a.b`. A list is a text as it stands in
/// the file, an empty one no text at all.
struct JSONObjectScanner {
    /// What stands at the start of a piece of text.
    enum Result: Equatable {
        case object(next: Int)
        /// The piece ends inside the object.
        case incomplete
        case fault(Fault)
    }

    /// What is wrong with an object.
    struct Fault: Error, Equatable {
        /// Where, in the piece.
        let position: Int
        let message: String
    }

    /// A value that is not an object.
    struct Value {
        enum Kind {
            /// Null or an empty list.
            case missing
            /// A number, true, false or a list, as it stands in the file.
            case plain
            /// A text in quotes, without them, and whether something in it is escaped.
            case string(hasEscapes: Bool)
            /// A list whose first entry is an object.
            case listOfObjects
        }

        let path: Range<Int>
        let text: Range<Int>
        let kind: Kind
    }

    /// The values of the latest object.
    private(set) var values: [Value] = []
    /// The paths of the values, one behind the other.
    private(set) var paths: [UInt8] = []

    private enum Stop: Error {
        case incomplete
        case fault(Fault)
    }

    private var position = 0
    private var path: [UInt8] = []
    private var isEnd = false

    /// Scans one object from `start`; `isEnd` says that nothing follows the bytes.
    package mutating func scan(_ bytes: Span<UInt8>, from start: Int, isEnd: Bool) -> Result {
        values.removeAll(keepingCapacity: true)
        paths.removeAll(keepingCapacity: true)
        path.removeAll(keepingCapacity: true)
        position = start
        self.isEnd = isEnd
        do throws(Stop) {
            guard try byte(bytes) == UInt8(ascii: "{") else { throw fault("an object in { } is needed here") }
            try object(bytes, depth: 1)
            return .object(next: position)
        } catch {
            switch error {
            case .incomplete: return .incomplete
            case .fault(let fault): return .fault(fault)
            }
        }
    }

    // MARK: Values

    private mutating func object(_ bytes: Span<UInt8>, depth: Int) throws(Stop) {
        position += 1
        guard try significant(bytes) != UInt8(ascii: "}") else {
            position += 1
            return
        }
        while true {
            guard try significant(bytes) == UInt8(ascii: "\"") else { throw fault("a name in quotes is needed here") }
            let length = path.count
            if depth > 1 { path.append(UInt8(ascii: ".")) }
            let (name, hasEscapes) = try string(bytes)
            try append(name, of: bytes, hasEscapes: hasEscapes)
            guard try significant(bytes) == UInt8(ascii: ":") else {
                throw fault("a colon is needed behind the name of a value")
            }
            position += 1
            try member(bytes, first: significant(bytes), depth: depth)
            path.removeLast(path.count - length)
            let next = try significant(bytes)
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "}") else {
                throw fault("a comma or } is needed behind a value")
            }
            position += 1
            if next == UInt8(ascii: "}") { return }
        }
    }

    private mutating func member(_ bytes: Span<UInt8>, first: UInt8, depth: Int) throws(Stop) {
        let start = position
        switch first {
        case UInt8(ascii: "{"):
            try checkDepth(depth)
            try object(bytes, depth: depth + 1)
        case UInt8(ascii: "["):
            let entry = try list(bytes, depth: depth + 1)
            add(start..<position, entry == nil ? .missing : entry == UInt8(ascii: "{") ? .listOfObjects : .plain)
        case UInt8(ascii: "\""):
            let (text, hasEscapes) = try string(bytes)
            add(text, .string(hasEscapes: hasEscapes))
        default:
            try scalar(bytes, first)
            add(start..<position, first == UInt8(ascii: "n") ? .missing : .plain)
        }
    }

    private mutating func add(_ text: Range<Int>, _ kind: Value.Kind) {
        let start = paths.count
        paths.append(contentsOf: path)
        values.append(Value(path: start..<paths.count, text: text, kind: kind))
    }

    /// Reads a list over; its first entry's first character, nil where it is empty.
    private mutating func list(_ bytes: Span<UInt8>, depth: Int) throws(Stop) -> UInt8? {
        try checkDepth(depth)
        position += 1
        let first = try significant(bytes)
        guard first != UInt8(ascii: "]") else {
            position += 1
            return nil
        }
        while true {
            try skip(bytes, first: significant(bytes), depth: depth)
            let next = try significant(bytes)
            guard next == UInt8(ascii: ",") || next == UInt8(ascii: "]") else {
                throw fault("a comma or ] is needed behind an entry of a list")
            }
            position += 1
            if next == UInt8(ascii: "]") { return first }
        }
    }

    /// Reads any value in a list over.
    private mutating func skip(_ bytes: Span<UInt8>, first: UInt8, depth: Int) throws(Stop) {
        switch first {
        case UInt8(ascii: "["): _ = try list(bytes, depth: depth + 1)
        case UInt8(ascii: "\""): _ = try string(bytes)
        case UInt8(ascii: "{"):
            try checkDepth(depth)
            // The names and values of an object in a list are no columns.
            let (keptValues, keptPaths, keptPath) = (values.count, paths.count, path)
            path.removeAll(keepingCapacity: true)
            try object(bytes, depth: depth + 1)
            values.removeLast(values.count - keptValues)
            paths.removeLast(paths.count - keptPaths)
            path = keptPath
        default: try scalar(bytes, first)
        }
    }

    private func checkDepth(_ depth: Int) throws(Stop) {
        guard depth < ReadingLimits.nestingLimit else {
            throw fault("objects and lists are nested deeper than \(ReadingLimits.nestingLimit)")
        }
    }

    // MARK: Tokens

    /// The byte here.
    private func byte(_ bytes: Span<UInt8>) throws(Stop) -> UInt8 {
        guard position < bytes.count else {
            if isEnd { throw fault("the object is not closed") }
            throw .incomplete
        }
        return bytes[position]
    }

    /// The next byte that is no space.
    private mutating func significant(_ bytes: Span<UInt8>) throws(Stop) -> UInt8 {
        while true {
            let byte = try byte(bytes)
            guard Self.isSpace(byte) else { return byte }
            position += 1
        }
    }

    /// Reads a text in quotes; the bytes between them.
    private mutating func string(_ bytes: Span<UInt8>) throws(Stop) -> (text: Range<Int>, hasEscapes: Bool) {
        position += 1
        let start = position
        var hasEscapes = false
        while true {
            let byte = try byte(bytes)
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                return (start..<position - 1, hasEscapes)
            case UInt8(ascii: "\\"):
                hasEscapes = true
                position += 1
                let escape = try self.byte(bytes)
                guard escape == UInt8(ascii: "u") || Self.escapes[escape] != nil else {
                    throw fault("a backslash stands before a character that is not escaped so")
                }
                position += 1
                if escape == UInt8(ascii: "u") { try digits(bytes) }
            case 0..<0x20: throw fault("a text in quotes is not closed on its line, or has a control character in it")
            default: position += 1
            }
        }
    }

    /// Reads the four digits of a character's number.
    private mutating func digits(_ bytes: Span<UInt8>) throws(Stop) {
        for _ in 0..<4 {
            guard Character(Unicode.Scalar(try byte(bytes))).isHexDigit else {
                throw fault("\\u needs four digits from 0 to F behind it")
            }
            position += 1
        }
    }

    /// Reads a number, true, false or null.
    private mutating func scalar(_ bytes: Span<UInt8>, _ first: UInt8) throws(Stop) {
        let start = position
        while true {
            let byte = try byte(bytes)
            guard !Self.isSpace(byte), byte != UInt8(ascii: ","), byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]")
            else { break }
            position += 1
            // No number or word is as long; an open end is not searched for.
            guard position - start <= Self.scalarByteLimit else { break }
        }
        let text = Self.copy(bytes, start..<position)
        guard Self.words.contains(text) || Self.isNumber(text) else {
            position = start
            throw fault("neither a text in quotes, a number, true, false, null, an object nor a list")
        }
    }

    private static let scalarByteLimit = 400
    private static let words: [[UInt8]] = ["true", "false", "null"].map { Array($0.utf8) }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func copy(_ bytes: Span<UInt8>, _ range: Range<Int>) -> [UInt8] {
        var copy: [UInt8] = []
        copy.reserveCapacity(range.count)
        for index in range { copy.append(bytes[index]) }
        return copy
    }

    private static func isNumber(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        func digits() -> Int {
            let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        let hasZero = rest.first == UInt8(ascii: "0")
        let wholeCount = digits()
        guard wholeCount > 0, !hasZero || wholeCount == 1 else { return false }
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            guard digits() > 0 else { return false }
        }
        if let power = rest.first, power | 0x20 == UInt8(ascii: "e") {
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    private func fault(_ message: String) -> Stop { .fault(Fault(position: position, message: message)) }

    private mutating func append(_ name: Range<Int>, of bytes: Span<UInt8>, hasEscapes: Bool) throws(Stop) {
        do throws(Fault) {
            try Self.append(name, of: bytes, hasEscapes: hasEscapes, to: &path)
        } catch {
            throw .fault(error)
        }
    }
}

extension JSONObjectScanner {
    /// Appends a text in quotes with what is escaped in it put in its place.
    static func append(
        _ text: Range<Int>, of bytes: Span<UInt8>, hasEscapes: Bool, to target: inout [UInt8]
    ) throws(Fault) {
        var position = text.lowerBound
        while position < text.upperBound {
            let byte = bytes[position]
            guard hasEscapes, byte == UInt8(ascii: "\\") else {
                target.append(byte)
                position += 1
                continue
            }
            let escape = bytes[position + 1]
            if escape == UInt8(ascii: "u") {
                let (scalar, next) = try scalar(bytes, at: position, end: text.upperBound)
                target.append(contentsOf: Array(String(Character(scalar)).utf8))
                position = next
            } else {
                // The scan has let no other through.
                target.append(escapes[escape] ?? escape)
                position += 2
            }
        }
    }

    private static let escapes: [UInt8: UInt8] = [
        UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
        UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
    ]

    /// The character that `\uXXXX`, or two of them, stand for, and where the text goes on.
    private static func scalar(
        _ bytes: Span<UInt8>, at position: Int, end: Int
    ) throws(Fault) -> (scalar: Unicode.Scalar, next: Int) {
        guard let unit = unit(bytes, at: position, end: end) else {
            throw Fault(position: position, message: "\\u needs four digits from 0 to F behind it")
        }
        guard unit != 0 else { throw Fault(position: position, message: "a NUL character, which no value can have") }
        if let scalar = Unicode.Scalar(unit) { return (scalar, position + 6) }
        guard unit < 0xDC00, let low = self.unit(bytes, at: position + 6, end: end), low >= 0xDC00, low <= 0xDFFF,
            let scalar = Unicode.Scalar(0x10000 + ((unit - 0xD800) << 10 | (low - 0xDC00)))
        else { throw Fault(position: position, message: "\\u names half a character") }
        return (scalar, position + 12)
    }

    private static func unit(_ bytes: Span<UInt8>, at position: Int, end: Int) -> UInt32? {
        guard position + 6 <= end, bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else {
            return nil
        }
        var value: UInt32 = 0
        for index in position + 2..<position + 6 {
            guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
