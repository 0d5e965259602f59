import ArgumentParser
import Foundation
import HaleDemo
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore
import PrivateServer

/// `hale demo`: a made-up company, from its files to the morning list.
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo", abstract: "Write, import and score a made-up company, and print a morning list.",
        discussion: "The first run keeps its date and what was asked for in the workspace, so that running it again "
            + "changes nothing.")

    @Option(help: "Years of facts, 1 to 5; 2 when not given.")
    var years: Int?

    @Option(help: "Accounts, 10 to 2000; 200 when not given.")
    var accounts: Int?

    @Option(help: "What chance follows from: another number, another company.")
    var seed: UInt64?

    @Flag(
        help: "Forget the made-up company and make a new one, dated today. Only in a database that holds nothing else.")
    var reset = false

    /// Days that are scored.
    static let scoredDays = 60

    mutating func validate() throws {
        func refuse(_ option: String, _ value: Int?, outside limits: ClosedRange<Int>) throws {
            guard let value, !limits.contains(value) else { return }
            throw ValidationError("\(option) is \(limits.lowerBound) to \(limits.upperBound), not \(value)")
        }
        try refuse("--years", years, outside: DemoPlan.yearLimits)
        try refuse("--accounts", accounts, outside: DemoPlan.accountLimits)
    }

    func run() async throws {
        let folder = try Workspace(environment: Settings().effectiveEnvironment).path + "/demo"
        if reset { try await forget(folder) }
        try await Database.use { database in
            // The workspace is made with the database, the folder in it afterwards.
            let today = try await database.withConnection { try await AccountStore($0).today() }
            let (company, anchor) = try company(in: folder, today: today)
            try await load(database, company, folder: folder)
            if try await needsScores(database, upTo: anchor) {
                Console.printError("scoring \(Self.scoredDays) days up to \(anchor)")
                let first = anchor - (Self.scoredDays - 1)
                let run = DayRun(
                    database, models: try await .inForce(database), rules: try .ofThisWorkspace(),
                    fleetGuard: try Settings.fleetGuard(), verdictGuard: try Settings.verdictGuard(),
                    announcing: try .ofThisWorkspace(), today: today)
                let outcome = try await run.run(from: first, to: anchor) { day in
                    if Console.showsProgress { Console.drawProgress("\r\u{1B}[Kscored \(day)") }
                }
                Console.endProgress()
                try outcome.reportAlerts()
            }
            try await show(database)
        }
    }

    /// Whether no account was scored on the anchor's day or later.
    private func needsScores(_ database: Database, upTo anchor: Day) async throws -> Bool {
        try await database.withConnection { connection in
            guard let newest = try await ScoreCalendar(connection).newest(), newest >= anchor else { return true }
            return try await AlertStore(connection).scoredAccounts(on: newest) == 0
        }
    }

    private func forget(_ folder: String) async throws {
        try await Database.use { try await DemoReset($0).run(folder: folder) }
        if FileManager.default.fileExists(atPath: folder) { try FileManager.default.removeItem(atPath: folder) }
    }

    /// The company that the first run made, or a new one of this day.
    private func company(in folder: String, today: Day) throws -> (DemoCompany, anchor: Day) {
        let plan = try keptPlan(in: folder) ?? newPlan(in: folder, today: today)
        guard let company = plan.company, let anchor = Day(iso: plan.anchor) else { throw CommandError.earlierDemo }
        guard years ?? plan.years == plan.years, accounts ?? plan.accounts == plan.accounts,
            seed ?? plan.seed == plan.seed
        else {
            throw CommandError.otherDemo(
                "\(plan.years) \(plan.years == 1 ? "year" : "years"), \(plan.accounts) accounts and seed \(plan.seed)")
        }
        return (company, anchor)
    }

    private func keptPlan(in folder: String) throws -> DemoPlan? {
        func text(_ file: String) throws -> String? {
            do {
                return try ConfigurationFile(file).textIfPresent()
            } catch {
                throw CommandError.badSetting("\(file) \(error)")
            }
        }
        guard let kept = try text(folder + "/company.json") else {
            // Earlier versions kept the day alone.
            guard try text(folder + "/anchor") == nil else { throw CommandError.earlierDemo }
            return nil
        }
        guard let plan = try? JSONDecoder().decode(DemoPlan.self, from: Data(kept.utf8)) else {
            throw CommandError.badSetting("\(folder)/company.json holds no company: run hale demo --reset")
        }
        return plan
    }

    private func newPlan(in folder: String, today: Day) throws -> DemoPlan {
        let asked = DemoPlan(anchor: today)
        let plan = DemoPlan(
            anchor: today, years: years ?? asked.years, accounts: accounts ?? asked.accounts, seed: seed ?? asked.seed)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try (String(decoding: encoder.encode(plan), as: UTF8.self) + "\n").write(
            toFile: folder + "/company.json", atomically: true, encoding: .utf8)
        return plan
    }

    private func load(_ database: Database, _ company: DemoCompany, folder: String) async throws {
        let files = try company.write(to: folder)
        for file in files {
            let kind = file.kind
            var request = ImportStage.Request(kind: kind, path: file.path)
            request.isHistory = true
            let progress = ImportProgress(subject: kind.rawValue)
            let started = ContinuousClock.now
            let outcome = try await ImportStage(database).run(request) { progress.show($0) }
            _ = progress.end()
            let receipt = ReceiptDocument(
                kind: kind, outcome: outcome, elapsed: started.duration(to: .now), isDryRun: false)
            Console.printError("hale import \(kind.rawValue) \(file.path) --history")
            Console.printError("  " + (receipt.document.sections.first?.lines.first ?? ""))
        }
    }

    private func show(_ database: Database) async throws {
        let tasks = try await database.withConnection { connection in
            try await ScoreCalendar(connection).newest()
        }
        guard let day = tasks else { throw CommandError.nothingScored }
        let mornings = CSMMorning.byCSM(
            try await TaskDesk(database) { try await .inForce(database) }.tasks(asOf: day, csm: nil))
        // The fullest day makes the best example.
        let example = mornings.filter { $0.csm != nil }.max { $0.plan.count < $1.plan.count }
        let list = try await MorningList(
            database, narrowing: Narrowing(csm: example?.csm, segment: nil), date: nil)
        let document = try await list.day(since: nil)
        Console.printDone("")
        Console.showDone(document, .table)
        let account = example?.plan.planned.first?.accountID ?? "A-001"
        Console.printDone(
            """

            Next:
              \(Console.program) accounts show \(account)
              \(Console.program) accounts list --format csv
              \(Console.program) alerts list
              \(Console.program) morning
            """)
    }
}
