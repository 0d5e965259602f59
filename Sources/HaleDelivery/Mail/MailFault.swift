import CCurl
import HaleDomain

/// What libcurl's verdict on an exchange and the transcript of it mean together.
struct MailFault {
    /// What is known beside them.
    struct Circumstances {
        /// Whether there was a connection.
        let isConnected: Bool
        /// The system's number of the error; 0 for none.
        let errorNumber: Int32
        let limitMilliseconds: Int64
    }

    /// The step that the attempt came to.
    let phase: DeliveryPhase
    /// What happened, in words that name no library.
    let text: String

    /// Why no answer came.
    init(_ code: CURLcode, step: MailTranscript.Step, _ circumstances: Circumstances) {
        let limit = "within \((circumstances.limitMilliseconds + 999) / 1_000) s"
        let waited = step == .message ? "the message was sent, and no answer came" : "no answer to \(step.rawValue)"
        switch code == CURLE_ABORTED_BY_CALLBACK ? CURLE_OPERATION_TIMEDOUT : code {
        case CURLE_COULDNT_CONNECT:
            let fault = WebhookFault(errorNumber: circumstances.errorNumber)
            self.init(
                phase: .connect, text: circumstances.errorNumber == 0 ? "no connection could be made" : fault.text)
        case CURLE_OPERATION_TIMEDOUT where !circumstances.isConnected:
            self.init(phase: .connect, text: "no connection \(limit)")
        case CURLE_OPERATION_TIMEDOUT where step == .greeting:
            self.init(phase: .connect, text: "connected, and no greeting came \(limit)")
        case CURLE_OPERATION_TIMEDOUT where step == .encryption:
            self.init(phase: .tls, text: "no agreement on encryption \(limit)")
        case CURLE_OPERATION_TIMEDOUT: self.init(phase: .request, text: "\(waited) \(limit)")
        case CURLE_USE_SSL_FAILED:
            self.init(phase: .tls, text: "the server offers no encryption (STARTTLS), without which nothing is sent")
        case CURLE_PEER_FAILED_VERIFICATION:
            self.init(
                phase: .tls,
                text: "the certificate is not trusted: it is expired, for another host name, or signed by nobody whom "
                    + "this machine or ca_file knows")
        case CURLE_SSL_CACERT_BADFILE: self.init(phase: .check, text: "ca_file cannot be read, or holds no certificate")
        case CURLE_SSL_CONNECT_ERROR: self.init(phase: .tls, text: "no agreement on encryption")
        case CURLE_LOGIN_DENIED: self.init(phase: .request, text: "the server and Hale know no common way to log in")
        case CURLE_WEIRD_SERVER_REPLY where step == .greeting:
            self.init(phase: .connect, text: "the connection was closed before a greeting of mail came")
        case CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_GOT_NOTHING, CURLE_WEIRD_SERVER_REPLY:
            self.init(phase: .request, text: "\(waited): the connection was closed")
        default: self.init(phase: .request, text: "the exchange broke off (libcurl's error \(code.rawValue))")
        }
    }

    private init(phase: DeliveryPhase, text: String) {
        self.phase = phase
        self.text = text
    }
}
