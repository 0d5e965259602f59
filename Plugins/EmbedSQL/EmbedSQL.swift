import Foundation
import PackagePlugin

/// Turns every `.sql` file below the target's folder into a named constant at build time.
@main
struct EmbedSQL: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        let folder = target.directoryURL
        let statements = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".sql") }
            .sorted()
        let output = context.pluginWorkDirectoryURL.appending(path: "Statements.swift")
        return [
            .buildCommand(
                displayName: "Embedding \(statements.count) SQL files",
                executable: try context.tool(named: "embed-sql").url,
                arguments: [folder.path, output.path] + statements,
                inputFiles: statements.map { folder.appending(path: $0) },
                outputFiles: [output])
        ]
    }
}
