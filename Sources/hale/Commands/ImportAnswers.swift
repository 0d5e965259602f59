import ArgumentParser
import Foundation
import HaleDomain
import HaleFiles
import HaleService

extension ColumnChoice: ExpressibleByArgument {
    /// A choice written as an argument: email=E-Mail.
    package init?(argument: String) { self.init(argument) }
}

/// What an import may create because rows name it.
struct CreatedKinds: ExpressibleByArgument {
    var accounts = false
    var csms = false

    /// The kinds of a list such as accounts,csms.
    init?(argument: String) {
        for word in argument.split(separator: ",", omittingEmptySubsequences: false) {
            switch ImportKind(rawValue: word.trimmingCharacters(in: .whitespaces).lowercased()) {
            case .accounts: accounts = true
            case .csms: csms = true
            default: return nil
            }
        }
    }
}

/// A value for all files, or for one file of a folder: dmy, or usage.csv=dmy.
struct PerFile<Value: ExpressibleByArgument>: ExpressibleByArgument {
    /// The file's name in the folder; empty for all.
    let file: String
    let value: Value

    /// A value, or a file's name, `=` and a value.
    init?(argument: String) {
        let mark = argument.lastIndex(of: "=")
        file = mark.map { String(argument[..<$0]) } ?? ""
        let text = mark.map { String(argument[argument.index(after: $0)...]) } ?? argument
        guard mark == nil || !file.isEmpty, let value = Value(argument: text) else { return nil }
        self.value = value
    }

    static var allValueStrings: [String] { Value.allValueStrings }
}

extension Array {
    /// The values by file, that for all under the empty name; of several for one the last counts.
    func byFile<Value>() -> [String: Value] where Element == PerFile<Value> {
        Dictionary(map { ($0.file, $0.value) }, uniquingKeysWith: { $1 })
    }
}

/// What a file of a folder is: a kind, a preset, or none.
struct FileIdentity: ExpressibleByArgument {
    /// What it is.
    let identity: FolderAnswers.Identity

    /// A kind, a preset, or none.
    init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        identity = argument.lowercased() == "none" ? .none : .named(argument)
    }
}
