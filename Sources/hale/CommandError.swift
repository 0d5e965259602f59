import Delimited
import HaleDomain
import HaleFiles

/// What a command itself refuses.
enum CommandError: CodedError {
    /// An account nobody imported.
    case unknownAccount(String)
    /// A CSM nobody imported.
    case unknownCSM(String)
    /// A day that was not scored.
    case notScored(String)
    /// Nothing was scored yet.
    case nothingScored
    /// A kind of file that does not exist.
    case unknownKind(String, known: [String])
    /// A setting that does not exist or a value it cannot have.
    case badSetting(String)
    /// A file that cannot be written.
    case unwritableFile(String, reason: String)
    /// There are no other shipped models than those in force.
    case newestModelsInForce
    /// A folder holds nothing that can be imported.
    case nothingToImport(String)
    /// There is nobody to ask whether files should be imported.
    case unasked(files: Int)
    /// Files were not to be imported.
    case declined
    /// A command that does not exist, with the likeliest and those that do.
    case unknownCommand(String, nearest: String?, known: [String])
    /// A name that several things have.
    case ambiguousName(kind: String, String, [String])
    /// A segment that no account is of.
    case unknownSegment(String, known: [String])
    /// A word that is none of those that an option takes.
    case unknownWord(String, kind: String, known: [String])
    /// The workspace holds another made-up company than the one asked for.
    case otherDemo(String)
    /// The workspace holds a made-up company that this version does not make.
    case earlierDemo
    /// A day that is to be earlier than another and is not.
    case notEarlier(option: String, String, than: String)
    /// Checks found problems.
    case foundProblems(Int)
    /// A range that ends before it begins.
    case badRange(from: Day, to: Day)

    var code: String {
        switch self {
        case .unknownAccount: "HALE-CLI-001"
        case .unknownCSM: "HALE-CLI-002"
        case .notScored: "HALE-CLI-003"
        case .nothingScored: "HALE-CLI-004"
        case .unknownKind: "HALE-CLI-005"
        case .badSetting: "HALE-CLI-006"
        case .foundProblems: "HALE-CLI-007"
        case .badRange: "HALE-CLI-026"
        case .unwritableFile: "HALE-CLI-008"
        case .newestModelsInForce: "HALE-CLI-014"
        case .nothingToImport: "HALE-CLI-020"
        case .unasked: "HALE-CLI-021"
        case .declined: "HALE-CLI-022"
        case .unknownCommand: "HALE-CLI-023"
        case .ambiguousName: "HALE-CLI-024"
        case .unknownSegment: "HALE-CLI-025"
        case .unknownWord: "HALE-CLI-034"
        case .otherDemo: "HALE-CLI-030"
        case .earlierDemo: "HALE-CLI-031"
        case .notEarlier: "HALE-CLI-035"
        }
    }

    var message: String {
        switch self {
        case .unknownAccount(let id): "account \"\(id)\" is not known: hale accounts list shows them"
        case .unknownCSM(let email): "CSM \"\(email)\" is not known: import csms first"
        case .notScored(let day): "\(day) was not scored: run hale score --as-of \(day)"
        case .nothingScored: "no day was scored yet: run hale score"
        case .unknownKind(let kind, let known):
            "there is no kind \"\(kind)\": "
                + (NearestNames.question(known, to: kind) ?? "use one of \(known.joined(separator: ", "))")
        case .badSetting(let what): what
        case .unwritableFile(let path, let reason): "\(path) cannot be written: \(reason)"
        case .newestModelsInForce:
            "the shipped models of this version are in force already: name a file to compare with them"
        case .nothingToImport(let folder):
            "\(folder) holds no file that can be imported: hale import KIND FILE takes one in"
        case .unasked(let files):
            "nothing imported: there is no terminal to ask at; "
                + "--yes imports \(files == 1 ? "this file" : "these \(files) files")"
        case .declined: "nothing imported"
        case .unknownCommand(let words, let nearest, let known):
            "there is no command \"\(words)\"; "
                + (nearest.map { "did you mean \($0)?" } ?? "there are \(known.joined(separator: ", "))")
        case .ambiguousName(let kind, let text, let names):
            "\(kind) \"\(text)\" may be \(names.joined(separator: "; ")): write more of it"
        case .unknownSegment(let segment, let known):
            "no account is of segment \"\(segment)\": "
                + (NearestNames.question(known, to: segment)
                    ?? (known.isEmpty ? "none has one" : "there are \(known.joined(separator: ", "))"))
        case .unknownWord(let word, let kind, let known):
            "there is no \(kind) \"\(word)\": "
                + (NearestNames.question(known, to: word) ?? "use one of \(known.joined(separator: ", "))")
        case .badRange(let first, let last): "the first day, \(first), is after the last, \(last)"
        case .otherDemo(let what):
            "the demo here has \(what): ask for the same, or add --reset to make another"
        case .earlierDemo: "the demo here was made by another version of Hale: hale demo --reset makes it anew"
        case .notEarlier(let option, let day, let later): "\(option) \(day) is not before \(later)"
        case .foundProblems(let count): "\(count) \(count == 1 ? "problem" : "problems") found"
        }
    }

    var exitStatus: ExitStatus {
        switch self {
        case .unknownKind, .badSetting, .unasked, .unknownCommand, .unknownWord, .badRange, .notEarlier: .wrongUsage
        case .foundProblems: .foundProblems
        default: .failed
        }
    }
}
