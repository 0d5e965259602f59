import CCurl
import HaleDomain
import Synchronization

/// One mail on its way, by libcurl; the one place that touches it. Every pointer is made and given back within `run`.
@safe final class MailExchange: Sendable {
    private let request: MailRequest
    private let transcript = MailTranscript()
    private let isStopped = Atomic(false)
    private let deadline: ContinuousClock.Instant
    private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(_ request: MailRequest) {
        self.request = request
        deadline = .now + .milliseconds(request.limitMilliseconds)
    }

    /// Ends it within about a second, wherever it is.
    func stop() { isStopped.store(true, ordering: .sequentiallyConsistent) }

    /// Blocks until the message has arrived or cannot; tells the answer, and then takes leave of the server.
    func run(_ tell: (DeliveryAnswer) -> Void) {
        guard Self.isReady, let handle = unsafe curl_easy_init() else {
            tell(DeliveryAnswer(phase: .check, error: "libcurl cannot be used"))
            return
        }
        defer { unsafe curl_easy_cleanup(handle) }
        let lists = unsafe Lists(request)
        defer { unsafe lists.free() }
        let message = unsafe message(for: handle)
        defer { unsafe curl_mime_free(message) }
        unsafe set(handle, message, lists)
        let code = unsafe curl_easy_perform(handle)
        tell(answer(to: code, unsafe circumstances(of: handle)))
    }

    // MARK: What is sent

    private func set(_ handle: UnsafeMutableRawPointer, _ message: OpaquePointer?, _ lists: Lists) {
        // The path is what Hale calls itself to the server.
        let host = request.web.literal?.urlHost ?? request.web.host
        let url = "\(request.web.scheme.rawValue)://\(host):\(request.web.port)/\(request.from.domain)"
        let limit = Int(max(1, request.limitMilliseconds))
        let isRequired = request.encryption == .required
        let numbers: [(CURLoption, Int)] = [
            (CURLOPT_NOSIGNAL, 1), (CURLOPT_UPLOAD, 1), (CURLOPT_TIMEOUT_MS, limit),
            // Some servers make whoever calls wait for their greeting.
            (CURLOPT_CONNECTTIMEOUT_MS, limit), (CURLOPT_SERVER_RESPONSE_TIMEOUT, (limit + 999) / 1_000),
            (CURLOPT_USE_SSL, Int((isRequired ? CURLUSESSL_ALL : CURLUSESSL_TRY).rawValue)),
            (CURLOPT_SSL_VERIFYPEER, isRequired ? 1 : 0), (CURLOPT_SSL_VERIFYHOST, isRequired ? 2 : 0),
        ]
        for (option, value) in numbers { _ = unsafe ccurl_set_number(handle, option, value) }
        var texts: [(CURLoption, String)] = [
            // No proxy that the environment names: it would connect to an address that nobody checked.
            (CURLOPT_URL, url), (CURLOPT_PROXY, ""), (CURLOPT_MAIL_FROM, "<\(request.from)>"),
        ]
        if let file = request.authoritiesFile { texts.append((CURLOPT_CAINFO, file)) }
        if let login = request.login {
            texts += [(CURLOPT_USERNAME, login.user), (CURLOPT_PASSWORD, login.password)]
        }
        for (option, value) in texts { _ = unsafe ccurl_set_text(handle, option, value) }
        _ = unsafe ccurl_set_list(handle, CURLOPT_MAIL_RCPT, lists.recipients)
        _ = unsafe ccurl_set_list(handle, CURLOPT_HTTPHEADER, lists.headers)
        _ = unsafe ccurl_set_list(handle, CURLOPT_RESOLVE, lists.addresses)
        _ = unsafe ccurl_set_message(handle, message)
        // This object outlives the exchange, in which alone libcurl calls back.
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe ccurl_set_listener(handle, listener, context)
        _ = unsafe ccurl_set_stop(handle, asked, context)
    }

    /// Two parts that say the same.
    private func message(for handle: UnsafeMutableRawPointer) -> OpaquePointer? {
        let message = unsafe curl_mime_init(handle)
        for (type, text) in [("text/plain", request.text), ("text/html", request.html)] {
            // Lines of mail end so; a line feed alone would be encoded as a character of the line.
            let lines = Array(
                text.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n").utf8)
            let part = unsafe curl_mime_addpart(message)
            _ = unsafe curl_mime_type(part, "\(type); charset=utf-8")
            _ = unsafe curl_mime_encoder(part, "quoted-printable")
            _ = unsafe lines.withUnsafeBytes { bytes in
                unsafe curl_mime_data(part, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count)
            }
        }
        return unsafe message
    }

    /// Lists that libcurl reads for as long as an exchange goes on.
    @unsafe private struct Lists {
        let recipients: UnsafeMutablePointer<curl_slist>?
        let headers: UnsafeMutablePointer<curl_slist>?
        /// Where the host is, so that no other address is asked for.
        let addresses: UnsafeMutablePointer<curl_slist>?

        init(_ request: MailRequest) {
            unsafe recipients = unsafe Self.list(request.to.map { "<\($0)>" })
            unsafe headers = unsafe Self.list(request.headers + ["Content-Type: multipart/alternative"])
            let pinned = "\(request.web.host):\(request.web.port):\(request.address.urlHost)"
            unsafe addresses = unsafe Self.list(request.web.literal == nil ? [pinned] : [])
        }

        private static func list(_ texts: [String]) -> UnsafeMutablePointer<curl_slist>? {
            unsafe texts.reduce(nil) { unsafe curl_slist_append($0, $1) }
        }

        func free() {
            unsafe curl_slist_free_all(recipients)
            unsafe curl_slist_free_all(headers)
            unsafe curl_slist_free_all(addresses)
        }
    }

    // MARK: What comes back

    private func circumstances(of handle: UnsafeMutableRawPointer) -> MailFault.Circumstances {
        MailFault.Circumstances(
            isConnected: unsafe ccurl_connect_microseconds(handle) > 0,
            errorNumber: Int32(truncatingIfNeeded: unsafe ccurl_error_number(handle)),
            limitMilliseconds: request.limitMilliseconds)
    }

    private func answer(to code: CURLcode, _ circumstances: MailFault.Circumstances) -> DeliveryAnswer {
        let reply = transcript.reply
        if code == CURLE_OK {
            return DeliveryAnswer(phase: .response, status: reply?.code ?? 250, response: reply?.text)
        }
        var answer: DeliveryAnswer
        if let reply, reply.isRefusal {
            answer = DeliveryAnswer(
                phase: .response, status: reply.code, response: reply.text,
                error: "\(reply.step.rawValue) was answered \(reply.code)")
            answer.isOfMessage = reply.isOfMessage
        } else {
            let fault = MailFault(code, step: transcript.step, circumstances)
            answer = DeliveryAnswer(phase: fault.phase, error: fault.text)
        }
        answer.isCancelled = code == CURLE_ABORTED_BY_CALLBACK && isStopped.load(ordering: .sequentiallyConsistent)
        return answer
    }

    fileprivate func take(_ kind: curl_infotype, _ line: String) {
        switch kind {
        case CURLINFO_HEADER_IN: transcript.heard(line)
        case CURLINFO_HEADER_OUT: transcript.told(line)
        default: break
        }
    }

    /// Whether it is to end: libcurl counts the time of leave-taking apart from that of the exchange.
    fileprivate var wantsStop: Bool {
        isStopped.load(ordering: .sequentiallyConsistent) || ContinuousClock.now >= deadline
    }
}

/// Called by libcurl with the object of the exchange and a line of it.
private func listener(
    _ handle: UnsafeMutableRawPointer?, _ kind: curl_infotype, _ text: UnsafeMutablePointer<CChar>?, _ count: Int,
    _ context: UnsafeMutableRawPointer?
) -> Int32 {
    guard let context = unsafe context, let text = unsafe text else { return 0 }
    let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
    let line = unsafe String(decoding: bytes, as: UTF8.self)
    unsafe Unmanaged<MailExchange>.fromOpaque(context).takeUnretainedValue().take(kind, line)
    return 0
}

/// Called by libcurl about every second with the object of the exchange: whether to stop.
private func asked(
    _ context: UnsafeMutableRawPointer?, _: curl_off_t, _: curl_off_t, _: curl_off_t, _: curl_off_t
) -> Int32 {
    guard let context = unsafe context else { return 0 }
    return unsafe Unmanaged<MailExchange>.fromOpaque(context).takeUnretainedValue().wantsStop ? 1 : 0
}
