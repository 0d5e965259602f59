import HaleDomain
package import HaleFiles
package import HaleOutput

/// What `hale models explain` prints: the drivers of a model, and its constants.
package struct ModelExplanationDocument {
    package let file: ModelFile
    /// The account to which the model applies, where one was asked for.
    package let account: String?

    package init(file: ModelFile, account: String?) {
        self.file = file
        self.account = account
    }

    private var model: HealthModel { file.model }

    package var document: Document {
        Document(
            titles: ["\(model.name) (\(file.file))", file.purpose, claim],
            sections: [drivers, constants], sectionKey: "part",
            json: [
                "model": .string(model.name), "account": .init(account), "file": .string(file.file),
                "purpose": .string(file.purpose),
                "when": .init(model.condition), "beside": .bool(model.isBeside),
                "drivers": .array(
                    model.drivers.indices.map { index in
                        let driver = model.drivers[index]
                        return [
                            "driver": .string(driver.fullName), "kind": .string(driver.kind.keyword),
                            "weight": .number(share(index)),
                            "reference": driver.kind == .netPromoter ? .null : .number(driver.reference),
                            "expression": .init(driver.measure?.expression),
                            "worst": .init(driver.measure?.worst), "best": .init(driver.measure?.best),
                        ]
                    }),
                "constants": .array(
                    ModelParameter.all.map { parameter in
                        [
                            "constant": .string(parameter.name), "value": json(parameter.value(in: model)),
                            "default": json(parameter.value(in: .default)), "unit": .string(parameter.unit),
                            "least": .init(parameter.range?.lowerBound),
                            "greatest": .init(parameter.range?.upperBound), "meaning": .string(parameter.meaning),
                        ]
                    }),
            ])
    }

    private var claim: String {
        if let account {
            let why = model.condition ?? "no other model claims it"
            return "It applies to account \(account): \(why)."
        }
        if model.isBeside { return "It is scored beside the model that applies, and decides nothing." }
        return model.condition.map { "It applies when \($0)." } ?? "It applies to every account that no other claims."
    }

    private func share(_ index: Int) -> Double { model.weights[index] / model.totalWeight }

    private var drivers: Document.Section {
        var table = Table([
            Column("driver", priority: 100), Column("kind", priority: 80),
            Column("weight %", key: "weight", content: .number, priority: 95),
            Column("reference", content: .number, priority: 70),
            Column("measured", priority: 60, minimumWidth: 20, overflow: .wrap(maximumLines: 4)),
        ])
        for (index, driver) in model.drivers.enumerated() {
            table.append([
                .text(driver.fullName), .text(driver.kind.keyword), .number(100 * share(index), decimals: 2),
                driver.kind == .netPromoter ? .text("portfolio") : .number(driver.reference, decimals: 2),
                .text(
                    driver.measure.map {
                        "\($0.expression), from \(ModelValue.number($0.worst).text) to \(ModelValue.number($0.best).text)"
                    } ?? ""),
            ])
        }
        return Document.Section(title: "Drivers", table: table)
    }

    private var constants: Document.Section {
        var table = Table([
            Column("constant", priority: 100), Column("value", priority: 99), Column("default", priority: 80),
            Column("unit", priority: 85), Column("from", priority: 60), Column("to", priority: 60),
            Column("meaning", priority: 90, minimumWidth: 24, overflow: .wrap(maximumLines: 4)),
        ])
        for parameter in ModelParameter.all {
            let (value, usual) = (parameter.value(in: model), parameter.value(in: .default))
            table.append([
                .text(parameter.name), .text(value.text), .text(value == usual ? "" : usual.text),
                .text(parameter.unit), .text(parameter.range.map { ModelValue.number($0.lowerBound).text } ?? ""),
                .text(parameter.range.map { ModelValue.number($0.upperBound).text } ?? ""), .text(parameter.meaning),
            ])
        }
        return Document.Section(title: "Constants", table: table)
    }

    private func json(_ value: ModelValue) -> JSONValue {
        switch value {
        case .integer(let value): .init(value)
        case .number(let value): .number(value)
        case .numbers(let values): .array(values.map { .number($0) })
        case .band(let band): .string(band.rawValue)
        }
    }
}
