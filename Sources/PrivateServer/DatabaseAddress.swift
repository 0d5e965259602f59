/// A connection string from the environment. Its text may hold a password, so describing it shows only its harmless
/// parts.
package struct DatabaseAddress: Equatable, Sendable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    /// The text as it was given, password included: for libpq, never for output.
    package let secretText: String
    /// User, host, port and database of the text.
    package let description: String

    /// The same as `description`.
    package var debugDescription: String { description }
    /// Nothing but `description`.
    package var customMirror: Mirror { Mirror(self, children: ["description": description]) }

    /// Accepts `postgres://…`, `postgresql://…` and libpq's `keyword=value …`; throws on anything else.
    package init(_ text: String) throws(ServerError) {
        secretText = text
        if let scheme = text.firstRange(of: "://").map({ text[..<$0.lowerBound] }),
            !scheme.contains(where: { $0 == "=" })
        {
            guard ["postgres", "postgresql"].contains(scheme) else {
                throw .databaseAddressInvalid(reason: "it does not begin with postgresql://")
            }
            description = Self.describe(uri: text.dropFirst(scheme.count + 3))
        } else {
            guard let keywords = Self.keywords(in: text), !keywords.isEmpty else {
                throw .databaseAddressInvalid(reason: "it is neither an address nor a list of keyword=value")
            }
            let shown = ["service", "host", "hostaddr", "port", "user", "dbname"]
            description = shown.compactMap { name in
                keywords[name].flatMap { Self.isHarmless($0) ? "\(name)=\($0)" : nil }
            }.joined(separator: " ")
        }
    }

    /// The text without password, and the password by itself, for a program whose arguments everybody can read.
    package var parts: (text: String, password: String?) {
        if let keywords = Self.keywords(in: secretText), secretText.firstRange(of: "://") == nil {
            let kept = keywords.filter { $0.key != "password" }.sorted { $0.key < $1.key }
            return (kept.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " "), keywords["password"])
        }
        guard let start = secretText.firstRange(of: "://")?.upperBound else { return (secretText, nil) }
        var text = String(secretText[..<start])
        var body = secretText[start...]
        var password: String?
        let query = body.firstIndex(of: "?").map { body[$0...].dropFirst() }
        body = body.prefix { $0 != "?" }
        if let at = body.lastIndex(of: "@"), let colon = body[..<at].firstIndex(of: ":") {
            password = Self.decoded(body[body.index(after: colon)..<at])
            text += body[..<colon]
            body = body[at...]
        }
        text += body
        let options = (query ?? "").split(separator: "&").filter { option in
            guard option.hasPrefix("password=") else { return true }
            password = Self.decoded(option.dropFirst("password=".count))
            return false
        }
        return (options.isEmpty ? text : text + "?" + options.joined(separator: "&"), password)
    }

    /// The same address for another user, whose password it does not say.
    package func asUser(_ user: String) throws(ServerError) -> DatabaseAddress {
        if var keywords = Self.keywords(in: secretText), secretText.firstRange(of: "://") == nil {
            keywords["user"] = user
            keywords["password"] = nil
            return try DatabaseAddress(
                keywords.sorted { $0.key < $1.key }.map { "\($0.key)=\(Self.quoted($0.value))" }.joined(separator: " "))
        }
        // Without password, so that the first @ ends the user.
        let text = parts.text
        guard let start = text.firstRange(of: "://")?.upperBound else { return self }
        var body = text[start...]
        let query = body.firstIndex(of: "?").map { body[$0...].dropFirst() } ?? ""
        body = body.prefix { $0 != "?" }
        let authority = body.prefix { $0 != "/" }
        if let at = authority.lastIndex(of: "@") { body = body[body.index(after: at)...] }
        let options = query.split(separator: "&").filter { !$0.hasPrefix("user=") }
        return try DatabaseAddress(
            "\(text[..<start])\(user)@\(body)" + (options.isEmpty ? "" : "?" + options.joined(separator: "&")))
    }

    private static func describe(uri body: Substring) -> String {
        // A password may contain anything, so everything between the first colon and the last @ is left out.
        var shown = body.prefix { $0 != "?" }
        var user = ""
        if let at = body.lastIndex(of: "@"), at < shown.endIndex {
            user = String(shown[..<at].prefix { $0 != ":" }) + "@"
            shown = shown[shown.index(after: at)...]
        } else if body.contains("@") {
            // The password holds a question mark; nothing of this text is safe to show but its end.
            shown = (body.split(separator: "@").last ?? "").prefix { $0 != "?" }
        }
        return "postgresql://\(user)\(shown)"
    }

    /// The pairs of libpq's `keyword=value` notation, nil where it cannot be read.
    private static func keywords(in text: String) -> [String: String]? {
        var keywords: [String: String] = [:]
        var rest = text[...]
        while true {
            rest = rest.drop { $0.isWhitespace }
            guard !rest.isEmpty else { return keywords }
            let name = rest.prefix { $0 != "=" && !$0.isWhitespace }
            rest = rest.dropFirst(name.count).drop { $0.isWhitespace }
            guard !name.isEmpty, rest.first == "=" else { return nil }
            rest = rest.dropFirst().drop { $0.isWhitespace }
            let isQuoted = rest.first == "'"
            if isQuoted { rest = rest.dropFirst() }
            var value = ""
            while let character = rest.first, isQuoted ? character != "'" : !character.isWhitespace {
                if character == "\\" { rest = rest.dropFirst() }
                if let kept = rest.popFirst() { value.append(kept) }
            }
            if isQuoted {
                guard rest.popFirst() == "'" else { return nil }
            }
            keywords[String(name)] = value
        }
    }

    /// Whether a value of `dbname` may be shown: libpq accepts a whole address there.
    private static func isHarmless(_ value: String) -> Bool { !value.contains("=") && !value.contains("://") }

    private static func quoted(_ value: String) -> String {
        "'" + value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] } + "'"
    }

    /// Resolves `%40` and the like.
    private static func decoded(_ text: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
