import Delimited
import Foundation
import HaleDomain
import Mustache

/// The texts of a rule with an account's figures: mustache templates whose names are the signals, rendered as plain text.
package struct AnnotationTemplates {
    private let templates: [(name: String, template: MustacheTemplate)]

    /// The templates of a rule, which were checked when it was read.
    package init(_ annotations: [String: String]) {
        templates = annotations.sorted { $0.key < $1.key }.compactMap { name, text in
            (try? AnnotationTemplate.parse(text)).map { (name, $0) }
        }
    }

    /// The texts by name.
    package func render(_ signals: SignalValues) -> [String: String] {
        Dictionary(uniqueKeysWithValues: templates.map { ($0.name, $0.template.render(signals.context)) })
    }
}

/// A template of a text.
package enum AnnotationTemplate {
    /// What is wrong with a template; nil where it is good.
    static func complaint(about text: String, signals: [String]) -> String? {
        let known = Set(signals)
        for match in text.matches(of: #/\{\{\{?(.*?)\}?\}\}/#) {
            let tag = match.output.1.trimmingPrefix { $0 == " " }
            if tag.hasPrefix("!") { continue }
            let name = tag.drop { "&#^/".contains($0) }.filter { $0 != " " }
            guard tag.first.map({ $0.isLetter || "&#^/".contains($0) }) == true,
                name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil
            else {
                return "a text may hold {{signal}}, {{#signal}}…{{/signal}} and {{^signal}}…{{/signal}}, not {{\(tag)}}"
            }
            guard known.contains(name) else {
                let nearest = NearestNames.question(signals, to: name)
                return "there is no signal \"\(name)\"; \(nearest ?? "hale rules explain --signals lists them")"
            }
        }
        do {
            _ = try parse(text)
            return nil
        } catch {
            return "is no template: a {{ without its }}, or a section without its end"
        }
    }

    /// The names that a template uses.
    package static func names(in text: String) -> Set<String> {
        Set(text.matches(of: #/\{\{\{?[ &#^]*([a-z][a-z0-9_]*) *\}?\}\}/#).map { String($0.output.1) })
    }

    /// A template whose values stay as they are: nothing is escaped for HTML.
    static func parse(_ text: String) throws -> MustacheTemplate {
        try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    }
}

/// The signals of an account as a template sees them.
package struct SignalValues {
    let context: [String: Any]

    /// The signals of a JSON object; missing ones are shown as unknown.
    package init(json: String) {
        let values = (try? JSONDecoder().decode([String: SignalValue].self, from: Data(json.utf8))) ?? [:]
        context = values.mapValues(\.shown)
    }
}

private enum SignalValue: Decodable {
    case missing
    case flag(Bool)
    case number(Double)
    case text(String)

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .missing
        } else if let number = try? container.decode(Double.self) {
            // The most frequent first: a kind that does not fit costs more than one that does.
            self = .number(number)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else {
            self = .flag(try container.decode(Bool.self))
        }
    }

    var shown: Any {
        switch self {
        case .missing: MissingSignal()
        case .flag(let flag): flag
        case .number(let number): Self.text(of: number)
        // A name must not begin a line of its own in somebody's chat or mail.
        case .text(let text): OneLine.of(text)
        }
    }

    /// At most two decimals.
    private static func text(of number: Double) -> String {
        let rounded = (number * 100).rounded() / 100
        return Int64(exactly: rounded).map { "\($0)" } ?? "\(rounded)"
    }
}

/// A signal without a value: shown as a word, and false where a section asks for it.
private struct MissingSignal: MustacheCustomRenderable {
    var renderText: String { "unknown" }
    var isNull: Bool { true }
}

extension SignalValues {
    /// A signal as a template shows it; nil where it is missing.
    package func text(of name: String) -> String? {
        switch context[name] {
        case nil, is MissingSignal: nil
        case let flag as Bool: "\(flag)"
        case let text as String: text
        default: nil
        }
    }
}
