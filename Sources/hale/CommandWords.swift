import ArgumentParser
import Delimited
import HaleDomain
import HaleFiles

/// Finds a command that does not exist before its words are taken for arguments of another.
enum CommandWords {
    /// The words that lead to no command, with what may have been meant; nil where they lead to one.
    static func unknown(in arguments: [String]) -> CommandError? {
        var command: any ParsableCommand.Type = Hale.self
        var path = ["hale"]
        for word in arguments {
            if path.count == 1, word == "help" { continue }
            let children = command.configuration.subcommands
            let names = children.map { child in child._commandName }
            guard !word.hasPrefix("-"), !names.isEmpty else { return nil }
            if let next = children.first(where: { child in child._commandName == word }) {
                command = next
                path.append(word)
                continue
            }
            let nearest = NearestNames.among(names, to: word).first
            // A word that a default command takes is none of these, unless it looks like one.
            if command.configuration.defaultSubcommand != nil {
                guard nearest != nil, ImportKind(rawValue: word.lowercased()) == nil, !word.contains("."),
                    !word.contains("/")
                else { return nil }
            }
            let noun = path.joined(separator: " ")
            return .unknownCommand("\(noun) \(word)", nearest: nearest.map { "\(noun) \($0)" }, known: names)
        }
        return nil
    }
}
