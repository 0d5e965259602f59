import HaleDomain

/// A message for a channel of Slack: sections of text, each within Slack's limit.
struct SlackBody: Encodable {
    /// Most characters of a section.
    static let sectionLimit = 3_000
    /// Most sections of a message.
    static let blockLimit = 50

    struct Text: Encodable {
        let type: String
        let text: String
    }

    struct Block: Encodable {
        let type = "section"
        let text: Text

        enum CodingKeys: String, CodingKey {
            case type, text
        }
    }

    let text: String
    let blocks: [Block]

    init(_ message: AlertMessage) {
        let title = Self.title(of: message)
        text = title
        var sections = [title]
        let parts = message.alerts.map { Self.cut(Self.text(of: $0)) }
        for (index, part) in parts.enumerated() {
            let joined = (sections.last ?? "") + "\n" + part
            if joined.count <= Self.sectionLimit {
                sections[sections.count - 1] = joined
            } else if sections.count < Self.blockLimit - 1
                || sections.count < Self.blockLimit && index == parts.count - 1
            {
                sections.append(part)
            } else {
                sections.append("and \(parts.count - index) more")
                break
            }
        }
        blocks = sections.map { Block(text: Text(type: "mrkdwn", text: $0)) }
    }

    private static func title(of message: AlertMessage) -> String {
        switch message.kind {
        case .test: return "*Test from Hale*: \(escaped(message.text ?? ""))"
        case .notice: return "*Hale stopped a receiver*: \(escaped(message.text ?? ""))"
        case .alerts, .digest:
            let firing = message.alerts.count(where: \.isFiring)
            let resolved = message.alerts.count - firing
            var counts: [String] = []
            if firing > 0 { counts.append("\(firing) firing") }
            if resolved > 0 { counts.append("\(resolved) resolved") }
            let common = message.group.labels.sorted { $0.key < $1.key }.map(\.value).filter { !$0.isEmpty }
            let subject = common.isEmpty ? "" : " for \(escaped(common.joined(separator: ", ")))"
            return cut("*Alerts\(subject)*: \(counts.joined(separator: ", "))")
        }
    }

    private static func text(of alert: AlertMessage.Alert) -> String {
        let account = alert.account
        let mark =
            alert.isFiring
            ? alert.severity == .critical ? ":red_circle:" : ":large_orange_circle:" : ":white_check_mark:"
        let name = account.url.map { "<\($0)|\(escaped(account.name))>" } ?? escaped(account.name)
        var lines = ["\(mark) *\(escaped(alert.rule))* \(name) (\(escaped(account.id)))"]
        if !alert.isFiring { lines[0] += ", resolved" }
        if let summary = alert.annotations["summary"] { lines.append(escaped(summary)) }
        if let detail = alert.annotations["detail"] { lines.append(escaped(detail)) }
        var facts = ["since \(alert.since)"]
        if let renewsOn = account.renewsOn { facts.append("renews \(renewsOn)") }
        if let score = account.score {
            facts.append("score \(Int(score.rounded()))" + (account.band.map { " (\($0.rawValue))" } ?? ""))
        }
        lines.append(facts.joined(separator: ", "))
        return lines.joined(separator: "\n")
    }

    /// A text of data as Slack shows it: in its line, and obeying nothing.
    private static func escaped(_ text: String) -> String {
        OneLine.of(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private static func cut(_ text: String) -> String {
        text.count <= sectionLimit ? text : text.prefix(sectionLimit - 1) + "…"
    }
}
