import Delimited
import HaleDomain
import HaleFiles
import HaleStore

/// What an import of any kind has to do with its receipt, whether its rows come from a file or are those that an earlier
/// import had left out.
extension ImportWork {
    /// What the file as given was like; with a deriving mapping it is not the file that is read.
    var source: SourceDescription { derived?.source ?? survey.source }

    /// The checksum by which rows without an id are keyed.
    var checksum: String { request.replayed?.checksum ?? source.sha256 }

    /// Where the rows that are read stood in the file as given.
    var origin: RowOrigin { RowOrigin(isDerived: derived != nil, lines: request.replayed?.lines ?? [:]) }

    /// The rows that are bad before the file is read, on the lines of the file as given.
    var badRows: BadRows {
        var bad = derived?.rejected ?? BadRows(limit: request.allowedBadRows)
        bad.move(to: origin)
        return bad
    }

    /// A receipt with what is known before the file is read.
    var receipt: ImportStore.Receipt {
        var receipt = ImportStore.Receipt()
        receipt.read = Int64(source.recordCount)
        receipt.notes = notes
        return receipt
    }

    /// Usage of different files goes in side by side; imports of another kind wait for each other, so that what a row was
    /// before is known.
    var lock: String {
        request.kind == .usage ? "\(request.kind.rawValue) \(checksum)" : request.kind.rawValue
    }

    /// The import of this file that is in already, where importing it again would change nothing.
    func earlierImport(_ store: ImportStore) async throws -> ImportStore.Earlier? {
        guard request.replayed == nil else { return nil }
        let earlier = try await store.earlier(
            kind: request.kind, checksum: checksum, mapping: request.mapping?.text)
        guard let earlier, request.kind.isKeyedByLine || earlier.saysItAll else { return nil }
        return earlier
    }

    /// How the file is read, as far as that is known before its rows are staged.
    var recipe: ImportRecipe {
        ImportRecipe(
            request: request, header: derived?.headerText ?? survey.headerText, separator: source.separator,
            verdicts: survey.verdicts)
    }

    /// What the receipt begins with.
    func opening() throws -> ImportStore.Opening {
        return ImportStore.Opening(
            kind: request.kind, fileName: file.name, checksum: checksum,
            source: request.replayed?.source ?? source.text, mapping: request.mapping?.name,
            isHistory: request.isHistory, recipe: try recipe.json, replayOf: request.replayed?.receipt)
    }

    /// Takes the rejected rows that are replayed away from their receipt; those that are bad still come back to it. After
    /// the receipt was opened, before any row is rejected.
    func takeReplayed(_ store: ImportStore) async throws {
        guard let replayed = request.replayed else { return }
        guard try await store.takeRejects(of: replayed.receipt) == replayed.lines.count else {
            throw StoreError.refused(
                "the rejected rows of receipt \(replayed.receipt) have changed meanwhile: run it again")
        }
    }

    /// The receipt under which rejected rows are kept: in a replay the one that they came from.
    func rejectOwner(_ receipt: ImportStore.Receipt) -> Int64 { request.replayed?.receipt ?? receipt.number }
}
