package import Delimited
import HaleDomain
import HaleFiles

/// Looks at the files of a folder: what each one is, how it is written, and in which order they go in.
package struct FolderSurvey: Sendable {
    private enum Finding {
        case item(FolderPlan.Item)
        case passedOver(FolderPlan.PassedOver)
        case questions([ImportProblem])
    }

    private let folder: String
    private let answers: FolderAnswers
    private let presets: [Preset]

    package init(folder: String, answers: FolderAnswers = FolderAnswers()) throws(ImportProblem) {
        self.folder = folder
        self.answers = answers
        presets = try Preset.all
    }

    /// Looks at every file; throws where the folder cannot be read, or answers are given for files that are not there.
    package func plan() throws(ImportProblem) -> FolderPlan {
        let listing = try FolderListing(folder: folder)
        let names = listing.files.map(\.name)
        for file in answers.files.sorted() where !names.contains(file) {
            let nearest = NearestNames.question(names, to: file).map { "; \($0)" } ?? ""
            throw ImportProblem(.missingFile, file: file, "is no file of data in \(folder)\(nearest)")
        }
        var items: [FolderPlan.Item] = []
        var passedOver = listing.passedOver
        var questions: [ImportProblem] = []
        for file in listing.files {
            switch finding(of: file) {
            case .item(let item): items.append(item)
            case .passedOver(let left): passedOver.append(left)
            case .questions(let asked): questions += asked
            }
        }
        return FolderPlan(
            folder: folder, items: Self.inOrder(items), passedOver: passedOver.sorted { $0.file < $1.file },
            questions: questions)
    }

    /// What others name goes in first.
    private static func inOrder(_ items: [FolderPlan.Item]) -> [FolderPlan.Item] {
        ImportKind.loadOrder.flatMap { kind in items.filter { $0.fit.kind == kind }.sorted { $0.file < $1.file } }
    }

    private func finding(of file: FolderListing.DataFile) -> Finding {
        func left(_ reason: String, isData: Bool) -> Finding {
            .passedOver(FolderPlan.PassedOver(file: file.name, reason: reason, isData: isData))
        }
        if answers.identities[file.name] == FolderAnswers.Identity.none {
            return left("left out as asked", isData: false)
        }
        do throws(ImportProblem) {
            let opened = try ImportFile(path: file.path, shownAs: file.name)
            let survey = try survey(of: opened, file)
            if let (fit, basis) = try known(file, header: survey.header) {
                return try item(file, fit: fit, basis: basis, opened: opened, header: survey.header)
            }
            switch KindFinding(header: survey.header, file: file.name, presets: presets) {
            case .found(let fit, let byName):
                return try item(
                    file, fit: fit, basis: byName ? .name : .columns, opened: opened, header: survey.header)
            case .undecided(let fits): throw Self.question(fits, file: file.name)
            case .none(let nearest):
                return left(
                    Self.reason(nearest, header: survey.header, file: file.name), isData: !file.mayBeProse)
            }
        } catch {
            switch error.code {
            // What is no text, or empty, is nothing that an answer could change.
            case .foreignFormat, .emptyFile, .directory, .notARegularFile:
                return left(error.message, isData: error.code != .emptyFile)
            default: return .questions(error.all)
            }
        }
    }

    /// The file with its header, which may stand below titles: the first row, or the one that says what the file is.
    private func survey(of opened: ImportFile, _ file: FolderListing.DataFile) throws(ImportProblem) -> Survey {
        do throws(ImportProblem) {
            return try Survey(
                of: opened,
                columns: { header throws(ImportProblem) in
                    if try known(file, header: header) != nil { return [] }
                    if case .none = KindFinding(header: header, file: file.name, presets: presets) {
                        throw ImportProblem(.unknownColumn, file: file.name, "has no columns that a kind has")
                    }
                    return []
                })
        } catch {
            guard error.code == .unknownColumn else { throw error }
            return try Survey(of: opened, columns: { _ throws(ImportProblem) in [] })
        }
    }

    /// What the user or a mapping file says that the file is; nil where nobody does.
    private func known(
        _ file: FolderListing.DataFile, header: Header
    ) throws(ImportProblem) -> (KindFit, FolderPlan.Basis)? {
        if case .named(let name)? = answers.identities[file.name] {
            if let kind = ImportKind(rawValue: name.lowercased()) {
                // Says which columns are missing.
                _ = try Resolution(
                    header: header, kindColumns: kind.columns, alternatives: kind.alternatives, file: file.name)
                return (KindFit(kind, header: header), .given)
            }
            let preset = try Preset.named(name)
            return (try fit(of: preset.mapping, naming: .preset(name), file: file.name, header: header), .given)
        }
        guard let path = file.mappingPath else { return nil }
        let mapping = try Mapping(path: path)
        return (try fit(of: mapping, naming: .mapping(path), file: file.name, header: header), .mapping)
    }

    private func fit(
        of mapping: Mapping, naming: KindFit.Naming, file: String, header: Header
    ) throws(ImportProblem) -> KindFit {
        guard let kind = ImportKind(rawValue: mapping.kind) else {
            throw ImportProblem(.mappingContent, file: mapping.file, "there is no kind \(mapping.kind)")
        }
        return try KindFit(mapping, of: kind, naming: naming, header: header, file: file)
    }

    private func item(
        _ file: FolderListing.DataFile, fit: KindFit, basis: FolderPlan.Basis, opened: ImportFile, header: Header
    ) throws(ImportProblem) -> Finding {
        let given = answers.formats(of: file.name)
        var unused: [String] = []
        let survey = try Survey(
            of: opened, given: given.or(fit.mapping),
            columns: { header throws(ImportProblem) in
                let resolution =
                    if let mapping = fit.mapping {
                        try Resolution(mapping: mapping, of: fit.kind, header: header, file: file.name)
                    } else { try Resolution(header: header, kindColumns: fit.kind.columns, file: file.name) }
                unused = resolution.ignoredColumns
                return resolution.columns
            })
        // Derived values are looked at when they are there.
        let ambiguities = survey.ambiguities
        guard ambiguities.isEmpty else { return .questions(ambiguities.map { Self.forFolder($0) }) }
        return .item(
            FolderPlan.Item(
                file: file.name, path: file.path, fit: fit, basis: basis,
                namedCount: header.names.count { !$0.isEmpty }, rows: survey.source.recordCount,
                formats: survey.source.peculiarities + Self.formats(survey.verdicts), unused: unused,
                said: Set(survey.verdicts.compactMap(\.text)), given: given,
                termEnd: answers.termEnds[file.name] ?? answers.termEnds[""]))
    }

    // MARK: What is said

    private static func question(_ fits: [KindFit], file: String) -> ImportProblem {
        let names = fits.map(\.answer)
        let columns = fits.first.map { $0.columns.joined(separator: ", ") } ?? ""
        return ImportProblem(
            .undecidedKind, file: file,
            "its columns (\(columns)) fit \(names.joined(separator: " and ")) equally well; say which it is with "
                + names.map { "--kind \(argument(file, $0))" }.joined(separator: " or ")
                + ", or leave it out with --kind \(argument(file, "none"))")
    }

    /// A question about formats, with the option that answers it for one file of a folder.
    private static func forFolder(_ problem: ImportProblem) -> ImportProblem {
        let option =
            switch problem.code {
            case .ambiguousDates: "--date-format \(argument(problem.file, "dmy"))"
            case .ambiguousDecimals: "--decimal \(argument(problem.file, "comma"))"
            default: ""
            }
        guard !option.isEmpty else { return problem }
        return ImportProblem(
            problem.code, file: problem.file, line: problem.line, column: problem.column,
            "\(problem.message); for this file alone as \(option)")
    }

    /// `FILE=VALUE`, quoted for a shell where the name needs that.
    private static func argument(_ file: String, _ value: String) -> String {
        let isPlain = file.unicodeScalars.allSatisfy {
            $0.properties.isAlphabetic || ("0"..."9").contains($0) || "._-".unicodeScalars.contains($0)
        }
        return isPlain ? "\(file)=\(value)" : "'\(file.replacing("'", with: "'\\''"))=\(value)'"
    }

    private static func reason(_ nearest: KindFit?, header: Header, file: String) -> String {
        guard let nearest else {
            let shown = header.names.filter { !$0.isEmpty }.prefix(shownHeaders).joined(separator: ", ")
            return "no kind has its columns (\(shown)); hale import mapping KIND FILE writes a mapping for it"
        }
        guard !nearest.isComplete else {
            return "only \(nearest.columns.joined(separator: ", ")) would fit, as \(nearest.kind.rawValue); "
                + "if that is meant, say --kind \(argument(file, nearest.answer))"
        }
        return "like \(nearest.kind.rawValue) (\(nearest.columns.joined(separator: ", "))), but without "
            + "\(nearest.missing.joined(separator: ", ")); hale import mapping \(nearest.kind.rawValue) FILE writes a "
            + "mapping to name them in"
    }

    private static let shownHeaders = 8

    /// How columns are written, those that are written alike together: "day first (starts_on, ends_on)".
    private static func formats(_ verdicts: [ColumnVerdict]) -> [String] {
        var columns: [(format: String, names: [String])] = []
        for verdict in verdicts {
            guard let format = verdict.formatText else { continue }
            if let place = columns.firstIndex(where: { $0.format == format }) {
                columns[place].names.append(verdict.column)
            } else {
                columns.append((format, [verdict.column]))
            }
        }
        return columns.map { "\($0.format) (\($0.names.joined(separator: ", ")))" }
    }
}

extension SourceDescription {
    /// What is not as in most files.
    var peculiarities: [String] {
        [
            encoding == .utf8 ? nil : encoding.rawValue, layout?.text,
            separator == .comma ? nil : "separator \(separator.name)", isCompressed ? "gzip" : nil,
            headerText,
        ].compactMap(\.self)
    }
}
