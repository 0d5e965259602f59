import FoundationEssentials

/// The throw-away PostgreSQL server that `scripts/test` starts for the tests; its superuser is `postgres`.
package enum TestServer {
    /// Name of the variable through which `scripts/test` says where the server listens.
    package static let variable = "HALE_TEST_SOCKET"

    /// What to give to libpq as `host`: the directory of the server's socket, or a loopback address.
    ///
    /// Throws without the variable, and for any other host: tests create and drop databases, so a mistake must not
    /// reach a server that somebody uses.
    package static func host(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(TestServerError) -> String {
        guard let host = environment[variable], !host.isEmpty else { throw .variableUnset }
        guard host.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains(host) else {
            throw .hostElsewhere(host: host)
        }
        return host
    }
}

/// Why the tests' server cannot be used.
package enum TestServerError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The tests were not started by `scripts/test`.
    case variableUnset
    /// The host is neither a socket directory nor this machine's loopback address.
    case hostElsewhere(host: String)

    /// One line: what is wrong and what to do.
    package var description: String {
        switch self {
        case .variableUnset: "\(TestServer.variable) is not set; run the tests with scripts/test"
        case .hostElsewhere(let host):
            "\(TestServer.variable)=\(host) is neither a socket directory nor loopback; run the tests with scripts/test"
        }
    }
}
