extension HealthModel {
    /// The model as canonical YAML: every property under its name in snake_case, in the order of declaration. Two
    /// models have the same text if and only if they are equal, so the text can be hashed and stored.
    public var text: String {
        var lines: [String] = []
        for child in Mirror(reflecting: self).children {
            guard let label = child.label else { continue }
            let key = Self.snakeCase(label)
            if let name = child.value as? String {
                lines.append("\(key): \(Self.quoted(name))")
            } else if let settings = child.value as? [DriverSetting] {
                lines.append("\(key):")
                lines.append(contentsOf: settings.map(Self.line))
            } else {
                lines.append("\(key):")
                // Reflection renders every property, so none that is added later can be left out of the hash.
                for parameter in Mirror(reflecting: child.value).children {
                    guard let label = parameter.label else { continue }
                    lines.append("  \(Self.snakeCase(label)): \(Self.scalar(parameter.value))")
                }
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func line(_ setting: DriverSetting) -> String {
        "  - {driver: \(setting.driver.rawValue), dimension: \(setting.driver.dimension.rawValue), "
            + "weight: \(setting.weight), reference: \(setting.reference)}"
    }

    private static func scalar(_ value: Any) -> String {
        switch value {
        case let band as Band: return band.rawValue
        case let numbers as [Double]: return "[" + numbers.map(\.description).joined(separator: ", ") + "]"
        default: return "\(value)"
        }
    }

    private static func quoted(_ name: String) -> String {
        let isPlain = !name.isEmpty && name.utf8.allSatisfy { isPlainByte($0) }
        return isPlain
            ? name : "'" + name.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
    }

    private static func snakeCase(_ label: String) -> String {
        label.reduce(into: "") { text, character in
            text += character.isUppercase ? "_" + character.lowercased() : String(character)
        }
    }
}
