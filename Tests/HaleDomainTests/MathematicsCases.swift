import Foundation
import Testing

/// A value of a JSON file.
enum JSONValue: Decodable, Sendable, Equatable {
    case null
    case boolean(Bool)
    case number(Double)
    case text(String)
    case list([JSONValue])
    case object([String: JSONValue])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .boolean(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([JSONValue].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: JSONValue].self))
        }
    }

    init(_ value: Double?) {
        self = value.map(JSONValue.number) ?? .null
    }

    /// The first place where another value differs by more than a tolerance; nil if there is none.
    func difference(from actual: JSONValue, tolerance: Double, path: String = "") -> String? {
        switch (self, actual) {
        case (.number(let left), .number(let right)):
            // A comparison that NaN cannot pass.
            return abs(left - right) <= tolerance ? nil : "\(path): expected \(left), got \(right)"
        case (.list(let left), .list(let right)) where left.count == right.count:
            for (index, pair) in zip(left, right).enumerated() {
                let place = "\(path)[\(index)]"
                if let found = pair.0.difference(from: pair.1, tolerance: tolerance, path: place) { return found }
            }
            return nil
        case (.object(let left), .object(let right)):
            for (key, value) in left.sorted(by: { $0.key < $1.key }) {
                let place = path.isEmpty ? key : "\(path).\(key)"
                guard let other = right[key] else { return "\(place): missing" }
                if let found = value.difference(from: other, tolerance: tolerance, path: place) { return found }
            }
            return nil
        default:
            return self == actual ? nil : "\(path): expected \(self), got \(actual)"
        }
    }
}

/// One case of the file of cases.
struct MathematicsCase: Decodable, Sendable {
    let function: String
    let input: CaseInput
    let expected: JSONValue
    let tolerance: Double
}

/// The cases of `Fixtures/mathematics.json`, or of the file that `HALE_MATHEMATICS_CASES` names.
struct MathematicsCases: Decodable, Sendable {
    let cases: [MathematicsCase]

    /// Read once for all tests.
    private static let loaded = Result { try readAll() }

    static func load() throws -> [MathematicsCase] {
        try loaded.get()
    }

    private static func readAll() throws -> [MathematicsCase] {
        if let path = ProcessInfo.processInfo.environment["HALE_MATHEMATICS_CASES"] {
            return try read(URL(fileURLWithPath: path))
        }
        let file = Bundle.module.url(forResource: "mathematics", withExtension: "json", subdirectory: "Fixtures")
        return try read(try #require(file, "Fixtures/mathematics.json is not among the test's resources"))
    }

    private static func read(_ file: URL) throws -> [MathematicsCase] {
        try JSONDecoder().decode(MathematicsCases.self, from: Data(contentsOf: file)).cases
    }
}

/// The input of a case, read by key; a key that is missing or of another kind fails the case.
struct CaseInput: Decodable, Sendable {
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    let fields: [String: JSONValue]

    init(fields: [String: JSONValue]) {
        self.fields = fields
    }

    init(from decoder: any Decoder) throws {
        fields = try decoder.singleValueContainer().decode([String: JSONValue].self)
    }

    func number(_ key: String) throws -> Double {
        guard case .number(let value) = fields[key] else { throw Problem(description: "\(key) is not a number") }
        return value
    }

    func integer(_ key: String) throws -> Int {
        let value = try number(key)
        guard let whole = Int(exactly: value) else { throw Problem(description: "\(key) is not an integer") }
        return whole
    }

    func optionalInteger(_ key: String) throws -> Int? {
        fields[key] == .null || fields[key] == nil ? nil : try integer(key)
    }

    func boolean(_ key: String) throws -> Bool {
        guard case .boolean(let value) = fields[key] else { throw Problem(description: "\(key) is not a boolean") }
        return value
    }

    func text(_ key: String) throws -> String {
        guard case .text(let value) = fields[key] else { throw Problem(description: "\(key) is not a text") }
        return value
    }

    func list(_ key: String) throws -> [JSONValue] {
        guard case .list(let value) = fields[key] else { throw Problem(description: "\(key) is not a list") }
        return value
    }

    func numbers(_ key: String) throws -> [Double] {
        try list(key).map { value in
            guard case .number(let number) = value else { throw Problem(description: "\(key) holds no numbers") }
            return number
        }
    }

    func rows(_ key: String) throws -> [[Double]] {
        try list(key).map { row in try CaseInput(fields: [key: row]).numbers(key) }
    }

    func integers(_ key: String) throws -> [Int] {
        try numbers(key).map { Int($0) }
    }

    func objects(_ key: String) throws -> [CaseInput] {
        try list(key).map { value in
            guard case .object(let fields) = value else { throw Problem(description: "\(key) holds no objects") }
            return CaseInput(fields: fields)
        }
    }

    func object(_ key: String) throws -> CaseInput {
        guard case .object(let fields) = fields[key] else { throw Problem(description: "\(key) is not an object") }
        return CaseInput(fields: fields)
    }
}
