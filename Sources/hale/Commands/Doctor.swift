import ArgumentParser
import HaleDomain
import HaleOutput
import HaleStore
import PrivateServer

/// `hale doctor`: what is in use and what is wrong with it.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Say which database is in use and what is wrong with it; starts and changes nothing.")

    @OptionGroup var output: FormatOption

    func run() async throws {
        let location = try DatabaseCommand.location()
        let diagnosis = ServerDiagnosis.examine(location)
        var checks = diagnosis.checks
        checks += await databaseAndFileChecks(location)
        var table = Table([
            Column("check", priority: 90, minimumWidth: 10), Column("result", content: .band, priority: 100),
            Column("found", key: "text", priority: 95, minimumWidth: 20, overflow: .wrap(maximumLines: 4)),
            Column("what to do", key: "advice", priority: 94, minimumWidth: 16, overflow: .wrap(maximumLines: 4)),
        ])
        for check in checks {
            table.append([
                .text(check.name), .band(check.outcome.tone, word: check.outcome.rawValue), .text(check.text),
                .optional(check.advice) { .text($0) },
            ])
        }
        Console.show(
            Document(
                table: table,
                json: [
                    "checks": .array(
                        checks.map { check in
                            [
                                "name": .string(check.name), "outcome": .string(check.outcome.rawValue),
                                "text": .string(check.text), "advice": .init(check.advice),
                            ]
                        })
                ]), output.format)
        let problems = checks.filter { $0.outcome == .problem }.count
        if problems > 0 { throw CommandError.foundProblems(problems) }
    }

    /// The schema, asked only where a server answers, since a private one that is stopped stays so; and the files.
    private func databaseAndFileChecks(_ location: DatabaseLocation) async -> [DiagnosisCheck] {
        if case .privateServer(let workspace) = location {
            guard case .running = PrivateServer(workspace: workspace).status() else {
                return await FileDiagnosis.checks(nil)
            }
        }
        let database: Database
        let schema: Migrator.Status
        do {
            database = try await Database.locate(environment: Settings().effectiveEnvironment)
            schema = try await database.migrationStatus()
        } catch {
            let connection = DiagnosisCheck(name: "connection", outcome: .problem, text: "\(error)")
            return [connection] + (await FileDiagnosis.checks(nil))
        }
        let checks: [DiagnosisCheck]
        switch schema {
        case .current:
            checks =
                [
                    DiagnosisCheck(name: "schema", outcome: .ok, text: "up to date"), await Self.days(database),
                    await Self.gates(database),
                ]
                + (await FileDiagnosis.checks(database))
        case .pending(let count):
            let pending = DiagnosisCheck(
                name: "schema", outcome: .warning, text: "\(count) steps to apply", advice: "run hale db migrate")
            checks = [pending] + (await FileDiagnosis.checks(nil))
        }
        await database.close()
        return checks
    }

    /// Scored days that have not come, which an older version let pass: what is theirs stops alerts and tasks.
    private static func days(_ database: Database) async -> DiagnosisCheck {
        do {
            let (today, early) = try await database.withConnection { connection in
                let today = try await AccountStore(connection).today()
                return (today, try await ScoreCalendar(connection).days(from: today + 1))
            }
            guard let last = early.last else {
                return DiagnosisCheck(name: "scored days", outcome: .ok, text: "none after today, \(today)")
            }
            let shown = early.prefix(shownDays).map(\.description).joined(separator: ", ")
            let more = early.count > shownDays ? " and \(early.count - shownDays) more" : ""
            return DiagnosisCheck(
                name: "scored days", outcome: .problem, text: "after today, \(today): \(shown)\(more)",
                advice: "take them back, the last one first: hale score --forget \(last)")
        } catch {
            return DiagnosisCheck(name: "scored days", outcome: .problem, text: "\(error)")
        }
    }

    /// What only a superuser can take from readers: on the private server Hale does it itself.
    private static func gates(_ database: Database) async -> DiagnosisCheck {
        let name = "readers"
        do {
            let open = try await database.withConnection { try await ReaderGates.open($0) }
            guard !open.isEmpty else {
                return DiagnosisCheck(name: name, outcome: .ok, text: "can neither fill the disk nor take locks")
            }
            return DiagnosisCheck(
                name: name, outcome: .warning, text: "may use \(open.joined(separator: ", "))",
                advice: "as a superuser run the block under \"Close the gates\" in docs/database-and-roles.md "
                    + "in Hale's database")
        } catch {
            return DiagnosisCheck(name: name, outcome: .problem, text: "\(error)")
        }
    }

    /// Days that are named; the rest is counted.
    private static let shownDays = 5
}

extension DiagnosisCheck.Outcome {
    var tone: Tone {
        switch self {
        case .ok: .green
        case .warning: .amber
        case .problem: .red
        }
    }
}
