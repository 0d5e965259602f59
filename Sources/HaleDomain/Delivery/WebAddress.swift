/// The address of a receiver on the web, or of its mail server, by its parts; read strictly so that no two programs read it
/// differently.
package struct WebAddress: Sendable, Hashable, CustomStringConvertible {
    /// How it is spoken to.
    package enum Scheme: String, Sendable {
        /// Not encrypted.
        case http
        /// Encrypted, and the certificate must be that of the host.
        case https
        /// Mail, encrypted after the greeting (STARTTLS).
        case smtp
        /// Mail, encrypted from the first byte.
        case smtps

        /// The port where none is named: of mail that for programs that hand it in.
        package var port: Int {
            switch self {
            case .http: 80
            case .https: 443
            case .smtp: 587
            case .smtps: 465
            }
        }

        /// Whether it is a mail server's.
        package var isMail: Bool { self == .smtp || self == .smtps }
    }

    /// Why an address cannot be used.
    package enum Problem: String, Error, Sendable, Hashable, CaseIterable {
        /// Spaces, control characters, backslashes or characters beyond ASCII.
        case characters
        /// None of those there are.
        case scheme
        /// A user or password.
        case userInformation
        /// No host, or one that is none.
        case host
        /// A port that is none.
        case port
        /// A part behind `#`.
        case fragment
        /// A path of a mail server.
        case path

        /// In words.
        package var text: String {
            switch self {
            case .characters:
                "has characters that an address cannot have; encode them with %, a host name with punycode"
            case .scheme: "begins with none of https://, http://, smtps:// and smtp://"
            case .userInformation: "has a user name or password in it: use headers, or user and secret_env for mail"
            case .host: "has no host, or one that is none"
            case .port: "has a port that is none"
            case .fragment: "has a part behind #, which is never sent"
            case .path: "has a path, which mail servers do not have"
            }
        }
    }

    package let scheme: Scheme
    /// The host as a name in small letters, or the usual spelling of an address, without brackets.
    package let host: String
    /// The address where the host is one in any spelling.
    package let literal: NetworkAddress?
    package let port: Int
    /// Path and query, at least `/`.
    package let target: String

    /// Longest address, in bytes.
    package static let byteLimit = 2_048

    /// The parts of an address.
    package init(_ text: String) throws(Problem) {
        let bytes = text.utf8
        guard bytes.count <= Self.byteLimit,
            bytes.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") })
        else { throw .characters }
        guard let colon = text.firstIndex(of: ":"), let scheme = Scheme(rawValue: text[..<colon].lowercased()),
            text[colon...].hasPrefix("://")
        else { throw .scheme }
        let rest = text[colon...].dropFirst(3)
        guard !rest.contains("#") else { throw .fragment }
        let authority = rest.prefix { $0 != "/" && $0 != "?" }
        guard !authority.contains("@") else { throw .userInformation }
        let target = String(rest[authority.endIndex...])
        self.scheme = scheme
        self.target = target.hasPrefix("/") ? target : "/" + target
        guard !scheme.isMail || self.target == "/" else { throw .path }
        let (host, port) = try Self.parts(authority)
        self.port = port ?? scheme.port
        literal = NetworkAddress(host)
        self.host = literal?.text ?? host.lowercased()
        guard literal != nil || Self.isName(self.host) else { throw .host }
    }

    /// The address as it is requested.
    package var description: String { origin + target }

    /// Without path and query, which may hold a secret.
    package var origin: String {
        let shown = port == scheme.port ? "" : ":\(port)"
        return "\(scheme.rawValue)://\(literal?.urlHost ?? host)\(shown)"
    }

    private static func parts(_ authority: Substring) throws(Problem) -> (host: String, port: Int?) {
        var host = authority
        var port: Substring?
        if authority.hasPrefix("[") {
            guard let end = authority.firstIndex(of: "]") else { throw .host }
            host = authority[...end]
            let behind = authority[end...].dropFirst()
            if !behind.isEmpty {
                guard behind.hasPrefix(":") else { throw .host }
                port = behind.dropFirst()
            }
        } else if let colon = authority.firstIndex(of: ":") {
            host = authority[..<colon]
            port = authority[colon...].dropFirst()
        }
        guard let port else { return (String(host), nil) }
        guard port.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let number = Int(port),
            (1...65_535).contains(number)
        else { throw .port }
        return (String(host), number)
    }

    /// Labels of letters, digits, `-` and `_`; the last is no number, as such a host might be read as an address.
    private static func isName(_ host: String) -> Bool {
        let labels = (host.hasSuffix(".") ? host.dropLast() : host[...])
            .split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, let last = labels.last, last.contains(where: \.isLetter) else { return false }
        return labels.allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isWholeNumber || $0 == "-" || $0 == "_") }
        } && !last.hasPrefix("0x")
    }
}
