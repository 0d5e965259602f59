/// One record of a file: its line and its fields, decoded only when asked for.
///
/// A record shares the reader's buffer, so it costs nothing to make, but it keeps up to a buffer of memory alive: keep
/// its texts, not the record.
public struct Record: Sendable {
    /// The line of the file where the record starts, counted from 1.
    public let line: Int

    private let buffer: [UInt8]
    private let fields: [FieldBounds]
    private let rawRange: Range<Int>

    init(line: Int, buffer: [UInt8], fields: [FieldBounds], rawRange: Range<Int>) {
        self.line = line
        self.buffer = buffer
        self.fields = fields
        self.rawRange = rawRange
    }

    /// The number of fields.
    public var count: Int { fields.count }

    /// Whether a field is empty, quoted or not, or is not there.
    public func isMissing(_ index: Int) -> Bool {
        guard fields.indices.contains(index) else { return true }
        return fields[index].start == fields[index].end
    }

    /// The text of a field without surrounding space; nil when it is empty.
    public subscript(index: Int) -> String? {
        isMissing(index) ? nil : String(decoding: utf8(index), as: UTF8.self)
    }

    /// The text of a field as UTF-8 without surrounding space; empty when it is missing.
    public func utf8(_ index: Int) -> ArraySlice<UInt8> {
        guard !isMissing(index) else { return [] }
        let field = fields[index]
        let slice = buffer[Int(field.start)..<Int(field.end)]
        return field.isQuoted && slice.contains(0x22) ? Self.unquoted(slice) : slice
    }

    /// The texts of all fields.
    public var texts: [String?] { (0..<count).map { self[$0] } }

    /// The record as it stands in the file, decoded, without its line ending.
    public var rawText: String { String(decoding: buffer[rawRange], as: UTF8.self) }

    private static func unquoted(_ slice: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var result: [UInt8] = []
        result.reserveCapacity(slice.count)
        var isSecond = false
        for byte in slice {
            if byte == 0x22, !isSecond {
                isSecond = true
                continue
            }
            isSecond = false
            result.append(byte)
        }
        return result[...]
    }
}
