import Delimited
package import HaleDomain
package import HaleOutput
package import HaleService

/// Why a file was not imported, for programs.
package struct ImportRefusalDocument {
    private let kind: ImportKind
    private let path: String
    private let causes: [ProblemCause]
    private let badRows: Int?
    private let errors: JSONValue

    /// A document of an import's own refusals; nil for other errors.
    package init?(kind: ImportKind, path: String, error: any Error) {
        self.kind = kind
        self.path = path
        guard let failure = ImportFailure(error) else { return nil }
        causes = failure.causes
        errors = ErrorDocument(entries: failure.entries).errors
        if case .badRows(_, _, let rows, _) = failure { badRows = rows } else { badRows = nil }
    }

    package var document: Document {
        Document(json: [
            "kind": .string(kind.rawValue), "file": .string(path), "imported": false, "badRows": .init(badRows),
            "causes": .array(causes.map(\.json)), "errors": errors,
        ])
    }
}

extension ProblemCause {
    /// The cause for programs.
    package var json: JSONValue {
        [
            "code": .string(example.code.rawValue), "column": .init(example.column),
            "reason": .string(example.message), "rows": .init(rows), "firstLine": .init(example.line),
            "mixed": .bool(isMixed),
        ]
    }
}
