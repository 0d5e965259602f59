package import HaleDomain
package import HaleFiles
package import HaleOutput

/// What went wrong, for programs.
package struct ErrorDocument {
    package let entries: [ErrorEntry]

    package init(entries: [ErrorEntry]) {
        self.entries = entries
    }

    /// `[{"code": …, "message": …, "file": …, "line": …, "column": …}]`
    package var errors: JSONValue {
        .array(
            entries.map {
                [
                    "code": .init($0.code), "message": .string($0.message), "file": .init($0.file),
                    "line": .init($0.line), "column": .init($0.column),
                ]
            })
    }

    package var document: Document { Document(json: ["errors": errors]) }
}

extension FileProblem {
    /// The problem for programs that asked for a check.
    package var json: JSONValue {
        [
            "code": .string(code), "file": .init(file), "line": .init(line), "column": .init(column),
            "message": .string(message),
        ]
    }
}
