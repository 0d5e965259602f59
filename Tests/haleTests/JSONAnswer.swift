/// A JSON value as a reader of the program's answers sees it.
enum JSONAnswer: Equatable, Sendable, Decodable {
    case null
    case bool(Bool)
    case number(Double)
    case text(String)
    case list([JSONAnswer])
    case object([String: JSONAnswer])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONAnswer].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONAnswer].self))
        }
    }

    /// The value of an object's key; nil when the key is missing, or this is no object.
    subscript(key: String) -> JSONAnswer? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    /// The keys of an object; none of anything else.
    var keys: Set<String> {
        guard case .object(let members) = self else { return [] }
        return Set(members.keys)
    }

    /// The number, nil for anything else.
    var numberValue: Double? {
        guard case .number(let value) = self else { return nil }
        return value
    }

    /// The text, nil for anything else.
    var textValue: String? {
        guard case .text(let value) = self else { return nil }
        return value
    }

    /// The elements of a list, nil for anything else.
    var elements: [JSONAnswer]? {
        guard case .list(let values) = self else { return nil }
        return values
    }

    /// Money as the surfaces write it.
    static func money(minor: Double, _ currency: String) -> JSONAnswer {
        .object(["minor": .number(minor), "currency": .text(currency)])
    }

    /// A sort of value that a key may have.
    enum Sort: Sendable {
        /// A number.
        case number
        /// A whole number.
        case count
        /// Text.
        case text
        /// Text of the form `YYYY-MM-DD`.
        case date
        /// `{"minor": 1234500, "currency": "EUR"}`.
        case money
        /// A list of texts.
        case texts
        /// A list of anything.
        case list
    }

    /// Whether the value is of a sort.
    func matches(_ sort: Sort) -> Bool {
        switch sort {
        case .number: numberValue != nil
        case .count: numberValue.map { $0 == $0.rounded() } ?? false
        case .text: textValue != nil
        case .date: textValue?.wholeMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}/) != nil
        case .money:
            keys == ["minor", "currency"] && self["minor"]?.matches(.count) == true
                && self["currency"]?.textValue?.wholeMatch(of: /[A-Z]{3}/) != nil
        case .texts: elements?.allSatisfy { $0.textValue != nil } ?? false
        case .list: elements != nil
        }
    }
}
