/// A range of addresses as a base and the number of bits that it fixes, such as `10.0.0.0/8`.
package struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    /// The first address.
    package let base: NetworkAddress
    /// How many bits are those of the base.
    package let prefixLength: Int

    /// A range; nil where the length does not fit the base.
    package init?(base: NetworkAddress, prefixLength: Int) {
        let bits = if case .v4 = base { 32 } else { 128 }
        guard (0...bits).contains(prefixLength) else { return nil }
        self.base = base
        self.prefixLength = prefixLength
    }

    /// A range written `base/length`, or a single address. The base is written in the usual form, short IPv4 bases such as
    /// `10/8` are filled with zeroes. Nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let first = parts.first else { return nil }
        let isVersion6 = first.contains(":")
        let numbers = first.split(separator: ".", omittingEmptySubsequences: false)
        let isPlain =
            numbers.count <= 4
            && numbers.allSatisfy { part in
                part == "0" || !part.isEmpty && part.first != "0" && part.allSatisfy { $0.isASCII && $0.isWholeNumber }
            }
        guard isVersion6 || isPlain, !first.contains("%") else { return nil }
        // A single address without a length must be whole.
        guard isVersion6 || numbers.count == 4 || parts.count == 2 else { return nil }
        let filled =
            isVersion6 ? String(first) : (numbers.map(String.init) + ["0", "0", "0"]).prefix(4).joined(separator: ".")
        guard let base = NetworkAddress(filled) else { return nil }
        let bits = if case .v4 = base { 32 } else { 128 }
        guard parts.count == 2 else {
            self.init(base: base, prefixLength: bits)
            return
        }
        // The length of an IPv4-mapped range counts the 96 bits before it.
        let isMapped = isVersion6 && bits == 32
        guard let length = Int(parts[1]), parts[1].allSatisfy(\.isWholeNumber), !isMapped || length >= 96 else {
            return nil
        }
        self.init(base: base, prefixLength: isMapped ? length - 96 : length)
    }

    /// Whether an address lies in the range.
    package func contains(_ address: NetworkAddress) -> Bool {
        switch (base, address) {
        case (.v4(let base), .v4(let other)):
            prefixLength == 0 || (base ^ other) >> UInt32(32 - prefixLength) == 0
        case (.v6(let high, let low), .v6(let otherHigh, let otherLow)):
            if prefixLength <= 64 {
                prefixLength == 0 || (high ^ otherHigh) >> UInt64(64 - prefixLength) == 0
            } else {
                high == otherHigh && (low ^ otherLow) >> UInt64(128 - prefixLength) == 0
            }
        default: false
        }
    }

    /// `base/length`
    package var description: String { "\(base.text)/\(prefixLength)" }

    /// Where no request goes unless the receiver's own list allows it: this machine, private networks, and addresses that
    /// are no host's.
    package static let refused: [AddressRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
        "224.0.0.0/4", "240.0.0.0/4",
        // The unspecified address and loopback, then what else of their /96 once stood for IPv4 addresses.
        "::/128", "::1/128", "::/96",
        // IPv4 addresses as IPv6 hosts see them through translators, 6to4 and NAT64.
        "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16",
        // Links, sites and private networks; groups.
        "fe80::/10", "fec0::/10", "fc00::/7", "ff00::/8",
        // Nobody's: discarding, protocol assignments (Teredo among them), documentation, segment routing.
        "100::/64", "100:0:0:1::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16",
    ].compactMap(AddressRange.init)
}
