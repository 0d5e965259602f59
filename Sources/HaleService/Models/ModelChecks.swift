package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres
import Yams

/// Checks and tests models; what only PostgreSQL can tell is asked there, and nothing is written.
package struct ModelChecks: Sendable {
    /// What was found in one model file.
    package struct Checked: Sendable {
        /// The file as messages name it.
        package let file: String
        /// The model; nil where it cannot be read.
        package let model: HealthModel?
        /// What it is for.
        package let purpose: String
        /// What is wrong with it.
        package let problems: [FileProblem]
    }

    /// What came of one test.
    package struct Tested: Sendable {
        package let test: ModelTest
        /// What came out otherwise than expected; none if the test passes.
        package let problems: [String]
    }

    private let database: Database
    private let library: ModelLibrary

    /// Checks on a database of the models at hand.
    package init(_ database: Database, library: ModelLibrary) {
        self.database = database
        self.library = library
    }

    /// Checks the files at these paths, or every model at hand.
    package func check(_ paths: [String]) async throws -> [Checked] {
        var sources: [(name: String, isPath: Bool)] = paths.map { ($0, true) }
        if sources.isEmpty { sources = try library.names.map { ($0, false) } }
        var checked: [Checked] = []
        for source in sources {
            do {
                let file = source.isPath ? try library.file(path: source.name) : try library.file(named: source.name)
                checked.append(
                    Checked(
                        file: file.file, model: file.model, purpose: file.purpose,
                        problems: try await complaints(about: file)))
            } catch let failure as FileFailure {
                checked.append(
                    Checked(
                        file: failure.problems.first?.file ?? source.name, model: nil, purpose: "",
                        problems: failure.problems))
            }
        }
        return checked
    }

    /// What PostgreSQL does not understand of a model's expressions.
    func complaints(about file: ModelFile) async throws -> [FileProblem] {
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = ModelStore(transaction)
                var problems: [FileProblem] = []
                func note(_ complaint: String?, at place: String) {
                    guard let complaint else { return }
                    let mark = file.places[place]
                    problems.append(
                        FileProblem(
                            .model, .expression, file: file.file, line: mark?.line, column: mark?.column, complaint))
                }
                if let condition = file.model.condition {
                    note(try await store.complaint(unsafeCondition: condition), at: "when")
                }
                for driver in file.model.drivers {
                    guard let measure = driver.measure else { continue }
                    note(
                        try await store.complaint(unsafeExpression: measure.expression),
                        at: "\(driver.fullName) expression")
                }
                return problems
            }
        }
    }

    /// Runs the tests of the files at these paths, or all at hand.
    package func test(_ paths: [String]) async throws -> [Tested] {
        let files =
            paths.isEmpty
            ? try library.tests() : try paths.map { path in (path, try ConfigurationFile(path).text(of: .model)) }
        var tested: [Tested] = []
        for (file, text) in files {
            for test in try ModelTestReader.read(text, file: file) {
                let model = try library.file(named: test.model).model
                tested.append(
                    Tested(test: test, problems: test.problems(model, applies: try await applies(test, model))))
            }
        }
        return tested
    }

    /// Whether the model claims a test's account; nil where the test does not ask.
    private func applies(_ test: ModelTest, _ model: HealthModel) async throws -> Bool? {
        guard test.expected.applies != nil else { return nil }
        guard let condition = model.condition else { return true }
        return try await database.withConnection {
            try await ModelStore($0).applies(unsafeCondition: condition, to: test.example.traits)
        }
    }
}
