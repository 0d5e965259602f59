import HaleService

/// What a command itself refuses.
enum CommandError: Error, CustomStringConvertible {
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
    /// Checks found problems.
    case foundProblems(Int)

    var description: String {
        switch self {
        case .unknownAccount(let id): "HALE-CLI-001: account \"\(id)\" is not known: hale accounts list shows them"
        case .unknownCSM(let email): "HALE-CLI-002: CSM \"\(email)\" is not known: import csms first"
        case .notScored(let day): "HALE-CLI-003: \(day) was not scored: run hale score --as-of \(day)"
        case .nothingScored: "HALE-CLI-004: no day was scored yet: run hale score"
        case .unknownKind(let kind, let known):
            "HALE-CLI-005: there is no kind \"\(kind)\": \(Self.hint(kind, known) ?? "use one of \(known.joined(separator: ", "))")"
        case .badSetting(let what): "HALE-CLI-006: \(what)"
        case .unwritableFile(let path, let reason): "HALE-CLI-008: \(path) cannot be written: \(reason)"
        case .newestModelsInForce:
            "HALE-CLI-014: the shipped models of this version are in force already: name a file to compare with them"
        case .nothingToImport(let folder):
            "HALE-CLI-020: \(folder) holds no file that can be imported: hale import KIND FILE takes one in"
        case .unasked(let files):
            "HALE-CLI-021: nothing imported: there is no terminal to ask at; "
                + "--yes imports \(files == 1 ? "this file" : "these \(files) files")"
        case .declined: "HALE-CLI-022: nothing imported"
        case .unknownCommand(let words, let nearest, let known):
            "HALE-CLI-023: there is no command \"\(words)\"; "
                + (nearest.map { "did you mean \($0)?" } ?? "there are \(known.joined(separator: ", "))")
        case .ambiguousName(let kind, let text, let names):
            "HALE-CLI-024: \(kind) \"\(text)\" may be \(names.joined(separator: "; ")): write more of it"
        case .unknownSegment(let segment, let known):
            "HALE-CLI-025: no account is of segment \"\(segment)\": "
                + (Self.hint(segment, known)
                    ?? (known.isEmpty ? "none has one" : "there are \(known.joined(separator: ", "))"))
        case .foundProblems(let count): "HALE-CLI-007: \(count) \(count == 1 ? "problem" : "problems") found"
        }
    }

    private static func hint(_ name: String, _ known: [String]) -> String? {
        NearestNames.among(known, to: name).first.map { "did you mean \($0)?" }
    }

    var status: Int32 {
        switch self {
        case .unknownKind, .badSetting, .unasked, .unknownCommand: 2
        case .foundProblems: 3
        default: 1
        }
    }
}
