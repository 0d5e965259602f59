/// A JSON value whose objects keep their keys in the order given.
package enum JSONValue: Sendable, Equatable {
    /// One key of an object and its value.
    package struct Member: Sendable, Equatable {
        /// The key, in camelCase.
        package let key: String
        package let value: JSONValue

        /// A key with its value.
        package init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    /// Keys and values in order; keys must differ.
    case object([Member])
    /// Values in order.
    case array([JSONValue])
    /// Text.
    case string(String)
    /// A whole number, written in full.
    case integer(Int64)
    /// A number, written with all its digits; written as `null` when not finite.
    case number(Double)
    /// True or false.
    case bool(Bool)
    /// No value.
    case null

    /// Text, or null without one.
    package init(_ value: String?) { self = value.map(JSONValue.string) ?? .null }

    /// A number, or null without one.
    package init(_ value: Double?) { self = value.map(JSONValue.number) ?? .null }

    /// True or false, or null without either.
    package init(_ value: Bool?) { self = value.map(JSONValue.bool) ?? .null }

    /// A whole number of any integer type, or null without one.
    package init<Integer: BinaryInteger>(_ value: Integer?) {
        guard let value else {
            self = .null
            return
        }
        self = Int64(exactly: value).map(JSONValue.integer) ?? .number(Double(value))
    }

    /// Money as `{"minor": 1234500, "currency": "EUR"}`, or null without an amount.
    package static func money(minor: Int64?, currency: String) -> JSONValue {
        guard let minor else { return .null }
        return ["minor": .integer(minor), "currency": .string(currency)]
    }

    /// An object's members with more after them; any other value is returned unchanged.
    package func adding(_ members: [Member]) -> JSONValue {
        guard case .object(let present) = self else { return self }
        return .object(present + members)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral {
    /// An object with the keys in the order written.
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONValue: ExpressibleByArrayLiteral {
    /// An array of the values written.
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}

extension JSONValue: ExpressibleByStringLiteral {
    /// Text as written.
    package init(stringLiteral value: String) { self = .string(value) }
}

extension JSONValue: ExpressibleByIntegerLiteral {
    /// A whole number as written.
    package init(integerLiteral value: Int64) { self = .integer(value) }
}

extension JSONValue: ExpressibleByFloatLiteral {
    /// A number as written.
    package init(floatLiteral value: Double) { self = .number(value) }
}

extension JSONValue: ExpressibleByBooleanLiteral {
    /// True or false as written.
    package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension JSONValue: ExpressibleByNilLiteral {
    /// Null.
    package init(nilLiteral: ()) { self = .null }
}
