import ArgumentParser
import HaleOutput
import HaleStore

/// `hale db distribute`: spreads the tables over the nodes of a Citus cluster.
struct Distribute: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "distribute",
        abstract: "Spread the tables over the nodes of a Citus cluster; docs/scale.md says when.",
        discussion: "Run it once on the coordinator, and again after an update that adds tables.")

    @Flag(help: "Only say what in the schema would stop it; needs no Citus.")
    var check = false

    @Flag(name: .customLong("dry-run"), help: "Only print the statements, in order.")
    var dryRun = false

    @OptionGroup var output: FormatOption

    mutating func validate() throws {
        guard !check || !dryRun else { throw ValidationError("give --check or --dry-run, not both") }
    }

    /// What the catalogue cannot tell.
    static let notChecked = [
        "the statements: whether they join and upsert by account_id is tested with the program, not here",
        "objects of your own outside the schema hale_data",
        "the cluster: its nodes, their versions and the roles on them",
    ]

    func run() async throws {
        let problems = try await Database.use { database in
            try await database.withOwner { connection in
                let store = DistributionStore(connection)
                let problems = try await store.problems()
                let plan = try await store.plan()
                if check || !problems.isEmpty {
                    Console.show(Self.report(problems, plan), output.format)
                } else if dryRun {
                    Console.show(Self.listing(plan) { $0.call + ";" }, output.format)
                } else {
                    Console.show(
                        Self.listing(try await store.distribute()) { "\($0.name): \($0.kind.rawValue)" }, output.format)
                }
                return problems
            }
        }
        if !problems.isEmpty { throw CommandError.foundProblems(problems.count) }
    }

    /// What the check says.
    private static func report(_ problems: [DistributionProblem], _ plan: [DistributionStore.Step]) -> Document {
        var table = Table([
            Column("problem", priority: 90), Column("where", key: "name", priority: 100, minimumWidth: 12),
            Column("what to do", key: "advice", priority: 80, minimumWidth: 16, overflow: .wrap(maximumLines: 4)),
        ])
        for problem in problems {
            table.append([.text(problem.rule.rawValue), .text(problem.name), .text(problem.rule.advice)])
        }
        let counts = DistributionStore.Kind.allCases.map { kind in
            "\(plan.count { $0.kind == kind }) \(kind.rawValue)"
        }
        let verdict =
            problems.isEmpty
            ? "nothing in the schema stops \(counts.joined(separator: " and ")) tables from being spread"
            : "this has to be changed before the tables can be spread:"
        var sections = [Document.Section(lines: [verdict])]
        if !problems.isEmpty { sections.append(Document.Section(table: table)) }
        sections.append(Document.Section(lines: ["Not checked:"] + notChecked.map { "  \($0)" }))
        return Document(
            sections: sections,
            json: [
                "problems": .array(
                    problems.map { problem in
                        [
                            "problem": .string(problem.rule.rawValue), "name": .string(problem.name),
                            "advice": .string(problem.rule.advice),
                        ]
                    }),
                "tables": .array(plan.map { ["name": .string($0.name), "kind": .string($0.kind.rawValue)] }),
                "notChecked": .array(notChecked.map { .string($0) }),
            ])
    }

    /// The tables of a plan, a line each.
    private static func listing(
        _ steps: [DistributionStore.Step], line: (DistributionStore.Step) -> String
    ) -> Document {
        Document(
            sections: [Document.Section(lines: steps.isEmpty ? ["every table is spread already"] : steps.map(line))],
            json: [
                "tables": .array(
                    steps.map { step in
                        ["name": .string(step.name), "kind": .string(step.kind.rawValue), "call": .string(step.call)]
                    })
            ])
    }
}
