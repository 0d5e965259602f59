/// Checks bytes for valid UTF-8 as they come, in pieces cut anywhere.
struct UTF8Check {
    /// Complete characters of two bytes and more.
    private(set) var multiByteCount = 0
    /// Bytes that cannot stand where they stand.
    private(set) var invalidCount = 0
    private var remaining = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF

    /// True while no invalid byte has been met.
    var isValid: Bool { invalidCount == 0 }

    /// True when the bytes so far stop inside a character.
    var isInsideCharacter: Bool { remaining > 0 }

    /// Checks the bytes from `start` on.
    mutating func check(_ bytes: Span<UInt8>, from start: Int) {
        if remaining == 0, Self.isASCII(bytes, from: start) { return }
        for index in start..<bytes.count { check(bytes[index]) }
    }

    /// Checks one more byte.
    mutating func check(_ byte: UInt8) {
        if remaining > 0 {
            if byte >= lowest && byte <= highest {
                remaining -= 1
                lowest = 0x80
                highest = 0xBF
                if remaining == 0 { multiByteCount += 1 }
                return
            }
            invalidCount += 1
            remaining = 0
        }
        start(with: byte)
    }

    /// The first byte of a character; the limits of the second keep out overlong forms and surrogates.
    private mutating func start(with byte: UInt8) {
        lowest = 0x80
        highest = 0xBF
        switch byte {
        case 0x00...0x7F: break
        case 0xC2...0xDF: remaining = 1
        case 0xE0: (remaining, lowest) = (2, 0xA0)
        case 0xED: (remaining, highest) = (2, 0x9F)
        case 0xE1...0xEF: remaining = 2
        case 0xF0: (remaining, lowest) = (3, 0x90)
        case 0xF4: (remaining, highest) = (3, 0x8F)
        case 0xF1...0xF3: remaining = 3
        default: invalidCount += 1
        }
    }

    private static func isASCII(_ bytes: Span<UInt8>, from start: Int) -> Bool {
        var all: UInt8 = 0
        for index in start..<bytes.count { all |= bytes[index] }
        return all < 0x80
    }
}
