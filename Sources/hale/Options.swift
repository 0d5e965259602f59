import ArgumentParser
import Delimited
import Foundation
package import HaleDomain
import HaleFiles
package import HaleOutput
package import HaleService
import HaleStore
import PrivateServer

extension OutputFormat: ExpressibleByArgument {}
extension AlertVerdict: ExpressibleByArgument {}
extension DateFormat: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
extension TermEnd: ExpressibleByArgument {}
extension Band: ExpressibleByArgument {}
extension DeliveryFormat: ExpressibleByArgument {}
extension DigestKind: ExpressibleByArgument {}

extension RenewalCategory: ExpressibleByArgument {}
extension ForecastReport.Grouping: ExpressibleByArgument {}
extension ShippedModels: ExpressibleByArgument {}
extension RetentionStore.CohortUnit: ExpressibleByArgument {}

extension CalendarPeriod: ExpressibleByArgument {
    /// A period written as an argument: 2026, 2026Q4 or 2026-11, of a year that `Day` takes.
    package init?(argument: String) {
        self.init(argument)
        guard Day.acceptedYears.contains(first.components.year) else { return nil }
    }
}

extension Day: ExpressibleByArgument {
    /// A day written as an argument.
    package init?(argument: String) {
        self.init(accepted: argument)
    }
}

/// The time at which something was known: a day, or an instant with its zone.
struct KnowledgeTime: ExpressibleByArgument {
    /// As it was written.
    let text: String

    init?(argument: String) {
        let instant = /(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?(Z|[+-]\d{2}(:?\d{2})?)/
        let date = argument.wholeMatch(of: instant).map { String($0.output.1) } ?? argument
        guard Day(argument: date) != nil else { return nil }
        text = argument
    }
}

/// How rows are printed.
struct FormatOption: ParsableArguments {
    @Option(help: "How to print: table, json, csv or markdown.")
    var format: OutputFormat = .table
}

extension Database {
    /// The database of this workspace, running and up to date.
    static func ofThisWorkspace() async throws -> Database {
        try await open(
            environment: Settings().effectiveEnvironment, reporting: { Console.printError($0.text) },
            whenWaiting: Console.tellOfLock)
    }

    /// Runs a command's work on the database and closes it whatever happens.
    static func use<Value>(_ body: (Database) async throws -> Value) async throws -> Value {
        let database = try await ofThisWorkspace()
        do {
            let value = try await body(database)
            await database.close()
            return value
        } catch {
            await database.close()
            throw error
        }
    }
}

extension ModelLibrary {
    /// The shipped models, and before them those of `models` in the current directory and in the workspace.
    static func ofThisWorkspace(shipped: ShippedModels = .newest) throws -> ModelLibrary {
        let home = try Settings().value(.home).text ?? ""
        return ModelLibrary(folders: ["models"] + (home.isEmpty ? [] : ["\(home)/models"]), shipped: shipped)
    }

    /// The same with the shipped models that the organisation is scored with.
    static func inForce(_ database: Database) async throws -> ModelLibrary {
        try ofThisWorkspace(shipped: try await ShippedModels.inForce(database))
    }
}

extension RuleLibrary {
    /// The shipped rules, and before them those of the folder that the setting names, else of `alerts` in the current
    /// directory and in the workspace.
    static func ofThisWorkspace() throws -> RuleLibrary {
        let settings = try Settings()
        if let folder = settings.value(.alerts).text { return RuleLibrary(folders: [folder], isStrict: true) }
        let home = settings.value(.home).text ?? ""
        return RuleLibrary(folders: ["alerts"] + (home.isEmpty ? [] : ["\(home)/alerts"]))
    }
}

extension PlaybookSet {
    /// The playbooks in force; what is wrong with them is said on standard error, and tasks then keep their alert's words.
    static func inForce() throws -> PlaybookSet {
        do {
            return try RuleLibrary.ofThisWorkspace().playbooks()
        } catch let failure as FileFailure {
            for problem in failure.problems { Console.printError("hale: \(problem)") }
            return PlaybookSet()
        }
    }
}

extension TaskStage {
    /// The stage with the models and the playbooks in force.
    static func inForce(_ database: Database) async throws -> TaskStage {
        TaskStage(database, model: try await ModelSet.inForce(database).fallback, playbooks: try .inForce())
    }
}

extension ModelSet {
    /// The models in force, as the setting `models` names them.
    static func inForce(_ database: Database) async throws -> ModelSet {
        try await ModelLibrary.inForce(database).set(try Settings.modelNames())
    }
}

extension Settings {
    /// When a rule is held.
    static func fleetGuard() throws -> FleetGuard {
        let text = try Settings().value(.alertGuard).text ?? ""
        guard let percent = Double(text), (1...100).contains(percent) else {
            throw CommandError.badSetting("alert_guard is a percentage from 1 to 100, not \"\(text)\"")
        }
        return FleetGuard(maximumShare: percent / 100)
    }

    /// How many new alerts of a CSM and day receivers are told of.
    static func alertBudget() throws -> AlertBudget {
        let text = try Settings().value(.alertBudget).text ?? ""
        guard let alerts = Int(text), (0...AlertBudget.maximumAlerts).contains(alerts) else {
            throw CommandError.badSetting(
                "alert_budget is a number of alerts from 0 to \(AlertBudget.maximumAlerts), not \"\(text)\"")
        }
        return AlertBudget(alerts: alerts)
    }

    /// When a rule goes to the digest.
    static func verdictGuard() throws -> VerdictGuard {
        let text = try Settings().value(.alertPrecision).text ?? ""
        guard let percent = Double(text), (0...100).contains(percent) else {
            throw CommandError.badSetting("alert_precision is a percentage from 0 to 100, not \"\(text)\"")
        }
        return VerdictGuard(minimumPrecision: percent / 100)
    }

    /// The names of the models in force, in the order in which they are asked.
    static func modelNames() throws -> [String] {
        (try Settings().value(.models).text ?? "").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}
