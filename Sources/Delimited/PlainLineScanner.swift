/// Lines that were taken off the front of a text, one record each.
package struct PlainLines {
    /// Where the first line begins that was not taken.
    package private(set) var end: Int
    /// Its number in the file.
    package private(set) var line: Int
    /// Whether some of the lines end with a line feed alone.
    package private(set) var hasLineFeeds = false
    /// Whether some end with a carriage return and a line feed.
    package private(set) var hasPairs = false

    package init(end: Int, line: Int) {
        self.end = end
        self.line = line
    }

    /// Takes one more.
    package mutating func take(upTo next: Int, endsWithPair: Bool) {
        end = next
        line += 1
        if endsWithPair { hasPairs = true } else { hasLineFeeds = true }
    }
}

/// Takes apart the lines that most files consist of: as many fields as the header has, nothing quoted, no stray space, some
/// value, whole up to their line feed. Any other line is left to `RecordScanner`; both cut these lines alike.
package struct PlainLineScanner {
    /// Where the fields that are wanted begin and end, in the order they were asked for.
    package private(set) var starts: [Int]
    /// Where they end.
    package private(set) var ends: [Int]
    /// Whether the latest line ends with a carriage return and a line feed.
    package private(set) var endsWithPair = false

    private let separator: UInt8
    private let byteLimit: Int
    /// For each column of the file its place among the wanted ones; -1 for the others.
    private let places: [Int]

    /// A scanner for the wanted columns of a file. Nil where it could not be told from a blank line what a line is, or where
    /// a column is wanted twice.
    package init?(separator: Separator, columnCount: Int, wanted: [Int], byteLimit: Int) {
        guard columnCount > 1, Set(wanted).count == wanted.count else { return nil }
        self.separator = separator.rawValue
        self.byteLimit = byteLimit
        var places = [Int](repeating: -1, count: columnCount)
        for (place, column) in wanted.enumerated() { places[column] = place }
        self.places = places
        starts = [Int](repeating: 0, count: wanted.count)
        ends = starts
    }

    /// The start of the line behind the one at `start`, whose fields are known then; nil when that one is not plain.
    package mutating func scan(_ bytes: Span<UInt8>, from start: Int) -> Int? {
        var column = 0
        var fieldStart = start
        var position = start
        let count = bytes.count
        while position < count {
            let byte = bytes[position]
            // Everything that could end the field lies below letters and digits, but for some separators.
            if byte > 0x2C, byte != separator {
                position += 1
                continue
            }
            if byte == separator {
                guard column + 1 < places.count, note(bytes, column, fieldStart, position) else { return nil }
                column += 1
                position += 1
                fieldStart = position
            } else if byte == 0x0A {
                endsWithPair = position > fieldStart && bytes[position - 1] == 0x0D
                guard column + 1 == places.count, position - start <= byteLimit, hasValue(bytes, start, position),
                    note(bytes, column, fieldStart, endsWithPair ? position - 1 : position)
                else { return nil }
                return position + 1
            } else {
                if byte == 0x22 || byte == 0 { return nil }
                if byte == 0x0D, position + 1 == count || bytes[position + 1] != 0x0A { return nil }
                position += 1
            }
        }
        return nil
    }

    /// Whether a value is on a line for sure; a row of empty cells has none. Most lines show it with their first byte.
    private func hasValue(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        for index in start..<end {
            let byte = bytes[index]
            if byte != separator, byte > 0x20 { return byte < 0x80 }
        }
        return false
    }

    /// Keeps a field's place; false where its text would have to be trimmed.
    private mutating func note(_ bytes: Span<UInt8>, _ column: Int, _ start: Int, _ end: Int) -> Bool {
        let place = places[column]
        guard place >= 0 else { return true }
        if start < end, bytes[start] <= 0x20 || bytes[end - 1] <= 0x20 { return false }
        starts[place] = start
        ends[place] = end
        return true
    }
}
