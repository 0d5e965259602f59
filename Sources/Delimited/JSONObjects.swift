/// Finds the objects of a JSON text one after another.
///
/// An object that cannot be read is thrown as a problem: of a text with one object a line with the scope `record`, and the
/// next call goes on behind its line; of any other the rest cannot be told apart.
struct JSONObjects {
    /// The values of the latest object.
    private(set) var scanner = JSONObjectScanner()
    /// Where the latest object, or the line that is none, stands in the stream's buffer.
    private(set) var range = 0..<0

    private enum Place {
        case start
        case behindObject
        case end
    }

    let stream: TextStream
    let layout: JSONLayout
    private var place = Place.start
    private var emptyRun = EmptyRun()

    init(stream: TextStream, layout: JSONLayout) {
        self.stream = stream
        self.layout = layout
    }

    /// Reads on to the next object and returns its line; nil at the end.
    mutating func next() throws(ImportProblem) -> Int? {
        switch layout {
        case .lines: try nextLine()
        case .objects: try nextByte() == nil ? nil : object()
        case .list: try nextOfList()
        }
    }

    // MARK: One object a line

    private mutating func nextLine() throws(ImportProblem) -> Int? {
        while true {
            let start = stream.position
            var end = start
            while end < stream.buffer.count, stream.buffer[end] != 0x0A, stream.buffer[end] != 0x0D { end += 1 }
            let next = stream.lineEnd(at: end)
            guard stream.isEnd || next != nil else {
                try checkLength()
                try stream.fill()
                continue
            }
            if end == start, next == nil { return nil }
            let line = stream.line
            stream.position = next ?? end
            stream.line += 1
            let first = (start..<end).first { !Self.isSpace(stream.buffer[$0]) }
            guard let first else {
                try emptyRun.add(stream)
                continue
            }
            emptyRun = EmptyRun()
            range = first..<end
            guard end - start <= stream.limits.recordByteLimit else { throw tooLong(line: line) }
            try scanLine(from: first, to: end, line: line)
            return line
        }
    }

    /// Scans an object. The text is held for that only, so that the stream can go on in place.
    private mutating func scan(to end: Int, from start: Int, isEnd: Bool) -> JSONObjectScanner.Result {
        let text = stream.buffer
        return scanner.scan(text.span.extracting(0..<end), from: start, isEnd: isEnd)
    }

    private mutating func scanLine(from start: Int, to end: Int, line: Int) throws(ImportProblem) {
        switch scan(to: end, from: start, isEnd: true) {
        case .object(let next):
            guard let further = (next..<end).first(where: { !Self.isSpace(stream.buffer[$0]) }) else { return }
            throw problem(.badObject, line, "character \(column(further, start)): something follows the object")
        case .fault(let fault):
            throw problem(.badObject, line, "character \(column(fault.position, start)): \(fault.message)")
        case .incomplete: throw problem(.badObject, line, "the object is not closed")
        }
    }

    // MARK: Objects anywhere

    private mutating func nextOfList() throws(ImportProblem) -> Int? {
        switch place {
        case .end: return nil
        case .start:
            _ = try nextByte()
            stream.position += 1
            if try listByte() == UInt8(ascii: "]") { return try end() }
        case .behindObject:
            switch try listByte() {
            case UInt8(ascii: ","): stream.position += 1
            case UInt8(ascii: "]"): return try end()
            default: throw problem(.badJSON, stream.line, "a comma or ] is needed behind an object of the list")
            }
        }
        _ = try listByte()
        place = .behindObject
        return try object()
    }

    private func listByte() throws(ImportProblem) -> UInt8 {
        guard let byte = try nextByte() else {
            throw problem(.badJSON, stream.line, "the list is not closed; the file ends too early: copy it again")
        }
        return byte
    }

    private mutating func end() throws(ImportProblem) -> Int? {
        stream.position += 1
        place = .end
        guard try nextByte() == nil else { throw problem(.badJSON, stream.line, "something follows the list") }
        return nil
    }

    /// Scans the object here.
    private mutating func object() throws(ImportProblem) -> Int {
        while true {
            switch scan(to: stream.buffer.count, from: stream.position, isEnd: stream.isEnd) {
            case .object(let next):
                let line = stream.line
                range = stream.position..<next
                stream.position = next
                stream.line += lineBreaks(in: range)
                guard range.count <= stream.limits.recordByteLimit else { throw tooLong(line: line) }
                return line
            case .incomplete:
                try checkLength()
                try stream.fill()
            case .fault(let fault):
                let line = stream.line + lineBreaks(in: stream.position..<min(fault.position, stream.buffer.count))
                throw problem(.badJSON, line, fault.message)
            }
        }
    }

    /// The next byte that is no space; nil at the end.
    private func nextByte() throws(ImportProblem) -> UInt8? {
        var emptyRun = EmptyRun()
        while true {
            guard stream.position < stream.buffer.count else {
                if stream.isEnd { return nil }
                try stream.fill()
                continue
            }
            let byte = stream.buffer[stream.position]
            guard Self.isSpace(byte) else { return byte }
            guard byte == 0x0A || byte == 0x0D else {
                stream.position += 1
                continue
            }
            guard let next = stream.lineEnd(at: stream.position) else {
                try stream.fill()
                continue
            }
            stream.position = next
            stream.line += 1
            try emptyRun.add(stream)
        }
    }

    // MARK: Problems

    private func lineBreaks(in range: Range<Int>) -> Int {
        var count = 0
        var isBehindReturn = false
        for index in range {
            let byte = stream.buffer[index]
            if byte == 0x0D || (byte == 0x0A && !isBehindReturn) { count += 1 }
            isBehindReturn = byte == 0x0D
        }
        return count
    }

    private func checkLength() throws(ImportProblem) {
        guard stream.remainingCount <= stream.limits.recordByteLimit else { throw tooLong(line: stream.line) }
    }

    private func tooLong(line: Int) -> ImportProblem {
        problem(
            .recordTooLong, line,
            "an object that starts here is longer than \(stream.limits.recordByteLimit) bytes; a list of objects, or one "
                + "object a line, is needed")
    }

    private func problem(_ code: ImportProblem.Code, _ line: Int, _ message: String) -> ImportProblem {
        ImportProblem(code, file: stream.fileName, line: line, message)
    }

    /// The place of a byte on its line, in characters, counted from 1.
    private func column(_ position: Int, _ start: Int) -> Int {
        String(decoding: stream.buffer[start..<min(position, stream.buffer.count)], as: UTF8.self).count + 1
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }
}
