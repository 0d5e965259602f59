/// The number of an answer that has a label beside it.
enum ScaleText {
    /// The number in `10 - Extremely likely`, `Not at all likely - 0`, `9 (likely)` or `8/10`; any other text as it is.
    package static func number(in text: ArraySlice<UInt8>, max: Int? = nil) -> ArraySlice<UInt8> {
        guard let first = text.firstIndex(where: isDigit) else { return text }
        let number = text[first...].prefix(while: isDigit)
        let front = text[..<first]
        let back = text[number.endIndex...]
        if let max, front.isEmpty, back.elementsEqual("/\(max)".utf8) { return number }
        let rest = String(decoding: front, as: UTF8.self) + " " + String(decoding: back, as: UTF8.self)
        let hasLabel = rest.contains(where: \.isLetter) && !rest.contains(where: \.isNumber)
        // A letter or sign that touches the number is part of it, as in `P1`, `-1` and `1e`.
        let isFree =
            isApart(front.last) && (front.isEmpty || front.contains(where: { $0 != 0x2D })) && isApart(back.first)
        return hasLabel && isFree ? number : text
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

    private static func isApart(_ byte: UInt8?) -> Bool {
        guard let byte else { return true }
        return byte == 0x20 || " -:.=()[]".utf8.contains(byte) || byte >= 0x80
    }
}
