package import HaleDomain
import HaleStore

/// One attempt to deliver a message: find the address, check it, sign, send, and decide what becomes of the message.
struct DeliveryAttempt: Sendable {
    /// Time for the whole attempt, from the first question to the last byte, in milliseconds.
    static let limitMilliseconds: Int64 = 15_000

    /// What came of it.
    struct Result: Sendable {
        let outcome: AttemptOutcome
        /// Whether the receiver has the message.
        let isDelivered: Bool
        /// Whether the receiver says that it is gone.
        let isGone: Bool
        /// Whether it was cut off because the worker stops.
        let isCancelled: Bool
    }

    let effects: DeliveryEffects
    let ownListeners: [DestinationRule.Listener]
    var limitMilliseconds = Self.limitMilliseconds

    func run(_ delivery: ClaimedDelivery, to entry: ReceiverBook.Entry?) async -> Result {
        let began = effects.milliseconds()
        var (answer, address) = await exchange(delivery, to: entry, began: began)
        if let entry {
            let secrets = SentSecrets(Self.secrets(of: entry))
            answer.response = answer.response.map(secrets.removed)
            answer.error = answer.error.map(secrets.removed)
        }
        let isTest = delivery.kind == .test
        let ending: RetryPolicy.Ending =
            if let status = answer.status, entry?.receiver.mail != nil {
                .replied(code: status, isOfMessage: answer.isOfMessage)
            } else if let status = answer.status {
                .answered(status: status, retryAfter: answer.retryAfter)
            } else if answer.phase == .check { .refused } else { .failed }
        let decision = RetryPolicy.decision(
            after: ending, retries: delivery.retries, jitter: effects.jitter(), nowSeconds: effects.nowSeconds())
        var outcome = AttemptOutcome(
            delivery: delivery.key, token: delivery.token, state: .dead, delaySeconds: nil,
            durationMilliseconds: Int(effects.milliseconds() - began), address: address?.text,
            phase: answer.phase, status: answer.status, response: answer.response, error: answer.error)
        switch decision {
        case .delivered: outcome.state = .delivered
        case .retry(let seconds) where !isTest:
            outcome.state = .waiting
            outcome.delaySeconds = seconds
        case .retry, .giveUp, .receiverGone: break
        }
        if let status = answer.status, decision != .delivered, outcome.error == nil {
            outcome.error = "answered \(status)"
        }
        return Result(
            outcome: outcome, isDelivered: decision == .delivered, isGone: decision == .receiverGone,
            isCancelled: answer.isCancelled)
    }

    /// What a receiver may repeat in its answer although nobody is to read it here.
    private static func secrets(of entry: ReceiverBook.Entry) -> [String] {
        var secrets = entry.receiver.headers.map(\.value)
        if case .variable = entry.receiver.place, let web = entry.web { secrets += [web.description, web.target] }
        if let password = entry.password { secrets.append(password) }
        return secrets
    }

    private func exchange(
        _ delivery: ClaimedDelivery, to entry: ReceiverBook.Entry?, began: Int64
    ) async -> (DeliveryAnswer, NetworkAddress?) {
        func refused(_ text: String) -> DeliveryAnswer { DeliveryAnswer(phase: .check, error: text) }
        guard let entry else { return (refused("the receiver is not known any more"), nil) }
        if let problem = entry.problem { return (refused(problem), nil) }
        guard let web = entry.web else { return (refused("it has no address"), nil) }
        let check = DestinationCheck(effects: effects, ownListeners: ownListeners)
        let verdict: DestinationRule.Verdict
        do {
            verdict = try await check.verdict(of: web, for: entry.receiver)
        } catch {
            return (DeliveryAnswer(phase: .dns, error: error.description), nil)
        }
        guard case .allowed(let address) = verdict else { return (refused(verdict.refusal ?? ""), nil) }
        let left = limitMilliseconds - (effects.milliseconds() - began)
        guard left > 0 else { return (DeliveryAnswer(phase: .dns, error: "no time is left"), address) }
        if let settings = entry.receiver.mail {
            return (await mail(delivery, to: entry, settings, web, at: address, limitMilliseconds: left), address)
        }
        let request = request(delivery, to: entry, web, at: address, limitMilliseconds: left)
        return (await effects.exchange(request), address)
    }

    private func request(
        _ delivery: ClaimedDelivery, to entry: ReceiverBook.Entry, _ web: WebAddress, at address: NetworkAddress,
        limitMilliseconds: Int64
    ) -> WebhookRequest {
        let body = Array(delivery.body.utf8)
        var headers = entry.receiver.headers
        let timestamp = effects.nowSeconds()
        headers += [
            Receiver.Header(name: "content-type", value: "application/json"),
            Receiver.Header(name: "user-agent", value: "Hale"),
            Receiver.Header(name: "webhook-id", value: delivery.webhookID),
            Receiver.Header(name: "webhook-timestamp", value: String(timestamp)),
        ]
        if !entry.secrets.isEmpty {
            let signature = WebhookSignature.header(
                id: delivery.webhookID, timestamp: timestamp, body: body, secrets: entry.secrets)
            headers.append(Receiver.Header(name: "webhook-signature", value: signature))
        }
        return WebhookRequest(
            web: web, address: address, headers: headers, body: body, limitMilliseconds: limitMilliseconds)
    }

    private func mail(
        _ delivery: ClaimedDelivery, to entry: ReceiverBook.Entry, _ settings: MailSettings, _ web: WebAddress,
        at address: NetworkAddress, limitMilliseconds: Int64
    ) async -> DeliveryAnswer {
        guard let body = MailBody(json: delivery.body) else {
            return DeliveryAnswer(phase: .check, error: "the message was made for another format, and is no mail")
        }
        let recipients = settings.recipients(csm: body.csm)
        guard !recipients.isEmpty else {
            return DeliveryAnswer(phase: .check, error: "the CSM's e-mail is no address of mail")
        }
        let login = settings.user.flatMap { user in entry.password.map { MailRequest.Login(user: user, password: $0) } }
        let server = MailRequest.Server(
            web, at: address, login: login, allowsInsecure: entry.receiver.allowsInsecure)
        return await effects.sendMail(
            MailRequest(
                body, id: delivery.webhookID, to: recipients, settings: settings, server: server,
                limitMilliseconds: limitMilliseconds))
    }
}

/// Whether a receiver may be connected to, asked when it is saved and at every attempt.
package struct DestinationCheck: Sendable {
    private let effects: DeliveryEffects
    private let ownListeners: [DestinationRule.Listener]

    /// A check, with the places at which this program itself listens.
    package init(effects: DeliveryEffects, ownListeners: [DestinationRule.Listener]) {
        self.effects = effects
        self.ownListeners = ownListeners
    }

    /// Finds the addresses of a host and judges every one.
    package func verdict(
        of web: WebAddress, for receiver: Receiver
    ) async throws(ResolutionFailure) -> DestinationRule.Verdict {
        let addresses = if let literal = web.literal { [literal] } else { try await effects.resolve(web.host) }
        return DestinationRule(
            allowedNetworks: receiver.allowedNetworks, allowsInsecure: receiver.allowsInsecure,
            ownListeners: ownListeners
        ).verdict(of: web, addresses: addresses)
    }
}
