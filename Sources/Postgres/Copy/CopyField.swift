/// A value of fixed width in a row of a binary COPY.
package enum CopyField: Sendable, Hashable {
    /// No value.
    case null
    /// An `integer` or a `date`.
    case int4(Int32)
    /// A `bigint`, or a `timestamptz` in microseconds since 2000-01-01.
    case int8(Int64)

    /// The bytes of the longest one with its length.
    static let maximumByteCount = 12
}

extension BinaryCopyBuffer {
    /// Appends a whole row of values of fixed width: what files of millions of rows are written with.
    package mutating func appendRow(_ fields: [CopyField]) {
        appendRow(fields, count: fields.count, extending: 0)
    }

    /// Begins a row with the first `count` of some values; so many values more must be appended next.
    package mutating func appendRow(_ fields: [CopyField], count: Int, extending furtherCount: Int) {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: 2 + count * CopyField.maximumByteCount))
        var target = bytes.mutableSpan
        // Bytes have no padding that could be read uninitialised.
        var raw = unsafe target.mutableBytes
        raw.storeBytes(of: Int16(count + furtherCount).bigEndian, toByteOffset: start, as: Int16.self)
        var offset = start + 2
        for index in 0..<count {
            switch fields[index] {
            case .null:
                raw.storeBytes(of: Int32(-1), toByteOffset: offset, as: Int32.self)
                offset += 4
            case .int4(let value):
                raw.storeBytes(of: Int32(4).bigEndian, toByteOffset: offset, as: Int32.self)
                raw.storeBytes(of: value.bigEndian, toByteOffset: offset + 4, as: Int32.self)
                offset += 8
            case .int8(let value):
                raw.storeBytes(of: Int32(8).bigEndian, toByteOffset: offset, as: Int32.self)
                raw.storeBytes(of: value.bigEndian, toByteOffset: offset + 4, as: Int64.self)
                offset += 12
            }
        }
        bytes.removeLast(bytes.count - offset)
    }

    /// Appends a text given as UTF-8.
    package mutating func append(utf8 text: some Collection<UInt8>) {
        bytes.appendInteger(Int32(text.count))
        bytes.append(contentsOf: text)
    }
}
