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
        abstract: "Write, import and score a made-up company of 200 accounts, and print a morning list.",
        discussion: "The first run keeps its date in the workspace, so that running it again changes nothing.")

    @Flag(
        help: "Forget the made-up company and make a new one, dated today. Only in a database that holds nothing else.")
    var reset = false

    /// Days that are scored.
    static let scoredDays = 60

    func run() async throws {
        let folder = try Workspace(environment: Settings().effectiveEnvironment).path + "/demo"
        if reset { try await forget(folder) }
        try await Database.use { database in
            // The workspace is made with the database, the folder in it afterwards.
            let today = try await database.withConnection { try await AccountStore($0).today() }
            let anchor = try anchor(in: folder, today: today)
            try await load(database, folder: folder, anchor: anchor)
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

    /// The day the company is dated by: that of the first run.
    private func anchor(in folder: String, today: Day) throws -> Day {
        let file = folder + "/anchor"
        let text: String?
        do {
            text = try ConfigurationFile(file).textIfPresent()
        } catch {
            throw CommandError.badSetting("\(file) \(error)")
        }
        if let text {
            guard let day = Day(argument: text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
                throw CommandError.badSetting("\(file) holds no day: run hale demo --reset")
            }
            return day
        }
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try "\(today)\n".write(toFile: file, atomically: true, encoding: .utf8)
        return today
    }

    private func load(_ database: Database, folder: String, anchor: Day) async throws {
        let files = try DemoCompany(anchor: anchor).write(to: folder)
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
            try await TaskDesk(database, model: ModelSet.inForce(database).fallback, playbooks: .inForce()).tasks(
                asOf: day, csm: nil))
        // The fullest day makes the best example.
        let example = mornings.filter { $0.csm != nil }.max { $0.plan.count < $1.plan.count }
        let csm = example?.csm ?? ""
        let document = try await Morning.document(database, csm: csm, date: nil)
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
