import ArgumentParser
import HaleDomain
import HaleService
import HaleStore
import HaleTerminal

/// `hale models`: the files that define the score.
struct Models: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check, test, explain and compare the models that define the score.",
        subcommands: [Check.self, Test.self, Explain.self, Show.self])

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
    struct Explain: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "What a model does: its drivers, and every constant with its unit, range and meaning.")

        @Argument(help: "The model's name; the default when not given.")
        var name = HealthModel.default.name

        @OptionGroup var output: FormatOption

        func run() throws {
            let file = try ModelLibrary.ofThisWorkspace().file(named: name)
            Console.show(ModelExplanationDocument(file: file).document, output.format)
        }
    }
}
