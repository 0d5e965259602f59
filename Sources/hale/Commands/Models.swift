import ArgumentParser
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleService
import HaleStore

/// `hale models`: the files that define the score.
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "models", abstract: "Check, test, explain and compare the models that define the score.",
        subcommands: [Check.self, Test.self, Diff.self, Switch.self, Explain.self, Show.self])

    /// `hale models check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract: "Check model files; without a file, every model at hand. Exit status 3 with problems.")

        @Argument(help: "Model files.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let (checked, shipped) = try await Database.use { database in
                let library = try await ModelLibrary.inForce(database)
                return (try await ModelChecks(database, library: library).check(files), library.shipped)
            }
            let inForce = try Settings.modelNames()
            for problem in checked.flatMap(\.problems) { Console.printError("hale: \(problem)") }
            Console.show(ModelListDocument(checked: checked, inForce: inForce).document, output.format)
            if shipped != .newest {
                Console.printError(
                    "the shipped models are those of version \(shipped.rawValue): hale models diff shows what the "
                        + "newest would change, hale models switch puts them in force")
            }
            let count = checked.reduce(0) { $0 + $1.problems.count }
            guard count == 0 else { throw CommandError.foundProblems(count) }
        }
    }

    /// `hale models test`
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Run the tests of models; without a file, all at hand. Exit status 3 when one fails.")

        @Argument(help: "Files of tests.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let tested = try await Database.use { database in
                try await ModelChecks(database, library: .inForce(database)).test(files)
            }
            for result in tested {
                let test = result.test
                for problem in result.problems {
                    Console.printError("hale: \(test.file):\(test.line ?? 1): \(test.name): \(problem)")
                }
            }
            Console.show(ModelTestDocument(tested: tested).document, output.format)
            let failed = tested.count { !$0.problems.isEmpty }
            guard failed == 0 else { throw CommandError.foundProblems(failed) }
        }
    }

    /// `hale models diff`
    struct Diff: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "diff",
            abstract:
                "What a model file would change: bands, ARR, tasks, alerts, and why. Exit status 3 when anything does.",
            discussion: "Scores the whole portfolio under the models in force, and under the same with this one in the "
                + "place of the model of its name, as on a first day: nothing is smoothed, and nothing is written. A file "
                + "that is in force already is compared with what scored last. Without a file: what hale models switch "
                + "would change.")

        @Argument(help: "The model file; the models that this version ships when not given.")
        var file: String?

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let (document, diff) = try await Database.use { database in
                let library = try await ModelLibrary.inForce(database)
                let inForce = try library.set(try Settings.modelNames())
                let asked = try file.map { try library.file(path: $0) }
                guard asked != nil || library.shipped != .newest else { throw CommandError.newestModelsInForce }
                let isInForce = asked.map { (inForce.primary + inForce.beside).contains($0.model) } ?? false
                let (day, former) = try await database.withConnection { connection in
                    let day = try await AccountStore(connection).day(asOf)
                    return (day, isInForce ? try await inForce.scoredLast(upTo: day, on: connection) : nil)
                }
                let other =
                    isInForce
                    ? inForce
                    : try asked.map(inForce.replacing(with:)) ?? library.with(.newest).set(try Settings.modelNames())
                let diff = try await ModelDiff.run(
                    database, from: former ?? inForce, to: other, day: day, rules: .ofThisWorkspace())
                let comparison: ModelDiffDocument.Comparison =
                    isInForce ? (former == nil ? .unchanged : .scoredLast) : .inForce
                return (
                    ModelDiffDocument(
                        model: asked?.model.name ?? "shipped models", file: file ?? "of this version",
                        comparison: comparison, diff: diff
                    ), diff
                )
            }
            Console.show(document.document, output.format)
            guard diff.changed.isEmpty, !diff.changesSmoothing else { throw ExitCode(.foundProblems) }
        }
    }

    /// `hale models switch`
    struct Switch: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "switch",
            abstract: "Put the models that this version ships in force, in place of those of an earlier version.",
            discussion: "They score from the next run on, smoothed anew; days scored before stay as they are. "
                + "hale models diff shows beforehand what changes. Files of your own go on before shipped ones.")

        func run() async throws {
            let before = try await Database.use { database in
                let before = try await ShippedModels.inForce(database)
                guard before != .newest else { throw CommandError.newestModelsInForce }
                try await database.withConnection {
                    try await SettingStore($0).set(.shippedModels, to: ShippedModels.newest.rawValue)
                }
                return before
            }
            Console.printOut(
                "The models of this version are in force and score from the next run on. "
                    + "To go back: \(Console.program) config set shipped_models \(before.rawValue)")
        }
    }

    /// `hale models show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print a model file, to be copied to models/ and changed.")

        @Argument(help: "The model's name.")
        var name: String

        @Option(help: "The version that shipped it: newest or 0.1.")
        var shipped: ShippedModels = .newest

        func run() throws {
            Console.printOut(try ModelLibrary.ofThisWorkspace(shipped: shipped).file(named: name).text)
        }
    }

    /// `hale models explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "explain",
            abstract: "What a model does: its drivers, and every constant with its unit, range and meaning.")

        @Argument(help: "The model's name; the default when not given.")
        var name: String?

        @Option(help: "The model that applies to this account.")
        var account: String?

        @Option(help: "The version that shipped the model: newest or 0.1.")
        var shipped: ShippedModels = .newest

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard name == nil || account == nil else { throw ValidationError("give a model or --account, not both") }
        }

        func run() async throws {
            let file =
                try await applying()
                ?? ModelLibrary.ofThisWorkspace(shipped: shipped).file(named: name ?? HealthModel.default.name)
            Console.show(ModelExplanationDocument(file: file, account: account).document, output.format)
        }

        /// The model that applies to the account; nil where none was named.
        private func applying() async throws -> ModelFile? {
            guard let account else { return nil }
            return try await Database.use { database in
                let account = try await database.account(account)
                let library = try await ModelLibrary.inForce(database)
                let inForce = try library.set(try Settings.modelNames())
                let day = try await database.withConnection { try await AccountStore($0).day(nil) }
                return try library.file(named: try await inForce.model(of: account, asOf: day, in: database).name)
            }
        }
    }
}
