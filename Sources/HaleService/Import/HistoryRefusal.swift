package import HaleDomain

/// Why a receipt cannot be replayed or undone.
package enum HistoryRefusal: CodedError, Equatable {
    /// There is no such receipt.
    case unknownReceipt(Int64)
    /// It was undone before.
    case undoneAlready(Int64)
    /// A later import of the same kind stands on it.
    case notNewest(Int64, kind: ImportKind, newest: Int64)
    /// What it overwrote is not kept any more.
    case tooOld(Int64, days: Int)
    /// Later facts hang on what it created.
    case inUse(Int64, [String])
    /// Raw usage that it brought was dropped, so its counts cannot be taken back.
    case rawUsageDropped(Int64, missing: Int64)
    /// It has no rejected rows.
    case nothingRejected(Int64)
    /// It was written by a version that did not keep how the file was read and what the import overwrote.
    case noRecipe(Int64)

    package var code: String {
        switch self {
        case .unknownReceipt: "HALE-IMPORT-040"
        case .undoneAlready: "HALE-IMPORT-041"
        case .notNewest: "HALE-IMPORT-042"
        case .tooOld: "HALE-IMPORT-043"
        case .inUse: "HALE-IMPORT-044"
        case .rawUsageDropped: "HALE-IMPORT-045"
        case .nothingRejected: "HALE-IMPORT-046"
        case .noRecipe: "HALE-IMPORT-047"
        }
    }

    package var message: String {
        switch self {
        case .unknownReceipt(let receipt): "there is no receipt \(receipt): hale import list shows them"
        case .undoneAlready(let receipt): "the import of receipt \(receipt) was undone: import its file again"
        case .notNewest(let receipt, let kind, let newest):
            "receipt \(receipt) is not the newest import of \(kind.rawValue): undo receipt \(newest) first"
        case .tooOld(let receipt, let days):
            "the import of receipt \(receipt) is more than \(days) days old, and what it overwrote is not kept "
                + "so long: import a corrected file"
        case .inUse(let receipt, let reasons):
            "receipt \(receipt) cannot be undone: \(reasons.joined(separator: "; ")): "
                + "undo the imports that brought these first, or import a corrected file"
        case .rawUsageDropped(let receipt, let missing):
            "receipt \(receipt) cannot be undone: \(missing) of its raw usage rows were dropped"
        case .nothingRejected(let receipt): "receipt \(receipt) has no rejected rows"
        case .noRecipe(let receipt):
            "receipt \(receipt) was written by an older version, which did not keep what this takes: "
                + "import a corrected file"
        }
    }
}
