package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// Checks, tests and explains rules; nothing is written.
package struct RuleChecks: Sendable {
    /// What was found in the files of rules.
    package struct Checked: Sendable {
        /// The rules that can be read.
        package var rules: [PlacedRule] = []
        /// What is wrong.
        package var problems: [FileProblem] = []
    }

    /// What came of one test.
    package struct Tested: Sendable {
        package let test: RuleTest
        /// What came out otherwise than expected, with the line that expects it.
        package let problems: [(line: Int?, message: String)]
    }

    private let database: Database
    private let library: RuleLibrary

    /// Checks on a database of the rules at hand.
    package init(_ database: Database, library: RuleLibrary) {
        self.database = database
        self.library = library
    }

    /// The signals that rules may use.
    package func signals() async throws -> [Signal] {
        try await database.withRules { try await ConditionStore($0).signals() }
    }

    /// Checks the files at these paths, or all rules in force.
    package func check(_ paths: [String]) async throws -> Checked {
        try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let signals = try await conditions.signals()
            var checked = Checked()
            var files: [RuleFile] = []
            do throws(FileFailure) {
                var sources: [RuleLibrary.Source] = []
                for path in paths { sources.append(try RuleLibrary.source(path: path)) }
                if paths.isEmpty { sources = try library.rules() }
                for source in sources {
                    do throws(FileFailure) {
                        files.append(
                            try RuleFile(text: source.text, file: source.file, signals: signals.map(\.name)))
                    } catch { checked.problems += error.problems }
                }
                // Part of the set may hide rules that stand in the other files.
                if paths.isEmpty { _ = try RuleSet(files) }
            } catch { checked.problems += error.problems }
            checked.rules = files.flatMap(\.rules)
            for placed in checked.rules { checked.problems += try await conditions.problems(of: placed) }
            do throws(FileFailure) {
                checked.problems += try library.playbooks().problems(of: checked.rules)
            } catch {
                // What hinders rules and playbooks alike is said once.
                checked.problems += error.problems.filter { !checked.problems.contains($0) }
            }
            return checked
        }
    }

    /// Runs the tests of the files at these paths, or all at hand. Throws `FileFailure` for files that are no tests.
    package func test(_ paths: [String]) async throws -> [Tested] {
        try await database.withRules { connection in
            let conditions = ConditionStore(connection)
            let signals = try await conditions.signals()
            var files: [RuleLibrary.Source] = []
            for path in paths { files.append(try RuleLibrary.source(path: path)) }
            if paths.isEmpty { files = try library.tests() }
            var tested: [Tested] = []
            var problems: [FileProblem] = []
            for file in files {
                do {
                    tested += try await test(file, signals: signals, conditions)
                } catch let failure as FileFailure {
                    problems += failure.problems
                }
            }
            guard problems.isEmpty else { throw FileFailure(problems: problems) }
            return tested
        }
    }

    private func test(
        _ file: RuleLibrary.Source, signals: [Signal], _ conditions: ConditionStore
    ) async throws -> [Tested] {
        let contents = try RuleTestReader.read(file.text, file: file.file, signals: signals)
        var sources: [RuleLibrary.Source] = []
        for place in contents.rulePaths {
            let found = try library.sources(matching: place.path, from: file)
            guard !found.isEmpty else {
                throw FileFailure(
                    FileProblem(
                        .rule, .unreadable, file: file.file, line: place.line, column: place.column,
                        "no file of rules is \(place.path)"))
            }
            sources += found.filter { !sources.contains($0) }
        }
        let placed = try library.readForTest(sources, signals: signals)
        for rule in placed {
            let problems = try await conditions.problems(of: rule)
            guard problems.isEmpty else { throw FileFailure(problems: problems) }
        }
        let rules = placed.map(\.rule)
        let names = Set(rules.map(\.name))
        for test in contents.tests {
            for name in test.expected.flatMap({ $0.alerts.values.flatMap { $0.map(\.name) } })
            where !names.contains(name) {
                throw FileFailure(
                    FileProblem(
                        .rule, .badValue, file: file.file, line: test.line,
                        "\(test.name): there is no rule \(name) in the files of this test"))
            }
        }
        var tested: [Tested] = []
        for test in contents.tests {
            do {
                let rows = try await conditions.evaluate(rules.map(RuleConditions.init), given: test.signals)
                tested.append(Tested(test: test, problems: test.problems(rules, rows: rows)))
            } catch let error as PostgresError where error.isAboutValue {
                tested.append(
                    Tested(test: test, problems: [(test.line, "cannot be evaluated: \(error.message)")]))
            }
        }
        return tested
    }
}

extension RuleLibrary {
    /// The rules of the files of a test. They may hide rules of files that the test leaves out.
    func readForTest(_ sources: [Source], signals: [Signal]) throws(FileFailure) -> [PlacedRule] {
        var rules: [PlacedRule] = []
        for source in sources {
            rules += try RuleFile(text: source.text, file: source.file, signals: signals.map(\.name)).rules
        }
        return rules
    }
}
