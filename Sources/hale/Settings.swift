import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles
import HaleStore
import Yams

/// Settings of the command line: the environment, then `hale.yaml` in the current directory, then the default.
struct Settings {
    /// A setting that may stand in the environment or in `hale.yaml`.
    enum Key: String, CaseIterable {
        /// Where the workspace is.
        case home
        /// The CSM whose accounts are shown.
        case csm
        /// The models that score the accounts.
        case models
        /// The folder of one's own rules of alerts.
        case alerts
        /// Share of the scored accounts above which a rule is held.
        case alertGuard = "alert_guard"
        /// New alerts of a CSM and day that receivers are told of.
        case alertBudget = "alert_budget"
        /// Share of useful alerts below which a rule goes to the digest.
        case alertPrecision = "alert_precision"
        /// A PostgreSQL server of one's own.
        case databaseURL = "database_url"
        /// How to connect to that server as the role that evaluates rules.
        case rulesDatabaseURL = "rules_database_url"
        /// What stored signing secrets are encrypted with.
        case secretKey = "secret_key"

        /// Its variable in the environment.
        var variable: String {
            switch self {
            case .home: "HALE_HOME"
            case .csm: "HALE_CSM"
            case .models: "HALE_MODELS"
            case .alerts: "HALE_ALERTS"
            case .alertGuard: "HALE_ALERT_GUARD"
            case .alertBudget: "HALE_ALERT_BUDGET"
            case .alertPrecision: "HALE_ALERT_PRECISION"
            case .databaseURL: "DATABASE_URL"
            case .rulesDatabaseURL: Database.rulesVariable
            case .secretKey: SecretBox.variable
            }
        }

        /// What holds when nobody says anything.
        var fallback: String? {
            switch self {
            case .home: ".hale"
            case .models: "default"
            case .alertGuard: "30"
            case .alertBudget: "\(AlertBudget().alerts)"
            case .alertPrecision: "20"
            case .csm, .alerts, .databaseURL, .rulesDatabaseURL, .secretKey: nil
            }
        }

        /// What it is for, in a few words.
        var meaning: String {
            switch self {
            case .home: "the workspace: private server and demo files"
            case .csm: "whose accounts lists and the morning show; all CSMs' when not set"
            case .models: "the models in force, in the order in which they are asked; default comes last"
            case .alerts:
                "the folder of your own rules and their tests; ./alerts and that of the workspace when not set"
            case .alertGuard: "a rule that would newly fire for more percent of the scored accounts is held"
            case .alertBudget: "new alerts of a CSM and day that receivers are told of; the digest tells of the others"
            case .alertPrecision:
                "a rule of whose judged alerts fewer percent are useful goes to the digest; 0 for never"
            case .databaseURL: "a PostgreSQL server of your own; libpq's variables work as well"
            case .rulesDatabaseURL:
                "the same server as role hale_rules, which evaluates rules; not needed with the private server"
            case .secretKey:
                "64 hexadecimal digits that encrypt stored signing secrets; stands in the environment only"
            }
        }

        /// Whether its value is never shown.
        var isSecret: Bool { [.databaseURL, .rulesDatabaseURL, .secretKey].contains(self) }

        /// Whether `hale.yaml` may have it; a key beside what it protects would protect nothing.
        var mayStandInFile: Bool { self != .secretKey }
    }

    /// A value and where it came from.
    struct Value {
        let text: String?
        let origin: String
    }

    private let environment: [String: String]
    private let file: [String: String]

    static let fileName = "hale.yaml"

    /// The settings of this process.
    init(environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        self.environment = environment
        file = try Self.read(Self.fileName)
    }

    /// The value of a setting.
    func value(_ key: Key) -> Value {
        if let text = environment[key.variable], !text.isEmpty { return Value(text: text, origin: key.variable) }
        if let text = file[key.rawValue] { return Value(text: text, origin: Self.fileName) }
        return Value(text: key.fallback, origin: key.fallback == nil ? "not set" : "default")
    }

    /// The environment with what `hale.yaml` adds to it.
    var effectiveEnvironment: [String: String] {
        var result = environment
        for key in Key.allCases {
            if let text = value(key).text, key.fallback != text { result[key.variable] = text }
        }
        return result
    }

    private static func read(_ path: String) throws -> [String: String] {
        let text: String?
        do {
            text = try ConfigurationFile(path).textIfPresent()
        } catch {
            throw CommandError.badSetting("\(path) \(error)")
        }
        guard let text else { return [:] }
        let node: Node?
        do {
            node = try compose(yaml: text)
        } catch {
            throw CommandError.badSetting("\(path) is not valid YAML")
        }
        guard let node else { return [:] }
        guard let mapping = node.mapping else {
            throw CommandError.badSetting("\(path): write it as \"name: value\" lines")
        }
        var result: [String: String] = [:]
        for (name, value) in mapping {
            let place = "\(path):\(name.mark?.line ?? 1):\(name.mark?.column ?? 1)"
            guard let key = name.string.flatMap(Key.init(rawValue:)) else {
                let known = Key.allCases.filter(\.mayStandInFile).map(\.rawValue).joined(separator: ", ")
                throw CommandError.badSetting(
                    "\(place): there is no setting \"\(name.string ?? "")\": use one of \(known)")
            }
            guard key.mayStandInFile else {
                throw CommandError.badSetting(
                    "\(place): \(key.rawValue) stands in the environment only, as \(key.variable)")
            }
            guard let text = value.string else {
                throw CommandError.badSetting("\(place): \(key.rawValue) takes one value")
            }
            result[key.rawValue] = text
        }
        return result
    }
}
