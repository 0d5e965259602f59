/// An address of a host on a network: IPv4, or IPv6. An IPv4-mapped IPv6 address is the IPv4 address.
package enum NetworkAddress: Sendable, Hashable {
    /// 32 bits.
    case v4(UInt32)
    /// 128 bits, the upper half first.
    case v6(UInt64, UInt64)

    /// An IPv6 address of its halves; `::ffff:a.b.c.d` is the IPv4 address `a.b.c.d`.
    package init(high: UInt64, low: UInt64) {
        self = high == 0 && low >> 32 == 0xffff ? .v4(UInt32(truncatingIfNeeded: low)) : .v6(high, low)
    }

    /// An address in any spelling that some resolver understands: dotted, decimal, hexadecimal, octal and short forms of
    /// IPv4; IPv6 with or without brackets and zone. Nil for anything else, such as a name.
    package init?(_ text: String) {
        var host = Substring(text)
        if host.hasPrefix("[") {
            guard host.hasSuffix("]") else { return nil }
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        }
        if host.contains(":") {
            let withoutZone = host.prefix { $0 != "%" }
            guard let address = Self.version6(withoutZone) else { return nil }
            self = address
            return
        }
        // "127.0.0.1." is the same host to a resolver.
        if host.hasSuffix("."), !host.hasSuffix("..") { host = host.dropLast() }
        guard let address = Self.version4(host) else { return nil }
        self = .v4(address)
    }

    /// The usual spelling, which every resolver reads alike.
    package var text: String {
        switch self {
        case .v4(let bits): return Self.dotted(bits)
        case .v6(let high, let low): return Self.colons(Self.groups(high, low))
        }
    }

    /// Whether it is this machine itself.
    package var isLoopback: Bool {
        switch self {
        case .v4(let bits): bits >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }

    /// As it stands in an address of the web.
    package var urlHost: String {
        switch self {
        case .v4: text
        case .v6: "[\(text)]"
        }
    }
}

extension NetworkAddress {
    /// One to four numbers, the last of which fills what is left, each decimal, octal with 0 or hexadecimal with 0x.
    private static func version4(_ text: Substring) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...4).contains(parts.count) else { return nil }
        var bits: UInt64 = 0
        for (index, part) in parts.enumerated() {
            guard let number = number(part) else { return nil }
            let isLast = index == parts.count - 1
            let width = isLast ? 8 * (4 - index) : 8
            guard number < UInt64(1) << UInt64(width) else { return nil }
            bits = bits << UInt64(width) | number
        }
        return UInt32(truncatingIfNeeded: bits)
    }

    private static func number(_ text: Substring) -> UInt64? {
        guard let first = text.utf8.first, text.utf8.count <= 32, text.utf8.allSatisfy({ $0 < 128 }) else { return nil }
        guard first == UInt8(ascii: "0"), text.utf8.count > 1 else { return digits(text, radix: 10) }
        let rest = text.dropFirst()
        if rest.hasPrefix("x") || rest.hasPrefix("X") {
            // A bare "0x" is read as 0 by some.
            return rest.utf8.count == 1 ? 0 : digits(rest.dropFirst(), radix: 16)
        }
        return digits(rest, radix: 8)
    }

    /// Digits only: no sign, which Swift's own parser would take.
    private static func digits(_ text: Substring, radix: Int) -> UInt64? {
        guard let first = text.first, first.isHexDigit else { return nil }
        return UInt64(text, radix: radix)
    }

    private static func version6(_ text: Substring) -> NetworkAddress? {
        let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
        // ":::" leaves a half that begins with a colon.
        guard halves.count <= 2, !halves.contains(where: { $0.hasPrefix(":") || $0.hasSuffix(":") }) else { return nil }
        var groups: [[UInt16]] = []
        for (index, half) in halves.enumerated() {
            guard let read = Self.groups(half, mayEndDotted: index == halves.count - 1) else { return nil }
            groups.append(read)
        }
        let count = groups.reduce(0) { $0 + $1.count }
        guard halves.count == 2 ? count <= 7 : count == 8 else { return nil }
        let all = groups[0] + Array(repeating: 0, count: 8 - count) + (halves.count == 2 ? groups[1] : [])
        func half(_ part: ArraySlice<UInt16>) -> UInt64 { part.reduce(0) { $0 << 16 | UInt64($1) } }
        return NetworkAddress(high: half(all[0..<4]), low: half(all[4..<8]))
    }

    private static func groups(_ text: Substring, mayEndDotted: Bool) -> [UInt16]? {
        guard !text.isEmpty else { return [] }
        var groups: [UInt16] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if part.contains(".") {
                guard mayEndDotted, index == parts.count - 1, part.split(separator: ".").count == 4,
                    let bits = version4(part)
                else { return nil }
                groups += [UInt16(bits >> 16), UInt16(truncatingIfNeeded: bits)]
            } else {
                guard (1...4).contains(part.utf8.count), part.allSatisfy({ $0.isASCII && $0.isHexDigit }),
                    let group = UInt16(part, radix: 16)
                else { return nil }
                groups.append(group)
            }
        }
        return groups
    }

    private static func groups(_ high: UInt64, _ low: UInt64) -> [UInt16] {
        [high, low].flatMap { half in
            stride(from: 48, through: 0, by: -16).map { UInt16(truncatingIfNeeded: half >> UInt64($0)) }
        }
    }

    private static func dotted(_ bits: UInt32) -> String {
        stride(from: 24, through: 0, by: -8).map { String(bits >> UInt32($0) & 0xff) }.joined(separator: ".")
    }

    /// RFC 5952: the longest run of zeroes, the first of several, is left out.
    private static func colons(_ groups: [UInt16]) -> String {
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start > longest.count, end - start > 1 { longest = start..<end }
            start = max(end, start + 1)
        }
        func text(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return text(groups[...]) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }
}
