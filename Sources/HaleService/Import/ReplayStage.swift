package import Delimited
package import HaleDomain
import HaleFiles
package import HaleStore

/// Imports the rejected rows of a receipt again, as its file was imported, after what was missing has come in.
package struct ReplayStage: Sendable {
    /// What came of it.
    package struct Outcome: Sendable {
        /// The receipt whose rows were taken.
        package let original: StoredReceipt
        /// The receipt of the replay.
        package let receipt: ImportStore.Receipt
        /// What the file of the rows was like.
        package let source: SourceDescription
    }

    private let database: Database

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Imports the rows that now can go in; the others stay with the receipt, with the reasons as they are now.
    /// Throws `HistoryRefusal`, `ImportProblem`, `ImportFailure`, `PostgresError`.
    package func run(
        receipt number: Int64, isDryRun: Bool = false, today: Day? = nil,
        progress: @escaping @Sendable (ImportStage.Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        let (original, rows) = try await database.withConnection { connection in
            let store = ReceiptStore(connection)
            guard let original = try await store.receipt(number) else { throw HistoryRefusal.unknownReceipt(number) }
            return (original, try await store.rejects(of: number))
        }
        guard original.undone == nil else { throw HistoryRefusal.undoneAlready(number) }
        guard !rows.isEmpty else { throw HistoryRefusal.nothingRejected(number) }
        guard let json = original.recipe else { throw HistoryRefusal.noRecipe(number) }
        let recipe = try ImportRecipe(json: json)
        let file = RejectedFile(rows: rows, recipe: recipe)
        var request = ImportStage.Request(kind: original.kind, path: original.fileName)
        request.mapping = try recipe.mapping.map { try Mapping(yaml: $0.text, file: $0.file) }
        request.formats = recipe.formats
        request.allowedBadRows = rows.count
        request.isHistory = original.isHistory
        request.termEnd = recipe.termEnd
        request.createsMissingAccounts = recipe.createsMissingAccounts
        request.createsMissingCSMs = recipe.createsMissingCSMs ?? false
        request.isDryRun = isDryRun
        request.today = today
        request.replayed = ReplayedRows(
            file: try file.opened(shownAs: original.fileName), receipt: number, fileName: original.fileName,
            checksum: original.checksum, lines: file.lines)
        let outcome = try await ImportStage(database).run(request, progress: progress)
        guard case .imported(let receipt, let source) = outcome else { throw HistoryRefusal.nothingRejected(number) }
        return Outcome(original: original, receipt: receipt, source: source)
    }
}
