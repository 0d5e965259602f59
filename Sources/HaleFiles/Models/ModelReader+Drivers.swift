import HaleDomain
import Yams

extension ModelReader {
    private static let weightRange = 0.0...1e9

    /// Reads the weights of both levels, and the drivers.
    mutating func readDimensions(_ field: Field) {
        var drivers: [DriverSetting] = []
        for (dimension, entry) in reader.named(field.value, of: "dimensions") {
            let fields = reader.fields(
                entry.value, known: ["weight", "drivers"], required: ["weight", "drivers"], of: "dimension \(dimension)"
            )
            let weight =
                fields["weight"].flatMap { reader.number($0, of: "weight", in: Self.weightRange) } ?? 0
            guard let list = fields["drivers"] else { continue }
            let own = readDrivers(list, dimension: dimension, weight: weight)
            if weight > 0, !own.isEmpty, own.allSatisfy({ $0.weight == 0 }) {
                reader.note(
                    .weights, list.mark, "the weights in \(dimension) sum to zero, so its own weight is nobody's")
            }
            drivers += own
        }
        guard !drivers.isEmpty else { return }
        if drivers.allSatisfy({ $0.dimensionWeight == 0 }) {
            reader.note(.weights, field.mark, "the weights of the dimensions sum to zero: nothing would be scored")
        }
        model.drivers = drivers
    }

    /// The kinds that every file which names one of them must speak of. A kind that came later is left out unless it is
    /// named, so that a file of before means what it meant.
    private static let expectedKinds: [DriverKind] = [
        .trend, .seats, .recency, .breadth, .netPromoter, .champion, .contract, .support, .billing,
    ]

    /// Reads the kinds of drivers that a file leaves out on purpose.
    mutating func readLeftOut(_ field: Field) {
        let used = Set(model.drivers.map(\.kind))
        let complaint = "leaves_out needs a list of kinds of drivers here, such as [billing]"
        for entry in reader.list(field, complaint) {
            guard let kind = reader.word(entry, of: "leaves_out", as: KindWord.self)?.kind else { continue }
            guard places["dimensions"] != nil, !used.contains(kind) else {
                reader.note(
                    .badValue, entry.value.mark,
                    "\(kind.keyword) is left out and is a driver of the model: say one of both")
                continue
            }
            leftOut.insert(kind)
        }
    }

    /// Notes the drivers of the default model that a file drops without a word: whoever names one of them to change its
    /// weight would lose its siblings.
    func checkCompleteness() {
        guard let mark = places["dimensions"] else { return }
        let used = Set(model.drivers.map(\.kind))
        guard Self.expectedKinds.contains(where: used.contains) else { return }
        let missing = Self.expectedKinds.filter { !used.contains($0) && !leftOut.contains($0) }.map(\.keyword)
        guard !missing.isEmpty else { return }
        let list = missing.joined(separator: ", ")
        reader.note(
            .missingKey, mark,
            "the file names some drivers of the default model and not \(list): name them too, or say leaves_out: [\(list)]"
        )
    }

    private mutating func readDrivers(_ field: Field, dimension: String, weight: Double) -> [DriverSetting] {
        var drivers: [DriverSetting] = []
        for (name, entry) in reader.named(field.value, of: "drivers") {
            let driver = readDriver(
                entry,
                DriverSetting(
                    kind: .measure, dimension: dimension, name: name, dimensionWeight: weight, weight: 0))
            guard let driver else { continue }
            places[driver.fullName] = entry.key.mark
            if let expression = entry.value.mapping?["expression"] {
                places["\(driver.fullName) expression"] = expression.mark
            }
            drivers.append(driver)
        }
        return drivers
    }

    private func readDriver(_ entry: Field, _ blank: DriverSetting) -> DriverSetting? {
        var driver = blank
        let measureKeys = ["expression", "worst", "best"]
        let fields = reader.fields(
            entry.value, known: ["kind", "weight", "reference"] + measureKeys, required: ["weight"],
            of: "driver \(driver.fullName)")
        guard let kind = kind(fields["kind"], entry, name: driver.name) else { return nil }
        driver.kind = kind
        driver.reference = kind.usualReference
        if let field = fields["weight"] {
            driver.weight = reader.number(field, of: "weight", in: Self.weightRange) ?? 0
        }
        if let field = fields["reference"] {
            if kind == .netPromoter {
                reader.note(
                    .badValue, field.key.mark, "nps is measured against the portfolio's responses: it has no reference")
            }
            driver.reference = reader.number(field, of: "reference", in: 0...1) ?? driver.reference
        }
        for key in measureKeys {
            guard kind == .measure else {
                if let field = fields[key] {
                    reader.note(.unknownKey, field.key.mark, "only a driver of kind measure has the key \(key)")
                }
                continue
            }
            if fields[key] == nil {
                reader.note(.missingKey, entry.mark, "a driver of kind measure needs the key \(key)")
            }
        }
        if kind == .measure { driver.measure = measure(fields) }
        return driver
    }

    private func kind(_ field: Field?, _ entry: Field, name: String) -> DriverKind? {
        let known = DriverKind.allCases.map(\.keyword)
        // A driver called like a kind is of that kind.
        let word = field?.value.scalar?.string ?? name
        guard let kind = DriverKind(keyword: word) else {
            reader.note(
                .badValue, field?.mark ?? entry.key.mark,
                field == nil
                    ? "driver \(name) needs a kind: one of \(known.joined(separator: ", "))"
                    : "there is no kind \"\(word)\": use one of \(known.joined(separator: ", "))")
            return nil
        }
        return kind
    }

    private func measure(_ fields: [String: Field]) -> MeasureSetting? {
        let figures = -1e15...1e15
        guard let expression = fields["expression"], let worst = fields["worst"], let best = fields["best"] else {
            return nil
        }
        let text = reader.expression(expression, of: "expression", columns: ModelColumns.measure)
        let low = reader.number(worst, of: "worst", in: figures)
        let high = reader.number(best, of: "best", in: figures)
        guard let text, let low, let high else { return nil }
        guard low != high else {
            reader.note(.badValue, best.mark, "worst and best are the same: nothing can be told apart")
            return nil
        }
        return MeasureSetting(expression: text, worst: low, best: high)
    }
}

/// A kind of driver by its word in files.
private struct KindWord: RawRepresentable, CaseIterable {
    static let allCases = DriverKind.allCases.map { KindWord(kind: $0) }

    let kind: DriverKind
    var rawValue: String { kind.keyword }

    init(kind: DriverKind) { self.kind = kind }

    init?(rawValue: String) {
        guard let kind = DriverKind(keyword: rawValue) else { return nil }
        self.kind = kind
    }
}
