/// A key of a terminal.
package enum ScreenKey: Sendable, Hashable {
    case up, down, pageUp, pageDown, home, end
    case enter, escape, backspace
    /// Control and U, which empties a line.
    case clearLine
    /// Control and C, or control and D.
    case interrupt
    /// A letter, a digit or a sign.
    case character(Character)
}

/// Makes keys of the bytes that a terminal sends. What is cut off waits for its rest.
package struct KeyReader: Sendable {
    private var waiting: [UInt8] = []

    package init() {}

    /// Whether bytes wait for more.
    package var isWaiting: Bool { !waiting.isEmpty }

    /// The keys that are whole with these bytes.
    package mutating func keys(_ bytes: [UInt8]) -> [ScreenKey] {
        waiting += bytes
        var keys: [ScreenKey] = []
        while let (key, length) = Self.first(of: waiting) {
            if let key { keys.append(key) }
            waiting.removeFirst(length)
        }
        return keys
    }

    /// Nothing follows: an escape that waits was the key of that name, and what else waits is dropped.
    package mutating func end() -> [ScreenKey] {
        defer { waiting = [] }
        return waiting == [Self.escape] ? [.escape] : []
    }

    private static let escape: UInt8 = 0x1B
    /// Bytes of the longest sequence that is waited for.
    private static let longestSequence = 16

    /// The first key, nil for bytes that are none, and how many bytes it is; nil where they are not whole.
    private static func first(of bytes: [UInt8]) -> (key: ScreenKey?, length: Int)? {
        guard let byte = bytes.first else { return nil }
        switch byte {
        case escape: return sequence(bytes)
        case 0x0D, 0x0A: return (.enter, 1)
        case 0x7F, 0x08: return (.backspace, 1)
        case 0x15: return (.clearLine, 1)
        case 0x03, 0x04: return (.interrupt, 1)
        case 0..<0x20: return (nil, 1)
        case 0x80...: return character(bytes)
        default: return (.character(Character(Unicode.Scalar(byte))), 1)
        }
    }

    /// A scalar beyond ASCII.
    private static func character(_ bytes: [UInt8]) -> (key: ScreenKey?, length: Int)? {
        let length =
            switch bytes[0] {
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 1
            }
        guard bytes.count >= length else { return nil }
        guard let text = String(validating: bytes.prefix(length), as: UTF8.self), let first = text.first else {
            return (nil, 1)
        }
        return (.character(first), length)
    }

    /// What begins with an escape: `ESC [ … letter or ~`, `ESC O letter`, or a key together with Alt, which is none.
    private static func sequence(_ bytes: [UInt8]) -> (key: ScreenKey?, length: Int)? {
        guard bytes.count > 1 else { return nil }
        switch bytes[1] {
        case UInt8(ascii: "O"):
            guard bytes.count > 2 else { return nil }
            return (key(named: bytes[2], parameters: ""), 3)
        case UInt8(ascii: "["):
            guard let end = bytes.dropFirst(2).firstIndex(where: { 0x40...0x7E ~= $0 }) else {
                return bytes.count < longestSequence ? nil : (nil, bytes.count)
            }
            return (key(named: bytes[end], parameters: String(decoding: bytes[2..<end], as: UTF8.self)), end + 1)
        case escape: return (.escape, 1)
        default: return (nil, 2)
        }
    }

    private static func key(named name: UInt8, parameters: String) -> ScreenKey? {
        switch (name, parameters) {
        case (UInt8(ascii: "A"), _): .up
        case (UInt8(ascii: "B"), _): .down
        case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), "1"), (UInt8(ascii: "~"), "7"): .home
        case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), "4"), (UInt8(ascii: "~"), "8"): .end
        case (UInt8(ascii: "~"), "5"): .pageUp
        case (UInt8(ascii: "~"), "6"): .pageDown
        default: nil
        }
    }
}
