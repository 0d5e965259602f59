extension HealthModel {
    /// The model as a model file with every constant, in a fixed order: two models have the same text if and only if
    /// they are equal, so the text can be hashed and kept, and reading it gives the model again.
    ///
    /// A section that a later version brought is left out of models that do not use it: their text, and so their hash,
    /// stays what it was.
    package var text: String {
        var unused: Set<String> = []
        if position(of: .level) == nil, level == LevelParameters() { unused.insert("level") }
        if champion == ChampionParameters() { unused.insert("champion") }
        return text(without: unused)
    }

    /// The model as a model file that leaves out nothing.
    package var completeText: String { text(without: []) }

    private func text(without unused: Set<String>) -> String {
        var lines = ["name: \(Self.quoted(name))"]
        if let condition { lines.append("when: \(Self.quoted(condition))") }
        if isBeside { lines.append("beside: true") }
        lines.append("roll_up: \(rollUp.rawValue)")
        lines.append("dimensions:")
        for (index, driver) in drivers.enumerated() {
            if index == 0 || drivers[index - 1].dimension != driver.dimension {
                lines.append("  \(driver.dimension):")
                lines.append("    weight: \(ModelValue.text(driver.dimensionWeight))")
                lines.append("    drivers:")
            }
            lines.append("      \(driver.name): \(Self.flow(driver))")
        }
        for section in ModelParameter.sections where !unused.contains(section) {
            lines.append("\(section):")
            for parameter in ModelParameter.all where parameter.section == section {
                lines.append("  \(parameter.key): \(parameter.value(in: self).text)")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func flow(_ driver: DriverSetting) -> String {
        var entries = ["kind: \(driver.kind.keyword)", "weight: \(ModelValue.text(driver.weight))"]
        // Net promoter responses are measured against the portfolio, so their reference is no setting.
        if driver.kind != .netPromoter { entries.append("reference: \(ModelValue.text(driver.reference))") }
        if let measure = driver.measure {
            entries.append("expression: \(quoted(measure.expression))")
            entries.append("worst: \(ModelValue.text(measure.worst))")
            entries.append("best: \(ModelValue.text(measure.best))")
        }
        return "{\(entries.joined(separator: ", "))}"
    }

    /// A plain word as it is, anything else between quotes; control characters as their escapes, so that a line stays one.
    private static func quoted(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.allSatisfy(isPlainByte)
        if isPlain { return text }
        let isPrintable = text.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 }
        if isPrintable {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        let escaped = text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\"", "\\": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            case "\t": result += "\\t"
            case _ where scalar.value < 32 || scalar.value == 127:
                let hex = String(scalar.value, radix: 16)
                result += "\\x" + (hex.count < 2 ? "0" : "") + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return "\"\(escaped)\""
    }

    private static func isPlainByte(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
    }
}
