import HaleFiles
package import HaleOutput
package import HaleService

/// What `hale models test` prints: the tests with what came out otherwise than expected.
package struct ModelTestDocument {
    package let tested: [ModelChecks.Tested]

    package init(tested: [ModelChecks.Tested]) {
        self.tested = tested
    }

    package var document: Document {
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
