/// Reads a file that is not valid UTF-8 to its end and says which older encoding it is in.
struct LegacyEncodingScan {
    /// What the bytes of the file show.
    enum Verdict: Equatable {
        case latin1
        case windows1252
        /// Most of it is UTF-8, or it starts with the mark of UTF-8; the first byte that is not, and its line.
        case damagedUTF8(byte: UInt8, line: Int)
        /// A byte that Windows-1252 leaves without a meaning, and its line.
        case unknown(byte: UInt8, line: Int)
    }

    private let hasByteOrderMark: Bool
    private var utf8 = UTF8Check()
    private var line = 1
    private var previous: UInt8 = 0
    private var characterStart: (byte: UInt8, line: Int) = (0, 1)
    private var firstInvalid: (byte: UInt8, line: Int)?
    private var firstUndefined: (byte: UInt8, line: Int)?
    private var hasControlRange = false

    init(hasByteOrderMark: Bool) {
        self.hasByteOrderMark = hasByteOrderMark
    }

    /// Reads the next bytes.
    package mutating func scan(_ bytes: [UInt8]) {
        for byte in bytes {
            if !utf8.isInsideCharacter { characterStart = (byte, line) }
            utf8.check(byte)
            if !utf8.isValid, firstInvalid == nil { firstInvalid = characterStart }
            if byte >= 0x80 && byte <= 0x9F {
                hasControlRange = true
                if TextDecoder.windows1252Scalar(byte) == nil, firstUndefined == nil { firstUndefined = (byte, line) }
            }
            if byte == 0x0D || byte == 0x0A && previous != 0x0D { line += 1 }
            previous = byte
        }
    }

    /// The verdict over all bytes.
    var verdict: Verdict {
        // Letters of Windows-1252 form valid UTF-8 by chance only, so more than a few make the file a damaged or mixed
        // one, and reading it as Windows-1252 would spoil every name in it.
        let invalidCount = utf8.invalidCount + (utf8.isInsideCharacter ? 1 : 0)
        if hasByteOrderMark || utf8.multiByteCount * 10 > invalidCount {
            let place = firstInvalid ?? characterStart
            return .damagedUTF8(byte: place.byte, line: place.line)
        }
        if let firstUndefined { return .unknown(byte: firstUndefined.byte, line: firstUndefined.line) }
        return hasControlRange ? .windows1252 : .latin1
    }
}
