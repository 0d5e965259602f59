import CPostgres

/// Where and as whom to connect: libpq's own keywords, or a connection URI.
///
/// What is not set comes from libpq's environment variables and files, such as `PGHOST`, `PGSERVICE` and `~/.pgpass`.
/// Where several hosts are named, separated by commas, the one that takes writes is connected to, unless
/// `target_session_attrs` says otherwise.
package struct ConnectionSettings: Sendable {
    /// libpq's keywords and their values, such as `host` and `dbname`; they win over those of the URI.
    package var keywords: [String: String]
    /// Called on the connection's own thread for each notice of the server; notices are dropped by default.
    package var onNotice: @Sendable (PostgresNotice) -> Void = { _ in }
    /// A URI (`postgres://…`) or a string of `keyword=value` pairs, nil when only keywords are used.
    private var uri: String?

    /// Settings made of libpq's keywords.
    package init(_ keywords: [String: String] = [:]) {
        self.keywords = keywords
    }

    /// Settings made of a connection URI, or of a string of `keyword=value` pairs.
    package init(uri: String) {
        keywords = [:]
        self.uri = uri
    }

    /// The pairs to connect with; throws where the URI cannot be read.
    func resolved() throws(PostgresError) -> [(keyword: String, value: String)] {
        var merged: [String: String] = [:]
        if let uri {
            guard let parsed = Self.parse(uri) else {
                // libpq's own message would repeat parts of the text, a password among them.
                throw PostgresError(
                    kind: .connection,
                    message: "the connection URI cannot be read: "
                        + "write it as postgres://user:password@host:port/database and percent-encode special characters"
                )
            }
            merged = parsed
        }
        merged.merge(keywords) { _, keyword in keyword }
        // Of several servers the one that takes writes is meant, also after another one took over. It is not asked whether
        // its sessions do so by default: a role may be one that only reads.
        if merged["host"]?.contains(",") == true || merged["hostaddr"]?.contains(",") == true,
            merged["target_session_attrs"] == nil
        {
            merged["target_session_attrs"] = "primary"
        }
        // Text is UTF-8 everywhere in Swift, whatever the database is encoded in.
        merged["client_encoding"] = "UTF8"
        return merged.sorted { $0.key < $1.key }.map { (keyword: $0.key, value: $0.value) }
    }

    /// The keywords of a URI, nil where libpq cannot read it.
    private static func parse(_ uri: String) -> [String: String]? {
        // libpq allocates the options and the message; both are freed before returning.
        var message: UnsafeMutablePointer<CChar>?
        let options = unsafe PQconninfoParse(uri, &message)
        defer {
            unsafe PQconninfoFree(options)
            unsafe PQfreemem(message)
        }
        guard let options = unsafe options else { return nil }
        var parsed: [String: String] = [:]
        var index = 0
        while let keyword = unsafe options[index].keyword {
            if let value = unsafe options[index].val {
                unsafe parsed[String(cString: keyword)] = unsafe String(cString: value)
            }
            index += 1
        }
        return parsed
    }
}

extension ConnectionSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    private static let secretKeywords: Set<String> = ["password", "sslpassword"]

    /// The keywords and values in alphabetical order, secrets hidden.
    package var description: String {
        var shown = uri.map { Self.parse($0) ?? ["uri": "(cannot be read)"] } ?? [:]
        shown.merge(keywords) { _, keyword in keyword }
        return shown.sorted { $0.key < $1.key }
            .map { "\($0.key)=\(Self.secretKeywords.contains($0.key) ? "(hidden)" : $0.value)" }
            .joined(separator: " ")
    }

    /// The same as `description`.
    package var debugDescription: String { description }

    /// Only the description, so that printing the structure's parts shows no secret either.
    package var customMirror: Mirror { Mirror(self, children: ["keywords": description]) }
}
