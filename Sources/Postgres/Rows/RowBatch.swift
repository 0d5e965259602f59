/// Rows that arrived together: the bytes of all their fields in one buffer.
struct RowBatch: Sendable {
    /// Where one field's bytes are; a negative length is null.
    struct Field: Sendable {
        let offset: Int
        let length: Int32
    }

    /// The immutable bytes that a batch and its rows share.
    final class Storage: Sendable {
        let layout: RowLayout
        let bytes: [UInt8]
        let fields: [Field]

        init(layout: RowLayout, bytes: [UInt8], fields: [Field]) {
            self.layout = layout
            self.bytes = bytes
            self.fields = fields
        }
    }

    let storage: Storage
    let count: Int

    init(layout: RowLayout, bytes: [UInt8], fields: [Field], count: Int) {
        storage = Storage(layout: layout, bytes: bytes, fields: fields)
        self.count = count
    }

    subscript(index: Int) -> Row { Row(storage: storage, index: index) }

    var rows: [Row] { (0..<count).map { self[$0] } }
}

/// Collects the fields of a batch.
struct RowBatchBuilder {
    let layout: RowLayout
    private(set) var bytes: [UInt8] = []
    private(set) var fields: [RowBatch.Field] = []
    private(set) var count = 0

    init(layout: RowLayout) {
        self.layout = layout
    }

    mutating func reserve(rowCount: Int, byteCount: Int) {
        fields.reserveCapacity(rowCount * layout.names.count)
        bytes.reserveCapacity(byteCount)
    }

    mutating func appendNull() {
        fields.append(RowBatch.Field(offset: bytes.count, length: -1))
    }

    mutating func append(_ value: UnsafeRawBufferPointer) {
        // The caller keeps the pointer alive during the call; the bytes are copied.
        fields.append(RowBatch.Field(offset: bytes.count, length: Int32(value.count)))
        unsafe bytes.append(contentsOf: value)
    }

    mutating func endRow() {
        count += 1
    }

    consuming func finish() -> RowBatch {
        RowBatch(layout: layout, bytes: bytes, fields: fields, count: count)
    }
}
