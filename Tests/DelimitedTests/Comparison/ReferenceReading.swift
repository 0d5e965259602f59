import Delimited

/// What a CSV text holds, found character by character and as slowly as that takes, and in which respects readers are
/// known to differ over it.
struct ReferenceReading {
    /// A construct that readers treat differently. `ReaderComparisonTests` says how, one test for each.
    enum Peculiarity: Hashable, CaseIterable, Sendable {
        /// The text ends inside quotes.
        case unclosedQuote
        /// Something other than space, separator or line end follows a closing quote.
        case textAfterQuote
        /// A quote stands inside a field that did not begin with one.
        case quoteInsidePlainField
        /// Space stands before an opening quote.
        case spaceBeforeQuote
        /// Space stands behind a closing quote.
        case spaceBehindQuote
        /// A line with nothing on it.
        case blankLine
        /// A record with more or fewer fields than the header.
        case raggedRecord
        /// Lines outside quotes end in more than one way.
        case mixedLineEndings
    }

    /// The records with as many fields as the header, header first, space at the edges of fields left out.
    private(set) var rows: [[String]] = []
    /// The records with another number of fields.
    private(set) var raggedCount = 0
    private(set) var peculiarities: Set<Peculiarity> = []

    private var scalars: [Unicode.Scalar]
    private var position = 0
    private let separator: Unicode.Scalar
    private var lineEndings: Set<String> = []

    init(of text: String, separator: Separator) {
        scalars = Array(text.unicodeScalars)
        self.separator = Unicode.Scalar(separator.rawValue)
        while position < scalars.count, readRecord() {}
        if lineEndings.count > 1 { peculiarities.insert(.mixedLineEndings) }
    }

    /// Space at the edges of a field means nothing to Hale.
    static func trimmed(_ field: String) -> String {
        let space: Set<Unicode.Scalar> = [" ", "\t", "\r", "\n"]
        var view = Substring(field).unicodeScalars
        while let first = view.first, space.contains(first) { view.removeFirst() }
        while let last = view.last, space.contains(last) { view.removeLast() }
        return String(Substring(view))
    }

    /// Reads a record; false where reading has to stop.
    private mutating func readRecord() -> Bool {
        var fields: [String] = []
        let start = position
        while true {
            guard let field = readField() else { return false }
            fields.append(field)
            guard position < scalars.count, scalars[position] == separator else { break }
            position += 1
        }
        let isBlank = fields.count == 1 && scalars[start..<position].allSatisfy { $0 == " " || $0 == "\t" }
        readLineEnd()
        if isBlank {
            peculiarities.insert(.blankLine)
        } else if fields.allSatisfy({ Self.trimmed($0).isEmpty }) {
            // A row of empty cells is no row.
        } else if let first = rows.first, first.count != fields.count {
            peculiarities.insert(.raggedRecord)
            raggedCount += 1
        } else {
            rows.append(fields.map(Self.trimmed))
        }
        return true
    }

    private func isSpace(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" && separator != "\t" }

    private func endsField(_ scalar: Unicode.Scalar) -> Bool {
        scalar == separator || scalar == "\n" || scalar == "\r"
    }

    private mutating func readField() -> String? {
        let start = position
        while position < scalars.count, isSpace(scalars[position]) { position += 1 }
        guard position < scalars.count, scalars[position] == "\"" else {
            var field = String.UnicodeScalarView()
            while position < scalars.count, !endsField(scalars[position]) {
                if scalars[position] == "\"" { peculiarities.insert(.quoteInsidePlainField) }
                field.append(scalars[position])
                position += 1
            }
            return String(field)
        }
        if position > start { peculiarities.insert(.spaceBeforeQuote) }
        return readQuoted()
    }

    private mutating func readQuoted() -> String? {
        var field = String.UnicodeScalarView()
        position += 1
        while true {
            guard position < scalars.count else {
                peculiarities.insert(.unclosedQuote)
                return nil
            }
            let scalar = scalars[position]
            position += 1
            if scalar != "\"" {
                field.append(scalar)
            } else if position < scalars.count, scalars[position] == "\"" {
                field.append("\"")
                position += 1
            } else {
                break
            }
        }
        let closed = position
        while position < scalars.count, isSpace(scalars[position]) { position += 1 }
        if position > closed { peculiarities.insert(.spaceBehindQuote) }
        guard position == scalars.count || endsField(scalars[position]) else {
            peculiarities.insert(.textAfterQuote)
            return nil
        }
        return String(field)
    }

    private mutating func readLineEnd() {
        guard position < scalars.count else { return }
        let isPair = scalars[position] == "\r" && position + 1 < scalars.count && scalars[position + 1] == "\n"
        lineEndings.insert(isPair ? "\r\n" : String(scalars[position]))
        position += isPair ? 2 : 1
    }
}
