import HaleDomain
import HaleService
import HaleTerminal

/// What went wrong, for programs.
struct ErrorDocument {
    let entries: [ErrorEntry]

    /// `[{"code": …, "message": …, "file": …, "line": …, "column": …}]`
    var errors: JSONValue {
        .array(
            entries.map {
                [
                    "code": .init($0.code), "message": .string($0.message), "file": .init($0.file),
                    "line": .init($0.line), "column": .init($0.column),
                ]
            })
    }

    var document: Document { Document(json: ["errors": errors]) }
}

extension FileProblem {
    /// The problem for programs that asked for a check.
    var json: JSONValue {
        [
            "code": .string(code), "file": .init(file), "line": .init(line), "column": .init(column),
            "message": .string(message),
        ]
    }
}
