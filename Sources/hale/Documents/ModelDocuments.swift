import HaleDomain
import HaleService
import HaleTerminal

/// What `hale models check` prints: the models with what is wrong with them.
struct ModelListDocument {
    let checked: [ModelChecks.Checked]
    let inForce: [String]

    var document: Document {
        var table = Table([
            Column("model", priority: 100), Column("in force", key: "inForce", priority: 80),
            Column("problems", content: .number, priority: 90),
            Column("what for", key: "purpose", priority: 70, minimumWidth: 30, overflow: .wrap(maximumLines: 4)),
        ])
        for entry in checked {
            table.append([
                .text(entry.model?.name ?? entry.file), .text(isInForce(entry) ? "yes" : "no"),
                .count(entry.problems.count), .text(entry.purpose),
            ])
        }
        return Document(table: table, json: ["models": .array(checked.map(json))])
    }

    private func isInForce(_ entry: ModelChecks.Checked) -> Bool {
        entry.model.map { inForce.contains($0.name) || $0.name == HealthModel.default.name } ?? false
    }

    private func json(_ entry: ModelChecks.Checked) -> JSONValue {
        [
            "model": .init(entry.model?.name), "file": .string(entry.file), "inForce": .bool(isInForce(entry)),
            "purpose": .string(entry.purpose), "when": .init(entry.model?.condition),
            "problems": .array(
                entry.problems.map { problem in
                    [
                        "code": .string(problem.code.rawValue), "file": .string(problem.file),
                        "line": .init(problem.line), "column": .init(problem.column),
                        "message": .string(problem.message),
                    ]
                }),
        ]
    }
}

/// What `hale models test` prints: the tests with what came out otherwise than expected.
struct ModelTestDocument {
    let tested: [ModelChecks.Tested]

    var document: Document {
        var table = Table([
            Column("model", priority: 90),
            Column("test", priority: 100, minimumWidth: 24, overflow: .wrap(maximumLines: 3)),
            Column("result", priority: 99, minimumWidth: 20, overflow: .wrap(maximumLines: 6)),
        ])
        for result in tested {
            table.append([
                .text(result.test.model), .text(result.test.name),
                .text(result.problems.isEmpty ? "passed" : result.problems.joined(separator: "; ")),
            ])
        }
        let failed = tested.count { !$0.problems.isEmpty }
        return Document(
            table: table,
            json: [
                "passed": .init(tested.count - failed), "failed": .init(failed),
                "tests": .array(
                    tested.map { result in
                        [
                            "model": .string(result.test.model), "file": .string(result.test.file),
                            "line": .init(result.test.line), "test": .string(result.test.name),
                            "passed": .bool(result.problems.isEmpty),
                            "problems": .array(result.problems.map { .string($0) }),
                        ]
                    }),
            ])
    }
}

/// What `hale models explain` prints: the drivers of a model, and its constants.
struct ModelExplanationDocument {
    let file: ModelFile

    private var model: HealthModel { file.model }

    var document: Document {
        Document(
            titles: ["\(model.name) (\(file.file))", file.purpose, claim],
            sections: [drivers, constants], sectionKey: "part",
            json: [
                "model": .string(model.name), "file": .string(file.file), "purpose": .string(file.purpose),
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
