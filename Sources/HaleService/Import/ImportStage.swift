package import Delimited
package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Takes one file in, whole or not at all, and writes a receipt.
package struct ImportStage: Sendable {
    /// What to import and how.
    package struct Request: Sendable {
        /// What the rows are.
        package var kind: ImportKind
        /// The file's path, or `-` for standard input.
        package var path: String
        /// How the file's columns become the kind's.
        package var mapping: Mapping?
        /// Formats given by the user, which win over those found.
        package var formats = GivenFormats()
        /// How many bad rows may be left out.
        package var allowedBadRows = 0
        /// Whether facts were learned when they happened (first loads).
        package var isHistory = false
        /// Whether accounts that rows name and nobody imported are created.
        package var createsMissingAccounts = false
        /// Whether CSMs that rows name and nobody imported are created.
        package var createsMissingCSMs = false
        /// Which day the ends of terms name; found from the whole file where nil.
        package var termEnd: TermEnd?
        /// Whether exchange rates that look inverted or absurd are meant so.
        package var confirmsRates = false
        /// The day of the import, behind whose morrow no fact can lie; nil for today.
        package var today: Day?
        /// Whether to do everything and then undo it.
        package var isDryRun = false
        /// The line of the header; that of the mapping, or found, where nil.
        package var headerLine: Int?
        /// The rejected rows of an earlier import that the file is made of.
        var replayed: ReplayedRows?

        /// The memory that an import of usage may take up for names and counts.
        package var usageLimits = UsageLimits()

        /// A request with the defaults.
        package init(kind: ImportKind, path: String) {
            self.kind = kind
            self.path = path
        }
    }

    /// What came of it.
    package enum Outcome: Sendable {
        /// The file went in, or would have.
        case imported(ImportStore.Receipt, source: SourceDescription)
        /// The same file is in already; nothing was changed.
        case alreadyImported(ImportStore.Earlier)
    }

    /// How far it is.
    package struct Progress: Sendable {
        /// Bytes of the file read in this pass.
        package var bytes: Int
        /// Bytes of the file.
        package var totalBytes: Int
        /// Rows written in this pass.
        package var rows: Int
        /// What it is at.
        package var step: Step
    }

    /// A part of an import.
    package enum Step: String, Sendable, CaseIterable {
        /// The file is looked at.
        case survey
        /// Its rows are read, resolved and handed to the database.
        case rows
        /// The rows are checked against each other and against what is stored, and written.
        case names
        /// Usage only: the packed months of people take the rows in.
        case people
        /// Usage only: those of features.
        case features
        /// Usage only: those of accounts.
        case months
    }

    private let database: Database

    /// A stage on a database.
    package init(_ database: Database) {
        self.database = database
    }

    /// Imports one file. Throws `ImportFailure`, `ImportProblem`, `PostgresError`.
    package func run(
        _ request: Request, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws -> Outcome {
        if let mapping = request.mapping, mapping.kind != request.kind.rawValue {
            throw ImportProblem(
                .mappingContent, file: mapping.file,
                "is for \(mapping.kind), not for \(request.kind.rawValue): import as \(mapping.kind)")
        }
        let original = if let replayed = request.replayed { replayed.file } else { try ImportFile(path: request.path) }
        let derived: Derivation.Result? =
            if let mapping = request.mapping, mapping.needsDatabase {
                try await Derivation(database, request: request).run(file: original, mapping: mapping)
            } else { nil }
        let file = derived?.file ?? original
        let totalBytes = file.byteCount
        var notes: [String] = []
        let survey = try Survey(
            of: file, given: request.formats.or(request.mapping, computed: derived?.computed ?? []),
            known: derived == nil ? request.knownLines : KnownLines(header: 1),
            limits: derived == nil ? .standard : .derived,
            progress: { progress(Progress(bytes: $0, totalBytes: totalBytes, rows: 0, step: .survey)) },
            columns: { header throws(ImportProblem) in
                let resolution = try ColumnResolution(
                    kind: request.kind, mapping: request.mapping, header: header, derived: derived?.resolution,
                    file: file.name)
                notes = resolution.notes
                return resolution.columns
            })
        guard survey.ambiguities.isEmpty else { throw ImportFailure.file(survey.ambiguities) }
        // Of rejected rows the first receipt has said it.
        if request.replayed == nil {
            let joinedNames = (derived?.source ?? survey.source).joinedNames
            notes += [ColumnResolution.note(joinedNames: joinedNames)].compactMap(\.self)
            notes += survey.verdicts.flatMap { [$0.text, $0.missingText].compactMap(\.self) }
        }
        let work = ImportWork(
            request: request, file: file, survey: survey, derived: derived, notes: notes, progress: progress)
        return try await database.withConnection { connection in
            let outcome = try await connection.transaction(isDryRun: request.isDryRun) { transaction in
                if let statements = request.kind.statements {
                    try await work.run(statements, on: transaction)
                } else {
                    try await UsageImport(work, database: database).run(on: transaction)
                }
            }
            // A call that was imported completes what a call completes, now and not tonight.
            if request.kind == .touchpoints, !request.isDryRun {
                try await ContactLog.completeTasks(on: connection, accounts: nil)
            }
            // The file is in, whether or not its tables can be counted now: the server counts them later itself.
            if !request.isDryRun { try? await ImportStore(connection).refreshStatistics() }
            return outcome
        }
    }
}

extension ImportStage.Request {
    /// What is known of the places of the file's records. A file of rejected rows has a header of its own.
    var knownLines: KnownLines {
        guard let replayed else { return KnownLines(header: headerLine ?? mapping?.headerLine) }
        var known = KnownLines()
        known.records = replayed.lines.keys.sorted()
        return known
    }
}
