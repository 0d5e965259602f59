/// Cuts the data of a `COPY … TO STDOUT (format binary)` into rows.
///
/// The format is a header (signature, flags, length of an extension), then per row the number of fields and each field
/// after its length, -1 for null; a row of -1 fields ends the data.
struct BinaryCopyParser {
    private enum Stage {
        case header
        case rows
        case ended
    }

    private let layout: RowLayout
    private var stage = Stage.header
    /// The beginning of a row whose end has not arrived.
    private var remainder: [UInt8] = []

    init(layout: RowLayout) {
        self.layout = layout
    }

    /// The rows that are complete with this chunk.
    mutating func parse(_ chunk: [UInt8]) throws(PostgresError) -> RowBatch {
        let bytes = remainder.isEmpty ? chunk : remainder + chunk
        var fields: [RowBatch.Field] = []
        var count = 0
        var offset = 0
        if stage == .header {
            guard let end = try headerEnd(bytes) else {
                remainder = bytes
                return RowBatch(layout: layout, bytes: [], fields: [], count: 0)
            }
            offset = end
            stage = .rows
        }
        while stage == .rows, let end = try appendRow(of: bytes, from: offset, to: &fields) {
            if stage == .rows { count += 1 }
            offset = end
        }
        guard stage == .rows || offset == bytes.count else { throw failure("there is data behind its end") }
        remainder = Array(bytes[offset...])
        return RowBatch(layout: layout, bytes: bytes, fields: fields, count: count)
    }

    /// Throws unless the data has ended as it should.
    func finish() throws(PostgresError) {
        guard stage == .ended else { throw failure("it is cut short") }
    }

    /// Where the rows begin, nil while the header is not complete.
    private func headerEnd(_ bytes: [UInt8]) throws(PostgresError) -> Int? {
        let fixedCount = BinaryCopyBuffer.signature.count + 8
        guard bytes.count >= fixedCount else { return nil }
        guard bytes.starts(with: BinaryCopyBuffer.signature) else { throw failure("it has no signature") }
        // Bytes have no padding that could be read uninitialised.
        let extensionCount = Int(unsafe bytes.span.bytes.integer(at: fixedCount - 4, as: Int32.self))
        guard extensionCount >= 0 else { throw failure("its header is malformed") }
        return bytes.count >= fixedCount + extensionCount ? fixedCount + extensionCount : nil
    }

    /// Appends one row's fields and returns where it ends, nil while it is not complete.
    private mutating func appendRow(
        of bytes: [UInt8], from start: Int, to fields: inout [RowBatch.Field]
    ) throws(PostgresError) -> Int? {
        // Bytes have no padding that could be read uninitialised.
        let span = unsafe bytes.span.bytes
        guard bytes.count >= start + 2 else { return nil }
        let fieldCount = span.integer(at: start, as: Int16.self)
        if fieldCount == -1 {
            stage = .ended
            return start + 2
        }
        guard Int(fieldCount) == layout.names.count else {
            throw failure("a row has \(fieldCount) fields where \(layout.names.count) columns were named")
        }
        let fieldsBefore = fields.count
        var offset = start + 2
        for _ in 0..<Int(fieldCount) {
            guard bytes.count >= offset + 4 else { break }
            let length = span.integer(at: offset, as: Int32.self)
            offset += 4
            guard length >= -1 else { throw failure("a field has a negative length") }
            guard bytes.count >= offset + Int(max(length, 0)) else { break }
            fields.append(RowBatch.Field(offset: offset, length: length))
            offset += Int(max(length, 0))
        }
        guard fields.count - fieldsBefore == Int(fieldCount) else {
            fields.removeLast(fields.count - fieldsBefore)
            return nil
        }
        return offset
    }

    private func failure(_ reason: String) -> PostgresError {
        PostgresError(
            kind: .copy, message: "the binary COPY cannot be read: \(reason)", statementName: layout.statementName)
    }
}
