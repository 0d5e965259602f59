/// Why the server cannot answer.
package enum WebError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The address cannot be listened on.
    case cannotListen(address: String, reason: String)

    init(listeningFailed error: any Error, at address: WebServer.Address) {
        self = .cannotListen(address: "\(address)", reason: String(describing: error))
    }

    /// One line: what, where, what to do.
    package var description: String {
        switch self {
        case .cannotListen(let address, let reason):
            "HALE-WEB-001: cannot listen on \(address) (\(reason)): choose another --host or --port"
        }
    }
}
