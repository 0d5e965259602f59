import HaleDomain

/// Why the server cannot answer.
package enum WebError: CodedError, Equatable {
    /// The address cannot be listened on.
    case cannotListen(address: String, reason: String)

    init(listeningFailed error: any Error, at address: WebServer.Address) {
        self = .cannotListen(address: "\(address)", reason: String(describing: error))
    }

    package var code: String {
        switch self {
        case .cannotListen: "HALE-WEB-001"
        }
    }

    package var message: String {
        switch self {
        case .cannotListen(let address, let reason):
            "cannot listen on \(address) (\(reason)): choose another --host or --port"
        }
    }
}
