import Foundation

/// The commands of the program with their options, as `hale --experimental-dump-help` tells them.
struct CommandTree: Sendable {
    /// A command, and those below it.
    struct Command: Sendable, Decodable {
        let commandName: String
        let discussion: String?
        let defaultSubcommand: String?
        let subcommands: [Command]?
        private let arguments: [Argument]?

        /// Its options, without those that every command has.
        var options: [(name: String, takesValue: Bool)] {
            (arguments ?? []).filter { $0.kind != "positional" }.compactMap { argument in
                let name = argument.preferredName.map { "--\($0.name)" } ?? ""
                return ["--help", "--version"].contains(name) ? nil : (name, argument.kind == "option")
            }
        }

        /// Its options of one letter, such as `-i`.
        var letters: Set<String> {
            Set((arguments ?? []).flatMap { $0.names ?? [] }.filter { $0.kind == "short" }.map { "-\($0.name)" })
        }

        /// How many words it takes; nil for any number of them.
        var wordLimit: Int? {
            let words = (arguments ?? []).filter { $0.kind == "positional" }
            return words.contains(where: \.isRepeating) ? nil : words.count
        }

        /// Whether all that follows goes to another program.
        var passesOn: Bool { (arguments ?? []).contains { $0.parsingStrategy == "allRemainingInput" } }

        /// The command that runs where none of those below is named.
        var takingDefault: Command { subcommands?.first { $0.commandName == defaultSubcommand } ?? self }

        private struct Argument: Sendable, Decodable {
            let kind: String
            let isRepeating: Bool
            let parsingStrategy: String
            let preferredName: Name?
            let names: [Name]?

            struct Name: Sendable, Decodable {
                let kind: String
                let name: String
            }
        }
    }

    private let root: Command

    /// The commands of the built program.
    static func ofTheProgram() async throws -> CommandTree {
        struct Dump: Decodable {
            let command: Command
        }
        let run = try await CommandLineUser().run("--experimental-dump-help")
        return CommandTree(root: try JSONDecoder().decode(Dump.self, from: Data(run.output.utf8)).command)
    }

    /// Every command by the words that lead to it, those with others below them too.
    var paths: [[String]] { Self.all(root, []).map(\.path) }

    /// The commands that do something, and whether each runs where none is named.
    var leaves: [(path: [String], isDefault: Bool)] {
        Self.all(root, []).filter { $0.command.subcommands == nil }.map { ($0.path, $0.isDefault) }
    }

    /// The command to which the first words lead, and those words.
    func command(at words: some Sequence<String>) -> (path: [String], command: Command) {
        var found = (path: [String](), command: root)
        for word in words {
            guard let next = found.command.subcommands?.first(where: { $0.commandName == word }) else { break }
            found = (found.path + [word], next)
        }
        return found
    }

    /// The kinds of rows, as the program lists them.
    var kinds: [String] {
        let text = command(at: ["import"]).command.discussion ?? ""
        guard let list = text.firstMatch(of: /first load: ([^.]*)\./) else { return [] }
        return list.output.1.split(separator: ", ").map(String.init)
    }

    private static func all(
        _ command: Command, _ path: [String]
    ) -> [(path: [String], command: Command, isDefault: Bool)] {
        (command.subcommands ?? []).flatMap { next in
            let path = path + [next.commandName]
            return [(path, next, next.commandName == command.defaultSubcommand)] + all(next, path)
        }
    }
}
