/// All rows of a result in one buffer, read by column: names and types are checked once, before the loop over the rows.
package struct RowTable: Sendable {
    let batch: RowBatch

    /// Number of rows.
    package var count: Int { batch.count }

    /// A column of `int2`, `int4` or `int8`; throws a `decoding` error where there is none of that name and type.
    package func integers(_ column: String) throws(PostgresError) -> IntegerColumn {
        IntegerColumn(cells: try cells(column, [.int2, .int4, .int8]))
    }

    /// A column of `float8`.
    package func doubles(_ column: String) throws(PostgresError) -> DoubleColumn {
        DoubleColumn(cells: try cells(column, [.float8]))
    }

    /// A column of `bool`.
    package func booleans(_ column: String) throws(PostgresError) -> BooleanColumn {
        BooleanColumn(cells: try cells(column, [.bool]))
    }

    /// A column of `date`.
    package func dates(_ column: String) throws(PostgresError) -> DateColumn {
        DateColumn(cells: try cells(column, [.date]))
    }

    /// A column of `text`.
    package func texts(_ column: String) throws(PostgresError) -> TextColumn {
        TextColumn(cells: try cells(column, [.text, .varchar, .name]))
    }

    /// A column of words of a closed list, by row; nil for null. Throws a `decoding` error where it has another word.
    package func words<Word: PostgresWord>(
        _ column: String, as type: Word.Type = Word.self
    ) throws(PostgresError) -> [Word?] {
        let texts = try texts(column)
        var words: [Word?] = []
        words.reserveCapacity(count)
        for row in 0..<count {
            do throws(PostgresError) {
                words.append(try texts[row].map(Word.word))
            } catch {
                throw batch.storage.layout.unreadable(column, as: type, error)
            }
        }
        return words
    }

    /// A column of `bytea`.
    package func bytes(_ column: String) throws(PostgresError) -> BytesColumn {
        BytesColumn(cells: try cells(column, [.bytea]))
    }

    /// A column of `int4[]` or `int8[]`.
    package func integerArrays(_ column: String) throws(PostgresError) -> IntegerArrayColumn {
        IntegerArrayColumn(cells: try cells(column, [.int4Array, .int8Array]))
    }

    /// A column of `float8[]`.
    package func doubleArrays(_ column: String) throws(PostgresError) -> DoubleArrayColumn {
        DoubleArrayColumn(cells: try cells(column, [.float8Array]))
    }

    private func cells(_ column: String, _ types: [PostgresType]) throws(PostgresError) -> ColumnCells {
        let layout = batch.storage.layout
        let index = try layout.index(of: column)
        guard types.contains(layout.types[index]) else {
            throw layout.failure(
                column,
                "column \"\(column)\" is \(layout.types[index]) where \(types.map(\.description).joined(separator: " or ")) "
                    + "was wanted")
        }
        return ColumnCells(storage: batch.storage, index: index, width: layout.names.count)
    }
}

/// Where the values of one column are in the buffer of all rows.
struct ColumnCells: Sendable {
    let storage: RowBatch.Storage
    let index: Int
    let width: Int

    /// The field of a row; nil for null.
    @inline(__always)
    func field(_ row: Int) -> RowBatch.Field? {
        let field = storage.fields[row * width + index]
        return field.length < 0 ? nil : field
    }

    /// The integer of some bytes at an offset.
    @inline(__always)
    func load<Integer: FixedWidthInteger & BitwiseCopyable>(_ offset: Int, as type: Integer.Type) -> Integer {
        let stored = storage.bytes
        let span = stored.span
        // Bytes have no padding that could be read uninitialised, and the load checks the bounds.
        return unsafe span.bytes.integer(at: offset, as: type)
    }

    /// The integer of a field of two, four or eight bytes.
    @inline(__always)
    func integer(_ field: RowBatch.Field) -> Int {
        switch field.length {
        case 2: Int(load(field.offset, as: Int16.self))
        case 4: Int(load(field.offset, as: Int32.self))
        default: Int(load(field.offset, as: Int64.self))
        }
    }

    /// Calls `body` with the place of each element of a one-dimensional array; null elements have length -1.
    @inline(__always)
    func forEachElement(_ field: RowBatch.Field, _ body: (RowBatch.Field) -> Void) {
        guard field.length >= 20, load(field.offset, as: Int32.self) == 1 else { return }
        var offset = field.offset + 20
        for _ in 0..<load(field.offset + 12, as: Int32.self) {
            let length = load(offset, as: Int32.self)
            body(RowBatch.Field(offset: offset + 4, length: length))
            offset += 4 + Int(max(length, 0))
        }
    }
}

/// The values of a column of integers.
package struct IntegerColumn: Sendable {
    let cells: ColumnCells

    /// The value of a row; nil for null.
    package subscript(row: Int) -> Int? { cells.field(row).map { cells.integer($0) } }
}

/// The values of a column of numbers.
package struct DoubleColumn: Sendable {
    let cells: ColumnCells

    /// The value of a row; nil for null.
    package subscript(row: Int) -> Double? {
        cells.field(row).map { Double(bitPattern: cells.load($0.offset, as: UInt64.self)) }
    }
}

/// The values of a column of truth values.
package struct BooleanColumn: Sendable {
    let cells: ColumnCells

    /// The value of a row; nil for null.
    package subscript(row: Int) -> Bool? { cells.field(row).map { cells.load($0.offset, as: UInt8.self) != 0 } }
}

/// The values of a column of dates.
package struct DateColumn: Sendable {
    let cells: ColumnCells

    /// The days since 2000-01-01 of a row; nil for null.
    package subscript(row: Int) -> Int32? { cells.field(row).map { cells.load($0.offset, as: Int32.self) } }
}

/// The values of a column of text.
package struct TextColumn: Sendable {
    let cells: ColumnCells

    /// The value of a row; nil for null.
    package subscript(row: Int) -> String? {
        cells.field(row).map { field in
            String(decoding: cells.storage.bytes[field.offset..<field.offset + Int(field.length)], as: UTF8.self)
        }
    }
}

/// The values of a column of bytes.
package struct BytesColumn: Sendable {
    let cells: ColumnCells

    /// Calls `body` with each pair of a big-endian 8-byte integer and 4-byte word that a row's bytes consist of.
    package func forEachPair(_ row: Int, _ body: (Int64, UInt32) -> Void) {
        guard let field = cells.field(row) else { return }
        let end = field.offset + Int(field.length)
        var offset = field.offset
        while offset + 12 <= end {
            body(cells.load(offset, as: Int64.self), cells.load(offset + 8, as: UInt32.self))
            offset += 12
        }
    }
}

/// The values of a column of arrays of integers.
package struct IntegerArrayColumn: Sendable {
    let cells: ColumnCells

    /// The elements of a row, null ones as 0; nil for null.
    package subscript(row: Int) -> [Int]? {
        cells.field(row).map { field in
            var elements: [Int] = []
            elements.reserveCapacity(Int(field.length) / 8)
            cells.forEachElement(field) { elements.append($0.length < 0 ? 0 : cells.integer($0)) }
            return elements
        }
    }
}

extension IntegerArrayColumn {
    /// The sum of some elements of a row, counted from 0; those there are none of, and null ones, count as 0. A sum that
    /// is too large is the largest number.
    package func sum(_ row: Int, over range: Range<Int>) -> Int {
        guard let field = cells.field(row) else { return 0 }
        var (sum, position) = (0, 0)
        cells.forEachElement(field) { element in
            defer { position += 1 }
            guard element.length >= 0, range.contains(position) else { return }
            let (next, isOver) = sum.addingReportingOverflow(cells.integer(element))
            sum = isOver ? .max : next
        }
        return sum
    }
}

/// The values of a column of arrays of numbers.
package struct DoubleArrayColumn: Sendable {
    let cells: ColumnCells

    /// The elements of a row, null ones as nil; nil for null.
    package subscript(row: Int) -> [Double?]? {
        cells.field(row).map { field in
            var elements: [Double?] = []
            elements.reserveCapacity(Int(field.length) / 12)
            cells.forEachElement(field) { element in
                elements.append(
                    element.length < 0 ? nil : Double(bitPattern: cells.load(element.offset, as: UInt64.self)))
            }
            return elements
        }
    }
}
