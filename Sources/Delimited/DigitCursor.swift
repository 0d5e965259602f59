/// A place in a text from which numbers and marks are read.
struct DigitCursor {
    var position: Int

    /// Reads the digits here, at least one and at most `limit`; nil when there are none or more.
    package mutating func number(_ bytes: Span<UInt8>, upTo limit: Int) -> (value: Int, digitCount: Int)? {
        let start = position
        var value = 0
        while position < bytes.count, bytes[position] >= 0x30, bytes[position] <= 0x39 {
            guard position - start < limit else { return nil }
            value = value * 10 + Int(bytes[position] - 0x30)
            position += 1
        }
        return position > start ? (value, position - start) : nil
    }

    /// Reads a byte that is accepted; nil when another one stands here.
    mutating func mark(_ bytes: Span<UInt8>, where accepts: (UInt8) -> Bool) -> UInt8? {
        guard position < bytes.count, accepts(bytes[position]) else { return nil }
        position += 1
        return bytes[position - 1]
    }

    /// Reads this byte; false when another one stands here.
    mutating func reads(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        mark(bytes) { $0 == byte } != nil
    }
}
