/// A program to run: what, with which arguments, environment and limits. Standard input is always empty.
package struct ProgramCall: Sendable {
    /// Where the environment of the program comes from.
    package enum Environment: Sendable {
        /// The environment of this process, with these variables added or replaced.
        case inherited(adding: [String: String])
        /// These variables and no others.
        case only([String: String])
    }

    /// Path of the program.
    package var program: String
    /// Arguments, without the program's own name.
    package var arguments: [String]
    /// Environment of the program.
    package var environment: Environment
    /// The program is stopped after this time.
    package var limitSeconds: Int
    /// Of each output no more than this is kept, from its beginning.
    package var outputLimitBytes: Int

    /// A call; the defaults are an inherited environment, one minute and 64 KiB for each output.
    package init(
        _ program: String, _ arguments: [String] = [], environment: Environment = .inherited(adding: [:]),
        limitSeconds: Int = 60, outputLimitBytes: Int = 65_536
    ) {
        self.program = program
        self.arguments = arguments
        self.environment = environment
        self.limitSeconds = limitSeconds
        self.outputLimitBytes = outputLimitBytes
    }

    /// The same call made as another user, by `setpriv` or else `runuser`; only root may run it.
    package func asUser(_ user: String) throws(ServerError) -> ProgramCall {
        let ways: [(program: String, arguments: [String])] = [
            ("setpriv", ["--reuid=\(user)", "--regid=\(user)", "--init-groups", "--"]),
            ("runuser", ["-u", user, "--"]),
        ]
        for way in ways {
            guard let path = Self.installed(way.program) else { continue }
            return through(path, way.arguments)
        }
        throw .userChangeImpossible(user: user)
    }

    /// The same call made in the root directory: the server's user may be unable to enter the current one, which may be
    /// deleted as well.
    package func inRootDirectory() -> ProgramCall {
        through(Self.installed("env") ?? "/usr/bin/env", ["--chdir=/"])
    }

    /// The same call made by another program, which becomes this one.
    private func through(_ other: String, _ otherArguments: [String]) -> ProgramCall {
        var call = self
        call.program = other
        call.arguments = otherArguments + [program] + arguments
        return call
    }

    /// The path of a program of the operating system; nil where it is not installed.
    private static func installed(_ program: String) -> String? {
        ["/usr/bin", "/usr/sbin", "/bin", "/sbin"].map { "\($0)/\(program)" }.first(where: OperatingSystem.isExecutable)
    }
}

/// How a program ended and what it wrote.
package struct ProgramResult: Equatable, Sendable {
    /// The two ways a program can end.
    package enum Ending: Equatable, Sendable {
        /// It ended by itself with this status; 0 means success.
        case exited(status: Int32)
        /// A signal ended it.
        case signalled(signal: Int32)

        /// A few words.
        var text: String {
            switch self {
            case .exited(let status): "exit status \(status)"
            case .signalled(let signal): "ended by signal \(signal)"
            }
        }
    }

    /// How it ended.
    package var ending: Ending
    /// The beginning of its standard output.
    package var output: String
    /// The beginning of its standard error.
    package var errorOutput: String

    /// How a program ended, with the beginnings of its outputs.
    package init(ending: Ending, output: String, errorOutput: String) {
        self.ending = ending
        self.output = output
        self.errorOutput = errorOutput
    }

    /// Whether it ended by itself with status 0.
    package var succeeded: Bool { ending == .exited(status: 0) }

    /// One line that says best what went wrong: the first that names an error, else the last one.
    package var reason: String {
        let lines = (errorOutput + "\n" + output).split(separator: "\n").map(String.init)
        return LogLine.mostTelling(of: lines) ?? ending.text
    }
}
