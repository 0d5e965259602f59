import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import PrivateServer

/// What `hale doctor` finds in the files that are in force: models, rules, playbooks and receivers. Nothing is written.
enum FileDiagnosis {
    /// A check a kind of file; `database` is one whose schema is up to date, nil where none answers.
    static func checks(_ database: Database?) async -> [DiagnosisCheck] {
        [
            await models(database),
            check("playbooks", advice: "run hale playbooks check") {
                "\(try RuleLibrary.ofThisWorkspace().playbooks().playbooks.count) in force"
            },
            await rules(database),
            check("receivers", advice: "correct the file") {
                let file = try DeliverySurroundings.receiverFile()
                guard let path = file.path else { return "no file \(ReceiverFile.name)" }
                return "\(file.receivers.count) in \(path)"
            },
            check("secret key", advice: "set it to 64 hexadecimal digits") {
                guard let key = ProcessInfo.processInfo.environment[SecretBox.variable], !key.isEmpty else {
                    return "\(SecretBox.variable) is not set: only secrets of the environment can be used"
                }
                guard SecretBox(hexadecimal: key) != nil else {
                    throw CommandError.badSetting("\(SecretBox.variable) is no key")
                }
                return "\(SecretBox.variable) is set"
            },
            await secrets(database),
        ]
    }

    /// Every secret that is kept is tried: one that does not open shows only when there is something to send otherwise.
    private static func secrets(_ database: Database?) async -> DiagnosisCheck {
        let name = "signing secrets"
        guard let database else {
            return DiagnosisCheck(name: name, outcome: .ok, text: "not looked at, since no database answers")
        }
        do {
            let desk = SecretDesk(database) { ProcessInfo.processInfo.environment[$0] }
            return DiagnosisCheck(name: name, outcome: .ok, text: try await desk.diagnosis())
        } catch {
            return problem(name, error, advice: "set the key that opens them")
        }
    }

    private static func models(_ database: Database?) async -> DiagnosisCheck {
        do {
            var library = try ModelLibrary.ofThisWorkspace()
            if let database { library = try await ModelLibrary.inForce(database) }
            let models = try library.set(try Settings.modelNames())
            let names = (models.primary + models.beside).map(\.name).joined(separator: ", ")
            let version = library.shipped == .newest ? "" : ", as version \(library.shipped.rawValue) shipped them"
            return DiagnosisCheck(name: "models", outcome: .ok, text: "in force: \(names)\(version)")
        } catch {
            return problem("models", error, advice: "run hale models check")
        }
    }

    /// Rules are checked by the role that evaluates them, so that what is wrong with the role is found too.
    private static func rules(_ database: Database?) async -> DiagnosisCheck {
        guard let database else {
            return DiagnosisCheck(name: "rules", outcome: .ok, text: "not looked at, since no database answers")
        }
        do {
            let count = try await RuleLibrary.ofThisWorkspace().load(database).rules.count
            return DiagnosisCheck(name: "rules", outcome: .ok, text: "\(count) in force")
        } catch {
            return problem("rules", error, advice: "run hale rules check")
        }
    }

    private static func check(_ name: String, advice: String, _ look: () throws -> String) -> DiagnosisCheck {
        do {
            return DiagnosisCheck(name: name, outcome: .ok, text: try look())
        } catch {
            return problem(name, error, advice: advice)
        }
    }

    /// The first problem, and how many follow.
    private static func problem(_ name: String, _ error: any Error, advice: String) -> DiagnosisCheck {
        let problems = (error as? FileFailure)?.lines ?? ["\(error)"]
        let more = problems.count > 1 ? " (and \(problems.count - 1) more)" : ""
        return DiagnosisCheck(name: name, outcome: .problem, text: "\(problems.first ?? "")\(more)", advice: advice)
    }
}
