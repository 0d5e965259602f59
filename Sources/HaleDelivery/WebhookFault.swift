import AsyncHTTPClient
import Foundation
import HaleDomain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Why a request failed: at which step, and in words that name no library and no file of a build.
struct WebhookFault {
    /// The step, where the error says it; nil for the one that the exchange came to.
    let phase: DeliveryPhase?
    /// What happened.
    let text: String

    /// Reads an error of the HTTP client.
    init(_ error: any Error, isEncrypted: Bool) {
        switch error {
        case let error as HTTPClientError: self.init(error, isEncrypted: isEncrypted)
        case let error as HTTPParserError: self.init(phase: .response, text: Self.words(of: error))
        case let error as NIOSSLError: self.init(error)
        case let error as BoringSSLError: self.init(phase: .tls, text: Self.words(of: error))
        case let error as NIOSSLExtraError:
            let isName = error == .failedToValidateHostname || error == .serverHostnameImpossibleToMatch
            self.init(
                phase: .tls,
                text: isName
                    ? "the certificate is for another host name" : "the receiver's name does not suit encryption")
        case is NIOSSLCloseTimedOutError: self.init(phase: nil, text: "the connection was not closed in time")
        case let error as IOError: self.init(errorNumber: error.errnoCode)
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first {
                self.init(first.error, isEncrypted: isEncrypted)
            } else {
                self.init(phase: .connect, text: "no connection could be made")
            }
        case let error as ChannelError:
            if case .connectTimeout = error {
                self.init(phase: .connect, text: "no connection within \(Self.connectLimitSeconds) s")
            } else {
                self.init(phase: nil, text: "the connection was closed")
            }
        default: self.init(phase: isEncrypted ? .tls : nil, text: "the exchange broke off")
        }
    }

    private init(phase: DeliveryPhase?, text: String) {
        self.phase = phase
        self.text = text
    }

    private static let connectLimitSeconds = WebhookClient.connectLimitMilliseconds / 1_000

    private init(_ error: HTTPClientError, isEncrypted: Bool) {
        switch error {
        case .connectTimeout:
            // The library says the same of a connection that stalls before encryption is agreed.
            let what = isEncrypted ? "no connection, or no agreement on encryption," : "no connection"
            self.init(phase: .connect, text: "\(what) within \(Self.connectLimitSeconds) s")
        case .tlsHandshakeTimeout:
            self.init(phase: .tls, text: "no agreement on encryption within \(Self.connectLimitSeconds) s")
        case .cancelled, .requestStreamCancelled: self.init(phase: nil, text: "cut off")
        case .remoteConnectionClosed:
            self.init(phase: nil, text: "the receiver closed the connection before its answer was whole")
        case .uncleanShutdown: self.init(phase: nil, text: "the encrypted connection broke off")
        case .readTimeout, .writeTimeout, .deadlineExceeded, .getConnectionFromPoolTimeout:
            self.init(phase: nil, text: "nothing moved for too long")
        default: self.init(phase: nil, text: "the exchange broke off")
        }
    }

    private static func words(of error: HTTPParserError) -> String {
        switch error {
        case .headerOverflow: "the headers of the answer are too long"
        case .closedConnection, .invalidEOFState: "the receiver closed the connection before its answer was whole"
        case .invalidVersion: "the answer is of no known version of HTTP"
        case .invalidStatus: "the answer has no status that HTTP knows"
        case .invalidContentLength, .unexpectedContentLength, .invalidChunkSize:
            "the answer does not say rightly how long it is"
        default: "what came back is no HTTP"
        }
    }

    /// Reads an error number of the system.
    init(errorNumber: Int32) {
        let words: [Int32: String] = [
            ECONNREFUSED: "the connection was refused", ECONNRESET: "the connection was reset",
            EPIPE: "the connection was closed", EHOSTUNREACH: "there is no way to the host",
            ENETUNREACH: "there is no way to the network", ETIMEDOUT: "the connection timed out",
            EADDRNOTAVAIL: "no local address is free", EACCES: "this machine's rules forbid the connection",
            EPERM: "this machine's rules forbid the connection", EMFILE: "too many files are open on this machine",
            ENFILE: "too many files are open on this machine",
        ]
        let isConnecting = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ETIMEDOUT, EADDRNOTAVAIL].contains(errorNumber)
        self.init(
            phase: isConnecting ? .connect : nil,
            text: words[errorNumber] ?? "the connection broke (error \(errorNumber) of the system)")
    }
}

// MARK: Encryption

extension WebhookFault {
    private init(_ error: NIOSSLError) {
        switch error {
        case .handshakeFailed(let reason): self.init(phase: .tls, text: Self.words(of: reason))
        case .noCertificateToValidate: self.init(phase: .tls, text: "the receiver shows no certificate")
        case .unableToValidateCertificate: self.init(phase: .tls, text: Self.untrusted)
        case .uncleanShutdown, .shutdownFailed, .readInInvalidTLSState, .writeDuringTLSShutdown:
            self.init(phase: nil, text: "the encrypted connection broke off")
        default: self.init(phase: .tls, text: Self.disagreement)
        }
    }

    private static let untrusted =
        "the certificate is not trusted: it is expired, signed by itself, or signed by nobody whom this machine knows"
    private static let disagreement = "no agreement on encryption"

    /// OpenSSL's names of reasons, which are the same in every version, with what they mean.
    private static let reasons = [
        "CERTIFICATE_VERIFY_FAILED": untrusted,
        "WRONG_VERSION_NUMBER": "the receiver does not speak TLS at that port: is it http?",
        "HTTP_REQUEST": "the receiver does not speak TLS at that port: is it http?",
        "UNSUPPORTED_PROTOCOL": "the receiver speaks no version of TLS that is safe",
        "TLSV1_ALERT_PROTOCOL_VERSION": "the receiver speaks no version of TLS that is safe",
        "HANDSHAKE_FAILURE_ON_CLIENT_HELLO": "the receiver takes none of the ciphers offered",
        "SSLV3_ALERT_HANDSHAKE_FAILURE": "the receiver takes none of the ciphers offered",
        "TLSV1_UNRECOGNIZED_NAME": "the receiver does not know its own host name",
        "TLSV1_ALERT_UNRECOGNIZED_NAME": "the receiver does not know its own host name",
        "TLSV1_ALERT_INTERNAL_ERROR": "the receiver failed while encryption was agreed",
        "TLSV1_CERTIFICATE_REQUIRED": "the receiver asks for a certificate of the sender, which Hale does not have",
        "TLSV13_ALERT_CERTIFICATE_REQUIRED":
            "the receiver asks for a certificate of the sender, which Hale does not have",
    ]

    private static func words(of error: BoringSSLError) -> String {
        let stack: NIOBoringSSLErrorStack
        switch error {
        case .sslError(let errors), .unknownError(let errors): stack = errors
        case .invalidSNIName: return "the receiver's name does not suit encryption"
        case .zeroReturn, .syscallError: return "the receiver closed the connection while encryption was agreed"
        default: return disagreement
        }
        if stack.contains(.eofDuringHandshake) {
            return "the receiver closed the connection while encryption was agreed"
        }
        // The stack gives names of reasons only within its text.
        let names = stack.flatMap { "\($0)".matches(of: /OPENSSL_internal:([A-Z0-9_]+)/).map { String($0.output.1) } }
        if let words = names.lazy.compactMap({ reasons[$0] }).first { return words }
        guard let name = names.first else { return disagreement }
        return "\(disagreement): \(name.lowercased().replacing("_", with: " "))"
    }
}
