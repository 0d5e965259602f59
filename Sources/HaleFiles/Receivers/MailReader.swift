import HaleDomain
import Yams

/// Reads what a receiver of mail has beside its server.
struct MailReader {
    /// Keys that no other receiver has.
    static let keys = ["from", "to", "user", "ca_file", "digest"]

    let reader: StrictReader

    /// The settings; nil where they are wrong, or the receiver is none of mail.
    func settings(_ fields: [String: Field], of node: Node, format: DeliveryFormat) -> MailSettings? {
        guard format == .email else {
            for key in Self.keys {
                guard let field = fields[key] else { continue }
                reader.note(.badValue, field.key.mark, "\(key) is for receivers of format email")
            }
            return nil
        }
        if let field = fields["headers"] {
            reader.note(.badValue, field.key.mark, "headers are for receivers of webhooks; keep format or headers")
        }
        for key in ["from", "to"] where fields[key] == nil {
            reader.note(.missingKey, node.mark, "a receiver of format email needs the key \(key)")
        }
        let from = fields["from"].flatMap { address($0.value, of: "from") }
        guard let from, let to = fields["to"].flatMap(recipients) else { return nil }
        var settings = MailSettings(from: from, to: to)
        settings.user = fields["user"].flatMap { reader.text($0, of: "user") }
        if (settings.user == nil) != (fields["secret_env"] == nil) {
            reader.note(
                .missingKey, node.mark,
                "user and secret_env, the variable with the password, go together or are left out")
        }
        settings.authoritiesFile = fields["ca_file"].flatMap { reader.text($0, of: "ca_file") }
        settings.digest = fields["digest"].flatMap { reader.word($0, of: "digest", as: DigestKind.self) }
        if settings.digest == .weeklyForecast, to == .csm, let field = fields["digest"] {
            reader.note(
                .badValue, field.mark, "the weekly forecast is about everybody: name addresses in to")
        }
        return settings
    }

    private func recipients(_ field: Field) -> MailSettings.Recipients? {
        if field.value.scalar?.string == MailSettings.csmWord { return .csm }
        let nodes = field.value.sequence.map(Array.init) ?? [field.value]
        let addresses = nodes.compactMap { address($0, of: "to") }
        guard addresses.count == nodes.count else { return nil }
        guard (1...MailSettings.recipientLimit).contains(addresses.count) else {
            reader.note(
                .badValue, field.mark,
                "to is csm, an address, or 1 to \(MailSettings.recipientLimit) of them")
            return nil
        }
        return .addresses(addresses)
    }

    private func address(_ node: Node, of what: String) -> MailAddress? {
        let address = node.scalar.flatMap { MailAddress($0.string) }
        if address == nil {
            reader.note(
                .badValue, node.mark, "\(what): \(reader.shown(node)) is no address of mail such as ana@example.com")
        }
        return address
    }
}
