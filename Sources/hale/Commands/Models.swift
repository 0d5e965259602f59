import ArgumentParser
import HaleDomain
import HaleService
import HaleStore
import HaleTerminal

/// `hale models`: the files that define the score.
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, test, explain and compare the models that define the score.",
        subcommands: [Check.self, Test.self, Diff.self, Explain.self, Show.self])

    /// `hale models check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check model files; without a file, every model at hand. Exit status 3 with problems.")

        @Argument(help: "Model files.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try ModelLibrary.ofThisWorkspace()
            let checked = try await Database.use { try await ModelChecks($0, library: library).check(files) }
            let inForce = try Settings.modelNames()
            for problem in checked.flatMap(\.problems) { Console.printError("hale: \(problem)") }
            Console.show(ModelListDocument(checked: checked, inForce: inForce).document, output.format)
            let count = checked.reduce(0) { $0 + $1.problems.count }
            guard count == 0 else { throw CommandError.foundProblems(count) }
        }
    }

    /// `hale models test`
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the tests of models; without a file, all at hand. Exit status 3 when one fails.")

        @Argument(help: "Files of tests.")
        var files: [String] = []

        @OptionGroup var output: FormatOption

        func run() async throws {
            let library = try ModelLibrary.ofThisWorkspace()
            let tested = try await Database.use { try await ModelChecks($0, library: library).test(files) }
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
            abstract:
                "What a model file would change: bands, ARR, tasks, alerts, and why. Exit status 3 when anything does.",
            discussion: "Scores the whole portfolio under the models in force, and under the same with this one in the "
                + "place of the model of its name, as on a first day: nothing is smoothed, and nothing is written.")

        @Argument(help: "The model file.")
        var file: String

        @Option(name: .customLong("as-of"), help: "The day; the newest scored one when not given.")
        var asOf: Day?

        @OptionGroup var output: FormatOption

        func run() async throws {
            let model = try ModelFile(path: file).model
            let inForce = try ModelSet.inForce()
            let diff = try await Database.use { database in
                let day = try await database.withConnection { try await AccountStore($0).day(asOf) }
                return try await ModelDiff.run(
                    database, from: inForce, to: inForce.replacing(with: model), day: day,
                    rules: .ofThisWorkspace())
            }
            Console.show(ModelDiffDocument(model: model.name, file: file, diff: diff).document, output.format)
            guard diff.changed.isEmpty, !diff.changesSmoothing else { throw ExitCode(3) }
        }
    }

    /// `hale models show`
    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print a model file, to be copied to models/ and changed.")

        @Argument(help: "The model's name.")
        var name: String

        func run() throws {
            Console.printOut(try ModelLibrary.ofThisWorkspace().file(named: name).text)
        }
    }

    /// `hale models explain`
    struct Explain: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a model does: its drivers, and every constant with its unit, range and meaning.")

        @Argument(help: "The model's name; the default when not given.")
        var name: String?

        @Option(help: "The model that applies to this account.")
        var account: String?

        @OptionGroup var output: FormatOption

        mutating func validate() throws {
            guard name == nil || account == nil else { throw ValidationError("give a model or --account, not both") }
        }

        func run() async throws {
            let library = try ModelLibrary.ofThisWorkspace()
            let file = try library.file(named: try await applying() ?? name ?? HealthModel.default.name)
            Console.show(ModelExplanationDocument(file: file, account: account).document, output.format)
        }

        /// The name of the model that applies to the account; nil where none was named.
        private func applying() async throws -> String? {
            guard let account else { return nil }
            let inForce = try ModelSet.inForce()
            return try await Database.use { database in
                let day = try await database.withConnection { try await AccountStore($0).day(nil) }
                return try await inForce.model(of: account, asOf: day, in: database).name
            }
        }
    }
}
