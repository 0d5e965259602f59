/// Turns bytes of a known encoding into UTF-8, in pieces cut anywhere.
struct TextDecoder {
    /// Why bytes cannot be decoded.
    enum Fault: Error, Equatable {
        case invalidUTF8
        case invalidUTF16
    }

    let encoding: TextEncoding
    private var markBytesLeft: Int
    private var utf8 = UTF8Check()
    private var pendingByte: UInt8?
    private var pendingSurrogate: UInt16?

    /// A decoder that leaves out the byte-order mark.
    init(encoding: TextEncoding, byteOrderMarkByteCount: Int) {
        self.encoding = encoding
        self.markBytesLeft = byteOrderMarkByteCount
    }

    /// Decodes the bytes of `buffer` from `start` on, in place.
    mutating func decode(_ buffer: inout [UInt8], from start: Int) throws(Fault) {
        if markBytesLeft > 0 {
            let count = min(markBytesLeft, buffer.count - start)
            buffer.removeSubrange(start..<start + count)
            markBytesLeft -= count
        }
        switch encoding {
        case .utf8:
            utf8.check(buffer.span, from: start)
            guard utf8.isValid else { throw .invalidUTF8 }
        case .latin1, .windows1252:
            decodeSingleBytes(&buffer, from: start)
        case .utf16LittleEndian, .utf16BigEndian:
            try decodePairs(&buffer, from: start)
        }
    }

    /// Checks that the text does not stop inside a character.
    func finish() throws(Fault) {
        if utf8.isInsideCharacter { throw .invalidUTF8 }
        if pendingByte != nil || pendingSurrogate != nil { throw .invalidUTF16 }
    }

    private func decodeSingleBytes(_ buffer: inout [UInt8], from start: Int) {
        guard let first = buffer[start...].firstIndex(where: { $0 >= 0x80 }) else { return }
        let tail = Array(buffer[first...])
        buffer.removeSubrange(first...)
        for byte in tail {
            if byte < 0x80 {
                buffer.append(byte)
            } else {
                let scalar = encoding == .windows1252 ? Self.windows1252Scalar(byte) : nil
                Self.append(scalar ?? Unicode.Scalar(byte), to: &buffer)
            }
        }
    }

    private mutating func decodePairs(_ buffer: inout [UInt8], from start: Int) throws(Fault) {
        let tail = Array(buffer[start...])
        buffer.removeSubrange(start...)
        for byte in tail {
            guard let first = pendingByte else {
                pendingByte = byte
                continue
            }
            pendingByte = nil
            let isLittle = encoding == .utf16LittleEndian
            let unit = isLittle ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
            try append(unit, to: &buffer)
        }
    }

    private mutating func append(_ unit: UInt16, to buffer: inout [UInt8]) throws(Fault) {
        if let high = pendingSurrogate {
            guard unit >= 0xDC00 && unit <= 0xDFFF else { throw .invalidUTF16 }
            pendingSurrogate = nil
            let value = 0x10000 + (UInt32(high - 0xD800) << 10 | UInt32(unit - 0xDC00))
            guard let scalar = Unicode.Scalar(value) else { throw .invalidUTF16 }
            Self.append(scalar, to: &buffer)
        } else if unit >= 0xD800 && unit <= 0xDBFF {
            pendingSurrogate = unit
        } else {
            guard let scalar = Unicode.Scalar(unit) else { throw .invalidUTF16 }
            Self.append(scalar, to: &buffer)
        }
    }

    private static func append(_ scalar: Unicode.Scalar, to buffer: inout [UInt8]) {
        if scalar.isASCII {
            buffer.append(UInt8(truncatingIfNeeded: scalar.value))
        } else {
            buffer.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
        }
    }

    /// The character that Windows-1252 gives a byte; nil for the five bytes it leaves free.
    static func windows1252Scalar(_ byte: UInt8) -> Unicode.Scalar? {
        guard byte >= 0x80 && byte <= 0x9F else { return Unicode.Scalar(byte) }
        let value = windows1252[Int(byte) - 0x80]
        return value == 0 ? nil : Unicode.Scalar(value)
    }

    /// The characters of 0x80 to 0x9F, from Unicode's mapping table CP1252.TXT; zero where the table has none.
    private static let windows1252: [UInt32] = [
        0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E,
        0x0178,
    ]
}
