import HaleDomain

/// A message about alerts as a mail: one for each group, as text and as a page.
struct AlertMail {
    let message: AlertMessage

    var body: MailBody {
        let csm = message.group.labels["csm"] ?? ""
        return MailBody(
            timestamp: message.timestamp, subject: subject, text: text, html: html, csm: csm.isEmpty ? nil : csm)
    }

    // MARK: Words

    private var subject: String {
        switch message.kind {
        case .test: return "Test from Hale"
        case .notice: return "Hale: \(message.text ?? "")"
        case .alerts, .digest: break
        }
        guard let first = message.alerts.first else { return "Hale" }
        let names = "\(first.account.name): \(first.rule)\(first.isFiring ? "" : " is over")"
        return message.alerts.count == 1 ? names : "\(names), and \(message.alerts.count - 1) more"
    }

    private var opening: String {
        guard message.kind == .alerts else { return "\(message.text ?? "")." }
        let firing = message.alerts.count(where: \.isFiring)
        let counts = [(firing, "firing"), (message.alerts.count - firing, "over")].filter { $0.0 > 0 }
            .map { "\($0.0) \($0.1)" }
        return "Alerts: \(counts.joined(separator: ", "))"
    }

    private static func heading(_ alert: AlertMessage.Alert) -> String {
        let state = alert.isFiring ? alert.severity.rawValue : "over"
        return OneLine.of("\(alert.account.name) (\(alert.account.id)): \(alert.rule), \(state)")
    }

    private static func lines(_ alert: AlertMessage.Alert) -> [String] {
        var lines = ["summary", "detail"].compactMap { alert.annotations[$0] }.map(OneLine.of)
        var facts = ["since \(alert.since)"]
        if let renewsOn = alert.account.renewsOn { facts.append("renews \(renewsOn)") }
        if let score = alert.account.score {
            facts.append("score \(Int(score.rounded()))" + (alert.account.band.map { " (\($0.rawValue))" } ?? ""))
        }
        lines.append(facts.joined(separator: ", "))
        return lines
    }

    // MARK: Parts

    private var text: String {
        var parts = [opening]
        for alert in message.alerts {
            let lines = Self.lines(alert) + (alert.account.url.map { [$0] } ?? [])
            parts.append(([Self.heading(alert)] + lines.map { "  \($0)" }).joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n") + "\n"
    }

    private var html: String {
        let alerts = message.alerts.map { alert in
            let heading = Self.escaped(Self.heading(alert))
            let title = alert.account.url.map { #"<a href="\#(Self.escaped($0))">\#(heading)</a>"# } ?? heading
            return "<h3>\(title)</h3>\n<p>\(Self.lines(alert).map(Self.escaped).joined(separator: "<br>\n"))</p>"
        }
        let body = (["<p>\(Self.escaped(opening))</p>"] + alerts).joined(separator: "\n")
        return """
            <!doctype html>
            <html><head><meta charset="utf-8"><title>\(Self.escaped(subject))</title></head>
            <body style="font-family: sans-serif; max-width: 40em">
            \(body)
            </body></html>

            """
    }

    private static func escaped(_ text: String) -> String {
        OneLine.of(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
