import HaleDomain
import Testing

/// The ranges where no request goes, at both ends and just beside, in every spelling that a resolver understands.
@Suite struct `Addresses of requests` {
    /// The first and last address of each range, the address before and the one after where they are not refused too.
    private struct Edge: Sendable {
        let range: String
        let first: String
        let last: String
        var before: String?
        var after: String?
    }

    private static let version4: [Edge] = [
        Edge(range: "0/8", first: "0.0.0.0", last: "0.255.255.255", after: "1.0.0.0"),
        Edge(range: "10/8", first: "10.0.0.0", last: "10.255.255.255", before: "9.255.255.255", after: "11.0.0.0"),
        Edge(
            range: "100.64/10", first: "100.64.0.0", last: "100.127.255.255", before: "100.63.255.255",
            after: "100.128.0.0"),
        Edge(
            range: "127/8", first: "127.0.0.0", last: "127.255.255.255", before: "126.255.255.255", after: "128.0.0.0"),
        Edge(
            range: "169.254/16", first: "169.254.0.0", last: "169.254.255.255", before: "169.253.255.255",
            after: "169.255.0.0"),
        Edge(
            range: "172.16/12", first: "172.16.0.0", last: "172.31.255.255", before: "172.15.255.255",
            after: "172.32.0.0"),
        Edge(
            range: "192.0.0/24", first: "192.0.0.0", last: "192.0.0.255", before: "191.255.255.255", after: "192.0.1.0"),
        Edge(range: "192.0.2/24", first: "192.0.2.0", last: "192.0.2.255", before: "192.0.1.255", after: "192.0.3.0"),
        Edge(
            range: "192.88.99/24", first: "192.88.99.0", last: "192.88.99.255", before: "192.88.98.255",
            after: "192.88.100.0"),
        Edge(
            range: "192.168/16", first: "192.168.0.0", last: "192.168.255.255", before: "192.167.255.255",
            after: "192.169.0.0"),
        Edge(
            range: "198.18/15", first: "198.18.0.0", last: "198.19.255.255", before: "198.17.255.255",
            after: "198.20.0.0"),
        Edge(
            range: "198.51.100/24", first: "198.51.100.0", last: "198.51.100.255", before: "198.51.99.255",
            after: "198.51.101.0"),
        Edge(
            range: "203.0.113/24", first: "203.0.113.0", last: "203.0.113.255", before: "203.0.112.255",
            after: "203.0.114.0"),
        Edge(range: "224/4", first: "224.0.0.0", last: "239.255.255.255", before: "223.255.255.255"),
        Edge(range: "240/4", first: "240.0.0.0", last: "255.255.255.255"),
    ]

    private static let version6: [Edge] = [
        Edge(range: "::/128", first: "::", last: "::"),
        Edge(range: "::1/128", first: "::1", last: "::1"),
        Edge(range: "::/96", first: "::2", last: "::255.255.255.255", after: "::1:0:0"),
        Edge(
            range: "::ffff:0:0:0/96", first: "::ffff:0:0:0", last: "::ffff:0:255.255.255.255",
            before: "::fffe:ffff:ffff:ffff", after: "::ffff:1:0:0"),
        Edge(
            range: "fe80::/10", first: "fe80::", last: "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", before: "fe7f:ffff::"),
        Edge(range: "fec0::/10", first: "fec0::", last: "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        Edge(
            range: "fc00::/7", first: "fc00::", last: "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", after: "fe00::"),
        Edge(
            range: "ff00::/8", first: "ff00::", last: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        Edge(
            range: "64:ff9b::/96", first: "64:ff9b::", last: "64:ff9b::ffff:ffff", before: "64:ff9a::ffff",
            after: "64:ff9b::1:0:0"),
        Edge(
            range: "64:ff9b:1::/48", first: "64:ff9b:1::", last: "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
            before: "64:ff9b:0:ffff:ffff:ffff:ffff:ffff", after: "64:ff9b:2::"),
        Edge(range: "100::/64", first: "100::", last: "100::ffff:ffff:ffff:ffff", before: "ff::"),
        Edge(
            range: "100:0:0:1::/64", first: "100:0:0:1::", last: "100:0:0:1:ffff:ffff:ffff:ffff", after: "100:0:0:2::"),
        Edge(
            range: "2001::/23", first: "2001::", last: "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "2000:ffff::", after: "2001:200::"),
        Edge(
            range: "2001:db8::/32", first: "2001:db8::", last: "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "2001:db7::", after: "2001:db9::"),
        Edge(
            range: "2002::/16", first: "2002::", last: "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "2001:ffff::", after: "2003::"),
        Edge(
            range: "3fff::/20", first: "3fff::", last: "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "3ffe:ffff::", after: "3fff:1000::"),
        Edge(
            range: "5f00::/16", first: "5f00::", last: "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
            before: "5eff:ffff::", after: "5f01::"),
    ]

    /// Every spelling of a dotted IPv4 address.
    static func spellings(of dotted: String) -> [String] {
        let parts = dotted.split(separator: ".").compactMap { UInt64($0) }
        let bits = parts.reduce(0) { $0 << 8 | $1 }
        let hexadecimal = String(bits, radix: 16)
        let low16 = parts[2] << 8 | parts[3]
        let low24 = parts[1] << 16 | low16
        let groups = [bits >> 16, bits & 0xffff].map { String($0, radix: 16) }
        return [
            dotted, dotted + ".", String(bits), "0x\(hexadecimal)", "0X\(hexadecimal.uppercased())",
            "0\(String(bits, radix: 8))", "000\(String(bits, radix: 8))",
            parts.map { "0x" + String($0, radix: 16) }.joined(separator: "."),
            parts.map { "0" + String($0, radix: 8) }.joined(separator: "."),
            "\(parts[0]).\(parts[1]).\(low16)", "\(parts[0]).\(low24)", "0x\(String(parts[0], radix: 16)).\(low24)",
            "::ffff:\(dotted)", "[::ffff:\(dotted)]", "::FFFF:\(groups[0]):\(groups[1])",
            "0:0:0:0:0:ffff:\(groups[0]):\(groups[1])",
            "[0000:0000:0000:0000:0000:ffff:\(groups[0]):\(groups[1])%eth0]",
        ]
    }

    private static func isRefused(_ address: NetworkAddress) -> Bool {
        AddressRange.refused.contains { $0.contains(address) }
    }

    @Test func `there are as many ranges as the list names`() {
        #expect(AddressRange.refused.count == Self.version4.count + Self.version6.count)
    }

    @Test(arguments: version4.map(\.range))
    func `a range of IPv4 is refused in every spelling, and not the addresses beside it`(range: String) throws {
        let edge = try #require(Self.version4.first { $0.range == range })
        for dotted in [edge.first, edge.last] {
            for spelling in Self.spellings(of: dotted) {
                let address = try #require(NetworkAddress(spelling), "\(spelling) is an address")
                #expect(address.text == dotted, "\(spelling)")
                #expect(Self.isRefused(address), "\(spelling) is in \(range)")
            }
        }
        for dotted in [edge.before, edge.after].compactMap({ $0 }) {
            for spelling in Self.spellings(of: dotted) {
                let address = try #require(NetworkAddress(spelling), "\(spelling) is an address")
                #expect(!Self.isRefused(address), "\(spelling) is not in \(range)")
            }
        }
    }

    @Test(arguments: version6.map(\.range))
    func `a range of IPv6 is refused in every spelling, and not the addresses beside it`(range: String) throws {
        let edge = try #require(Self.version6.first { $0.range == range })
        func spellings(_ text: String) -> [String] {
            [text, text.uppercased(), "[\(text)]", "\(text)%1", "[\(text)%25eth0]"]
        }
        for text in [edge.first, edge.last].flatMap(spellings) {
            let address = try #require(NetworkAddress(text), "\(text) is an address")
            #expect(Self.isRefused(address), "\(text) is in \(range)")
        }
        for text in [edge.before, edge.after].compactMap({ $0 }).flatMap(spellings) {
            let address = try #require(NetworkAddress(text), "\(text) is an address")
            #expect(!Self.isRefused(address), "\(text) is not in \(range)")
        }
    }

    @Test(arguments: [
        "", "example.com", "1.2.3.4.5", "256.1.1.1", "1.2.3.256", "1.2.65536", "1.16777216", "4294967296", "08", "0x",
        "0xg", "+1", "-1", "1..2", ".1", "1.2.3.4..", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::",
        "::g", ":1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8:", "[::1", "::1]", "[127.0.0.1]", "::1.2.3", "1.2.3.4::",
        "١٢٧.0.0.1",
    ])
    func `what is no address is none`(text: String) {
        // Some resolvers read "0x" as 0, so it is judged as 0.
        #expect(NetworkAddress(text)?.text == (text == "0x" ? "0.0.0.0" : nil))
    }

    @Test func `an address of IPv6 is written in the shortest form`() {
        #expect(NetworkAddress("2001:0:0:1:0:0:0:1")?.text == "2001:0:0:1::1")
        #expect(NetworkAddress("1:0:2:3:4:5:6:7")?.text == "1:0:2:3:4:5:6:7")
        #expect(NetworkAddress("0:0:0:0:0:0:0:0")?.text == "::")
        #expect(NetworkAddress("1::")?.text == "1::")
    }

    @Test func `a range is read with its length, and a single address without one`() {
        #expect(AddressRange("10/8")?.description == "10.0.0.0/8")
        #expect(AddressRange("192.168.1.7")?.description == "192.168.1.7/32")
        #expect(AddressRange("::ffff:10.0.0.0/104")?.description == "10.0.0.0/8")
        #expect(AddressRange("fd00::/8")?.contains(.v6(0xfd12 << 48, 1)) == true)
        for text in ["10.0.0.0/33", "10", "0x0a.0.0.0/8", "10.0.0.0/-1", "10.0.0.0/8/8", "name/8", "::/129", ""] {
            #expect(AddressRange(text) == nil, "\(text)")
        }
    }

    @Test func `a destination is judged by every address of its host`() throws {
        let web = try WebAddress("https://hooks.example.com/x")
        let good = try #require(NetworkAddress("93.184.216.34"))
        let bad = try #require(NetworkAddress("10.1.2.3"))
        let rule = DestinationRule()
        #expect(rule.verdict(of: web, addresses: [good]) == .allowed(good))
        #expect(rule.verdict(of: web, addresses: [good, bad]).refusal?.contains("10.0.0.0/8") == true)
        #expect(rule.verdict(of: web, addresses: []) == .noAddress)
        let allowed = DestinationRule(allowedNetworks: [try #require(AddressRange("10.1.0.0/16"))])
        #expect(allowed.verdict(of: web, addresses: [bad]) == .allowed(bad))
        #expect(allowed.verdict(of: web, addresses: [try #require(NetworkAddress("10.2.0.1"))]).refusal != nil)
    }

    @Test func `http needs leave, except to this machine where that is allowed`() throws {
        let web = try WebAddress("http://hooks.example.com/")
        let good = try #require(NetworkAddress("93.184.216.34"))
        let loopback = try #require(NetworkAddress("127.0.0.1"))
        let networks = [try #require(AddressRange("127.0.0.0/8")), try #require(AddressRange("10.0.0.0/8"))]
        #expect(DestinationRule().verdict(of: web, addresses: [good]) == .notEncrypted)
        #expect(DestinationRule(allowsInsecure: true).verdict(of: web, addresses: [good]) == .allowed(good))
        let rule = DestinationRule(allowedNetworks: networks)
        #expect(rule.verdict(of: web, addresses: [loopback]) == .allowed(loopback))
        #expect(rule.verdict(of: web, addresses: [try #require(NetworkAddress("10.0.0.1"))]) == .notEncrypted)
    }

    @Test func `mail is judged by its address, and encrypts its connection itself`() throws {
        let web = try WebAddress("smtp://mail.example.com")
        let good = try #require(NetworkAddress("93.184.216.34"))
        let bad = try #require(NetworkAddress("10.0.0.1"))
        #expect(DestinationRule().verdict(of: web, addresses: [good]) == .allowed(good))
        #expect(DestinationRule().verdict(of: web, addresses: [good, bad]).refusal != nil)
    }

    @Test func `Hale's own listening address is refused although the network is allowed`() throws {
        let loopback = try #require(NetworkAddress("127.0.0.1"))
        let rule = DestinationRule(
            allowedNetworks: [try #require(AddressRange("127.0.0.0/8"))],
            ownListeners: [DestinationRule.Listener(address: .v4(0), port: 8080)])
        #expect(rule.verdict(of: try WebAddress("http://127.1:8080/"), addresses: [loopback]) == .ownListener(loopback))
        #expect(rule.verdict(of: try WebAddress("http://127.1:8081/"), addresses: [loopback]) == .allowed(loopback))
    }

    @Test(arguments: [
        ("ftp://a.example/", WebAddress.Problem.scheme), ("//a.example/", .scheme), ("javascript:alert(1)", .scheme),
        ("https://u:p@a.example/", .userInformation), ("https://a.example@127.0.0.1/", .userInformation),
        ("https://a.example\\@b.example/", .characters), ("https://a.example/a b", .characters),
        ("https://a.example/\r\nx: y", .characters), ("https://exämple.com/", .characters), ("https:///x", .host),
        ("https://a..b/", .host), ("https://[::1", .host), ("https://[::1]x/", .host), ("https://1.2.3.4.5/", .host),
        ("https://a.0x7f/", .host), ("https://a%00b/", .host), ("https://a.example:0/", .port),
        ("https://a.example:65536/", .port), ("https://a.example:8o/", .port), ("https://a.example:/", .port),
        ("https://a.example/#x", .fragment), ("smtp://mail.example.com/inbox", .path),
        ("smtps://mail.example.com?x=1", .path), ("smtp://u:p@mail.example.com", .userInformation),
        ("imap://mail.example.com", .scheme),
    ])
    func `an address that two programs may read differently is refused`(text: String, problem: WebAddress.Problem) {
        #expect(throws: problem) { try WebAddress(text) }
    }

    @Test func `an address is taken apart, and a host in numbers gets its usual spelling`() throws {
        let web = try WebAddress("HTTPS://Hooks.Example.com:8443?x=1")
        #expect(web.description == "https://hooks.example.com:8443/?x=1")
        #expect(web.origin == "https://hooks.example.com:8443")
        #expect(try WebAddress("smtp://mail.example.com").port == 587)
        #expect(try WebAddress("smtps://mail.example.com").port == 465)
        #expect(try WebAddress("smtp://mail.example.com:25").origin == "smtp://mail.example.com:25")
        #expect(try WebAddress("http://0x7f000001/a").description == "http://127.0.0.1/a")
        #expect(try WebAddress("http://[::ffff:7f00:1]:80/a").description == "http://127.0.0.1/a")
        #expect(try WebAddress("https://[fe80::1%25eth0]:444/").description == "https://[fe80::1]:444/")
    }
}
