/// The objects of a JSON text as records with a field for each column.
final class JSONRecords {
    let columns: JSONColumns
    /// The object, or the line that is none, that the last call of `next` has thrown.
    private(set) var rejected: Record?
    /// The line, or the number, of the latest object.
    private(set) var lastLine = 0

    private var objects: JSONObjects
    private let stream: TextStream
    private var objectCount = 0

    init(stream: TextStream, columns: JSONColumns) {
        self.stream = stream
        self.columns = columns
        objects = JSONObjects(stream: stream, layout: columns.layout)
    }

    /// The next record; nil at the end.
    func next() throws(ImportProblem) -> Record? {
        rejected = nil
        objectCount += 1
        do throws(ImportProblem) {
            guard let line = try objects.next() else { return nil }
            lastLine = columns.isNumbered ? objectCount : line
            return try record()
        } catch {
            lastLine = max(lastLine, error.line ?? 0)
            if error.scope == .record { rejected = whole(line: error.line ?? 0) }
            throw error
        }
    }

    private func record() throws(ImportProblem) -> Record {
        var texts: [UInt8] = []
        texts.reserveCapacity(objects.range.count)
        var fields = [FieldBounds](
            repeating: FieldBounds(start: 0, end: 0, isQuoted: false), count: columns.names.count)
        var isTaken = [Bool](repeating: false, count: columns.names.count)
        for value in objects.scanner.values {
            let path = objects.scanner.paths[value.path]
            guard let place = columns.place(of: path) else {
                throw ImportProblem(
                    .changedWhileReading, file: stream.fileName, "has changed while it was read; import it again")
            }
            guard !isTaken[place] else {
                throw problem("\(columns.names[place]) stands twice in this object; keep one")
            }
            isTaken[place] = true
            let start = texts.count
            do throws(JSONObjectScanner.Fault) {
                try append(value, to: &texts)
            } catch {
                throw problem("\(columns.names[place]): \(error.message)")
            }
            fields[place] = FieldBounds(start: UInt32(start), end: UInt32(texts.count), isQuoted: false)
        }
        return Record(line: lastLine, buffer: texts, fields: fields, raw: .fields)
    }

    private func append(
        _ value: JSONObjectScanner.Value, to texts: inout [UInt8]
    ) throws(JSONObjectScanner.Fault) {
        switch value.kind {
        case .missing: return
        case .plain, .listOfObjects: texts.append(contentsOf: stream.buffer[value.text])
        case .string(let hasEscapes):
            let text = stream.buffer
            try JSONObjectScanner.append(value.text, of: text.span, hasEscapes: hasEscapes, to: &texts)
        }
    }

    /// What stands in the file where no record could be made of it.
    private func whole(line: Int) -> Record {
        let text = Array(stream.buffer[objects.range])
        return Record(line: line, buffer: text, fields: [], raw: .text(0..<text.count))
    }

    private func problem(_ message: String) -> ImportProblem {
        ImportProblem(.badObject, file: stream.fileName, line: lastLine, message)
    }
}
