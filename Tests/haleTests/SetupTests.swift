import Foundation
import HaleTestSupport
import Testing

/// `scripts/setup` on a machine that lacks something.
@Suite struct `The set-up` {
    private static let script = ProjectFolder.root.appending(path: "scripts/setup").path

    /// Runs it where no package can be installed, with a `pkg-config` that knows all libraries but one and a Python that
    /// has its modules or not.
    private static func missing(library: String?, hasVenv: Bool = true) async throws -> CommandLineRun {
        let folder = FileManager.default.temporaryDirectory.appending(path: "hale-setup-\(UUID().uuidString)")
        let programs = folder.appending(path: "programs")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let scripts = [
            "git": "exit 0", "make": "exit 0", "swift": "echo Swift version 99.0",
            "pkg-config": "[ \"$2\" != \"\(library ?? "none")\" ]", "python3": "exit \(hasVenv ? 0 : 1)",
        ]
        for (name, text) in scripts {
            let file = programs.appending(path: name)
            try Data("#!/bin/sh\n\(text)\n".utf8).write(to: file)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
        }
        for name in ["bash", "sort", "head", "id", "pg_config"] {
            guard
                let found = ["/usr/bin", "/bin"].map({ "\($0)/\(name)" }).first(where: FileManager.default.fileExists)
            else { continue }
            try FileManager.default.createSymbolicLink(
                atPath: programs.appending(path: name).path, withDestinationPath: found)
        }
        return try await CommandLineRun.start(
            ["/usr/bin/env", "PATH=\(programs.path)", "bash", script], input: Data(),
            environment: ["PATH": "/usr/bin:/bin"], directory: folder, streams: folder)
    }

    /// The libraries that Package.swift names, each with its package of Debian.
    private static func libraries() throws -> [(name: String, package: String)] {
        let text = try String(contentsOf: ProjectFolder.root.appending(path: "Package.swift"), encoding: .utf8)
        return text.matches(of: /pkgConfig: "([^"]+)", providers: \[\.apt\(\["([^"]+)"\]\)\]/).map {
            (String($0.output.1), String($0.output.2))
        }
    }

    @Test func `every library of the system that a target needs is asked for by its package`() async throws {
        let libraries = try Self.libraries()
        #expect(Set(libraries.map(\.name)) == ["libcurl", "libpq", "zlib"])
        for (name, package) in libraries {
            let run = try await Self.missing(library: name)
            #expect(run.status == 1)
            #expect(run.errors.contains("missing, by Debian's names: \(package))"), "\(run.errors)")
        }
    }

    @Test func `where all is there it says nothing`() async throws {
        let run = try await Self.missing(library: nil)
        #expect(run.status == 0)
        #expect(run.everything == "")
    }

    @Test func `the environment in which tests compare Hale with others is asked for`() async throws {
        let run = try await Self.missing(library: nil, hasVenv: false)
        #expect(run.errors.contains("missing, by Debian's names: python3-venv)"), "\(run.errors)")
    }
}
