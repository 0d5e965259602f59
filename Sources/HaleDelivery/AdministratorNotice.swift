import HaleDomain
import HaleStore

extension ReceiverBook {
    /// Messages to the administrators about Hale itself, through receivers that are not stopped.
    /// - Parameter besides: A receiver that is not told, since the message is about it.
    func notices(
        group: AlertGroup, text: String, besides other: String? = nil, effects: DeliveryEffects
    ) throws -> [NewDelivery] {
        try administrators.filter { $0 != other }.compactMap { name in
            guard let entry = entry(named: name), entry.stored.state == .active else { return nil }
            let message = AlertMessage(
                kind: .notice, timestamp: Instant.text(effects.nowSeconds()), receiver: name, group: group, alerts: [],
                externalURL: externalURL, text: text)
            return NewDelivery(
                webhookID: "msg_\(effects.newID())", receiver: entry.stored.key, kind: message.kind,
                groupKey: group.key, body: try MessageBody.text(of: message, as: entry.receiver.format))
        }
    }
}
