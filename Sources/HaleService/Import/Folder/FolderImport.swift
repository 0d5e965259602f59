package import HaleDomain
package import HaleStore

/// Imports what a folder was found to hold, file by file: each goes in whole or not at all, and one that does not go in
/// keeps out only those that cannot do without it.
package struct FolderImport: Sendable {
    /// What became of a file.
    package enum Result: Sendable {
        /// It is in.
        case imported(ImportStage.Outcome)
        /// It was refused, with this error.
        case failed(any Error)
        /// Nothing of this kind is in, and the file's rows name it.
        case notTried(needs: ImportKind)
    }

    private let database: Database
    private let options: ImportStage.Request

    /// An import into a database; of `options` counts what is not said of each file by the plan.
    package init(_ database: Database, options: ImportStage.Request) {
        self.database = database
        self.options = options
    }

    /// Imports the files in the order of the plan. `began` is told of each file and returns where its progress goes,
    /// `ended` what became of it.
    package func run(
        _ plan: FolderPlan, began: (FolderPlan.Item) -> @Sendable (ImportStage.Progress) -> Void,
        ended: (FolderPlan.Item, Result) -> Void
    ) async throws {
        // Kinds of which there are files and none went in.
        var absent: Set<ImportKind> = []
        for kind in ImportKind.loadOrder {
            let items = plan.items.filter { $0.fit.kind == kind }
            var failed: [(item: FolderPlan.Item, error: any Error)] = []
            var isAnyIn = false
            var isWorthAgain = false
            for item in items {
                if let needed = kind.needs(columns: Set(item.fit.columns)).first(where: absent.contains) {
                    ended(item, .notTried(needs: needed))
                    continue
                }
                do {
                    ended(item, .imported(try await run(item, progress: began(item))))
                    isAnyIn = true
                    isWorthAgain = isWorthAgain || !failed.isEmpty
                } catch let error as CancellationError {
                    throw error
                } catch {
                    failed.append((item, error))
                }
            }
            // Accounts may name parents that stand in a later file.
            for (item, error) in failed {
                guard isWorthAgain, kind == .accounts else {
                    ended(item, .failed(error))
                    continue
                }
                do {
                    ended(item, .imported(try await run(item, progress: began(item))))
                } catch {
                    ended(item, .failed(error))
                }
            }
            if !items.isEmpty, !isAnyIn { absent.insert(kind) }
        }
    }

    private func run(
        _ item: FolderPlan.Item, progress: @escaping @Sendable (ImportStage.Progress) -> Void
    ) async throws -> ImportStage.Outcome {
        var request = options
        request.kind = item.fit.kind
        request.path = item.path
        request.mapping = item.fit.mapping
        request.formats = item.given
        request.termEnd = item.termEnd
        return try await ImportStage(database).run(request, progress: progress)
    }
}
