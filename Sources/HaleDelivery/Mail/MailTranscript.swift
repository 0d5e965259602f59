import Synchronization

/// What was said in an exchange with a mail server so far, as far as it matters for what becomes of the message.
final class MailTranscript: Sendable {
    /// A step of the exchange, by the command that begins it.
    enum Step: String, Sendable {
        case greeting = "the greeting"
        case hello = "EHLO"
        case encryption = "STARTTLS"
        case login = "the login"
        case sender = "MAIL FROM"
        case recipient = "RCPT TO"
        case data = "DATA"
        case message = "the message"

        init?(command: String) {
            switch command {
            case "EHLO", "HELO": self = .hello
            case "STARTTLS": self = .encryption
            case "AUTH": self = .login
            case "MAIL": self = .sender
            case "RCPT": self = .recipient
            case "DATA": self = .data
            default: return nil
            }
        }
    }

    /// The last answer that the server gave.
    struct Reply: Sendable {
        let code: Int
        /// All of its lines that are kept, with the code.
        let text: String
        /// What it answers.
        let step: Step

        /// Whether it is a refusal, for now or for good.
        var isRefusal: Bool { code >= 400 }

        /// Whether it is about the message; what is about the login or the server may be put right.
        var isOfMessage: Bool {
            switch step {
            case .greeting, .hello, .encryption, .login: false
            // 530 to 538: authentication is missing, too weak, or failed.
            case .sender, .recipient, .data, .message: !(530...538).contains(code)
            }
        }
    }

    private struct State {
        var step = Step.greeting
        var reply: Reply?
        var kept = ""
        /// Whether Hale has taken leave; what is answered to that decides nothing.
        var isOver = false
    }

    private let state = Mutex(State())

    /// The step that the exchange came to.
    var step: Step { state.withLock { $0.step } }
    /// The last whole answer.
    var reply: Reply? { state.withLock { $0.reply } }

    /// A line that goes to the server. Of its text nothing is kept: it may be a password.
    func told(_ line: some StringProtocol) {
        let command = line.prefix { $0.isASCII && $0.isLetter }.uppercased()
        let step = Step(command: command)
        state.withLock { state in
            if command == "QUIT" { state.isOver = true }
            // What answers 334 is no command, and might look like one: a part of a login.
            if let step, state.reply?.code != 334 { state.step = step }
        }
    }

    /// A line of the server's.
    func heard(_ line: some StringProtocol) {
        let line = String(line.filter { !$0.isNewline && $0 != "\0" })
        guard let code = Int(line.prefix(3)) else { return }
        state.withLock { state in
            guard !state.isOver else { return }
            if state.kept.utf8.count < WebhookClient.keepLimitBytes {
                state.kept += (state.kept.isEmpty ? "" : "\n") + line.prefix(WebhookClient.keepLimitBytes)
            }
            // `250-` goes on, `250 ` and `250` end.
            guard line.dropFirst(3).first != "-" else { return }
            state.reply = Reply(code: code, text: state.kept, step: state.step)
            state.kept = ""
            if code == 354 { state.step = .message }
        }
    }
}
