import Delimited
import Foundation
import HaleDomain
import Yams

/// Reads a file of receivers and routes, and notes every problem with its place.
struct ReceiverReader {
    private static let secondsOfUnit: [Character: Int] = ["s": 1, "m": 60, "h": 3_600, "d": 86_400]
    /// Longest duration: a year.
    private static let longestSeconds = 31_536_000

    private let reader: StrictReader
    private var result = ReceiverFile()

    package static func read(_ yaml: String, file: String) throws(FileFailure) -> ReceiverFile {
        var reading = ReceiverReader(reader: StrictReader(file: file, of: .receiver))
        try reading.reader.read(yaml, as: "a file of receivers") { reading.readFile($0) }
        reading.result.path = file
        return reading.result
    }

    private init(reader: StrictReader) {
        self.reader = reader
    }

    private mutating func readFile(_ root: Node) {
        let fields = reader.fields(
            root, known: ["receivers", "routes", "administrators", "external_url"], of: "a file of receivers")
        if let field = fields["external_url"], let text = reader.text(field, of: "external_url") {
            let web = web(text, field)
            if web?.scheme.isMail ?? false {
                reader.note(.badValue, field.mark, "external_url begins with https:// or http://")
            }
            result.externalURL = web?.description ?? ""
            while result.externalURL.hasSuffix("/") { result.externalURL.removeLast() }
        }
        for node in list(fields["receivers"], of: "receivers") {
            guard let receiver = receiver(node) else { continue }
            if result.receivers.contains(where: { $0.name == receiver.name }) {
                reader.note(.name, node.mark, "the receiver \(receiver.name) stands twice; keep one")
            }
            result.receivers.append(receiver)
        }
        if fields["routes"] != nil {
            result.routes = list(fields["routes"], of: "routes").compactMap { route($0) }
        }
        if let field = fields["administrators"] { result.administrators = texts(field, of: "administrators") }
    }

    // MARK: Receivers

    private func receiver(_ node: Node) -> Receiver? {
        let known = [
            "name", "url", "url_env", "format", "secret_env", "headers", "send_resolved", "allow_private_networks",
            "allow_insecure", "concurrency", "time_zone",
        ]
        let fields = reader.fields(node, known: known + MailReader.keys, required: ["name"], of: "a receiver")
        guard let nameField = fields["name"], let name = reader.text(nameField, of: "name") else { return nil }
        guard Receiver.isName(name) else {
            reader.note(.badValue, nameField.mark, "\"\(name)\" is no name: use letters, digits, -, _ and .")
            return nil
        }
        guard let place = place(fields, node) else { return nil }
        var receiver = Receiver(name: name, place: place)
        if let field = fields["format"] {
            receiver.format = reader.word(field, of: "format", as: DeliveryFormat.self) ?? .hale
        }
        receiver.concurrency = receiver.format.defaultConcurrency
        if let field = fields["concurrency"] {
            let range = Receiver.concurrencyRange
            receiver.concurrency =
                reader.integer(field, of: "concurrency", in: Double(range.lowerBound)...Double(range.upperBound)) ?? 1
        }
        if let field = fields["secret_env"] { receiver.secretVariable = variable(field, of: "secret_env") }
        if receiver.format == .hale, fields["secret_env"] == nil {
            reader.note(
                .missingKey, node.mark, "a receiver of format hale needs the key secret_env: messages are signed")
        }
        receiver.mail = MailReader(reader: reader).settings(fields, of: node, format: receiver.format)
        if let field = fields["headers"] { receiver.headers = headers(field) }
        if let field = fields["send_resolved"] {
            receiver.sendsResolved = reader.flag(field, of: "send_resolved") ?? true
        }
        if let field = fields["allow_insecure"] {
            receiver.allowsInsecure = reader.flag(field, of: "allow_insecure") ?? false
        }
        if let field = fields["allow_private_networks"] { receiver.allowedNetworks = networks(field) }
        if let field = fields["time_zone"], let zone = reader.text(field, of: "time_zone") {
            if TimeZone(identifier: zone) == nil || zone.contains(" ") {
                reader.note(.badValue, field.mark, "time zone \"\(zone)\" is not known: use one such as Europe/Berlin")
            }
            receiver.timeZone = zone
        }
        checkAddress(receiver, fields["url"])
        return receiver
    }

    private func place(_ fields: [String: Field], _ node: Node) -> Receiver.Place? {
        switch (fields["url"], fields["url_env"]) {
        case (let field?, nil):
            return reader.text(field, of: "url").flatMap { web($0, field) }.map { .address($0) }
        case (nil, let field?): return variable(field, of: "url_env").map { .variable($0) }
        case (nil, nil): reader.note(.missingKey, node.mark, "a receiver needs the key url or url_env")
        case (_?, let field?): reader.note(.badValue, field.mark, "url stands beside url_env; keep one")
        }
        return nil
    }

    /// An address that is written as numbers is known at once; a name is asked about when something is sent.
    private func checkAddress(_ receiver: Receiver, _ field: Field?) {
        guard case .address(let web) = receiver.place, let field else { return }
        if let refusal = receiver.format.refusal(of: web) {
            reader.note(.badValue, field.mark, "url: \(refusal)")
            return
        }
        guard let literal = web.literal else { return }
        let rule = DestinationRule(
            allowedNetworks: receiver.allowedNetworks, allowsInsecure: receiver.allowsInsecure)
        if let refusal = rule.verdict(of: web, addresses: [literal]).refusal {
            reader.note(.destination, field.mark, "url: \(refusal)")
        }
    }

    private func headers(_ field: Field) -> [Receiver.Header] {
        guard let mapping = field.value.mapping else {
            reader.note(.badValue, field.mark, "headers needs names with their values here")
            return []
        }
        return mapping.compactMap { key, value in
            let header = Receiver.Header(name: key.scalar?.string ?? "", value: value.scalar?.string ?? "")
            if value.scalar == nil {
                reader.note(.badValue, value.mark, "the header \(header.name) needs a text here")
            } else if let refusal = header.refusal {
                reader.note(.badValue, key.mark, refusal)
            }
            return header
        }
    }

    private func networks(_ field: Field) -> [AddressRange] {
        items(field).compactMap { node in
            let text = node.scalar?.string ?? ""
            let range = AddressRange(text)
            if range == nil {
                reader.note(.badValue, node.mark, "\"\(text)\" is no range of addresses such as 10.1.0.0/16")
            }
            return range
        }
    }

    // MARK: Routes

    private func route(_ node: Node) -> AlertRoute? {
        let known = [
            "receiver", "match", "group_by", "group_wait", "group_interval", "repeat_interval", "active_hours",
            "continue",
        ]
        let fields = reader.fields(node, known: known, required: ["receiver"], of: "a route")
        guard let field = fields["receiver"], let name = reader.text(field, of: "receiver") else { return nil }
        var route = AlertRoute(receiver: name)
        if let field = fields["match"] { route.match = match(field) }
        if let field = fields["group_by"] { route.groupBy = texts(field, of: "group_by") }
        if let field = fields["group_wait"] { route.groupWaitSeconds = seconds(field, of: "group_wait") ?? 0 }
        if let field = fields["group_interval"] {
            route.groupIntervalSeconds = seconds(field, of: "group_interval") ?? 0
        }
        if let field = fields["repeat_interval"] {
            route.repeatSeconds =
                field.value.scalar?.string == "never"
                ? nil : seconds(field, of: "repeat_interval", least: 60, orElse: ", or never")
        }
        if let field = fields["active_hours"], let text = reader.text(field, of: "active_hours") {
            route.activeHours = ActiveHours(text)
            if route.activeHours == nil {
                reader.note(.badValue, field.mark, "\"\(text)\" are no hours such as mon-fri 08:00-18:00")
            }
        }
        if let field = fields["continue"] { route.continues = reader.flag(field, of: "continue") ?? false }
        return route
    }

    private func match(_ field: Field) -> AlertRoute.Match {
        let fields = reader.fields(field.value, known: ["labels", "severity", "segment", "csm"], of: "match")
        var match = AlertRoute.Match()
        if let field = fields["labels"] {
            if field.value.mapping == nil {
                reader.note(.badValue, field.mark, "labels needs names with their values here")
            }
            for (key, value) in field.value.mapping ?? [:] {
                match.labels[key.scalar?.string ?? ""] = reader.text(Field(key: key, value: value), of: "a label") ?? ""
            }
        }
        if let field = fields["severity"] {
            let words = texts(field, of: "severity")
            let severities = words.compactMap(AlertSeverity.init)
            match.severities = severities
            if severities.count < words.count {
                let known = AlertSeverity.allCases.map(\.rawValue)
                reader.note(.badValue, field.mark, "severity is one of \(known.joined(separator: ", ")), or a list")
            }
        }
        if let field = fields["segment"] { match.segments = texts(field, of: "segment") }
        if let field = fields["csm"] { match.csms = texts(field, of: "csm").map { $0.lowercased() } }
        return match
    }

    // MARK: Values

    private func web(_ text: String, _ field: Field) -> WebAddress? {
        do {
            return try WebAddress(text)
        } catch {
            // The address itself may hold a secret.
            reader.note(.badValue, field.mark, "the address \(error.text)")
            return nil
        }
    }

    private func variable(_ field: Field, of what: String) -> String? {
        guard let text = reader.text(field, of: what) else { return nil }
        guard text.wholeMatch(of: /[A-Za-z_][A-Za-z0-9_]{0,99}/) != nil else {
            // What stands there may be the secret itself.
            reader.note(.badValue, field.mark, "\(what) is the name of a variable of the environment")
            return nil
        }
        return text
    }

    private func seconds(_ field: Field, of what: String, least: Int = 0, orElse: String = "") -> Int? {
        let text = field.value.scalar?.string ?? ""
        guard let unit = text.last.flatMap({ Self.secondsOfUnit[$0] }), let count = Int(text.dropLast()),
            (0...Self.longestSeconds).contains(count), (least...Self.longestSeconds).contains(count * unit)
        else {
            reader.note(
                .badValue, field.mark,
                "\(what) is a time such as 30s, 5m, 4h or 1d\(orElse), not \(reader.shown(field.value))")
            return nil
        }
        return count * unit
    }

    private func list(_ field: Field?, of what: String) -> [Node] {
        field.map { reader.list($0, "\(what) needs a list here").map(\.value) } ?? []
    }

    private func items(_ field: Field) -> [Node] { field.value.sequence.map(Array.init) ?? [field.value] }

    private func texts(_ field: Field, of what: String) -> [String] {
        items(field).compactMap { reader.text(Field(key: field.key, value: $0), of: what) }
    }
}
