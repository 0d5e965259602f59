import HaleDomain
package import HaleOutput
package import HaleService

/// What `hale models check` prints: the models with what is wrong with them.
package struct ModelListDocument {
    package let checked: [ModelChecks.Checked]
    package let inForce: [String]

    package init(checked: [ModelChecks.Checked], inForce: [String]) {
        self.checked = checked
        self.inForce = inForce
    }

    package var document: Document {
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
            "problems": .array(entry.problems.map(\.json)),
        ]
    }
}
