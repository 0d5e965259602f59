import FoundationEssentials
import Glibc
import PrivateServer
import Testing

@Suite struct OperatingSystemTests {
    @Test func `a program's status and both outputs are returned`() throws {
        let result = try OperatingSystem.run(ProgramCall("/bin/sh", ["-c", "echo out; echo err >&2; exit 3"]))
        #expect(result == ProgramResult(ending: .exited(status: 3), output: "out\n", errorOutput: "err\n"))
        #expect(!result.succeeded)
    }

    @Test func `a signal that ended a program is named`() throws {
        let result = try OperatingSystem.run(ProgramCall("/bin/sh", ["-c", "kill -TERM $$"]))
        #expect(result.ending == .signalled(signal: SIGTERM))
    }

    @Test func `of a long output the beginning is kept`() throws {
        let script = "i=0; while [ $i -lt 20000 ]; do echo 123456789; i=$((i+1)); done"
        let result = try OperatingSystem.run(ProgramCall("/bin/sh", ["-c", script], outputLimitBytes: 25))
        #expect(result.output == "123456789\n123456789\n12345")
        #expect(result.succeeded)
    }

    @Test func `a program reads nothing and inherits nothing`() throws {
        let spare = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(spare > 2)
        defer { close(spare) }
        let script = "cat; for f in /proc/self/fd/*; do readlink $f; done"
        let result = try OperatingSystem.run(ProgramCall("/bin/sh", ["-c", script]))
        #expect(result.output.hasPrefix("/dev/null\n"))
        #expect(!result.output.contains("socket:"))
    }

    @Test func `a program that does not end is stopped`() throws {
        #expect(throws: ServerError.programTimedOut(program: "/bin/sleep", limitSeconds: 0)) {
            try OperatingSystem.run(ProgramCall("/bin/sleep", ["60"], limitSeconds: 0))
        }
    }

    @Test func `what a program leaves running does not hold up the caller`() throws {
        let result = try OperatingSystem.run(ProgramCall("/bin/sh", ["-c", "sleep 5 & echo done"], limitSeconds: 4))
        #expect(result.output == "done\n")
    }

    @Test func `the environment is what the call says`() throws {
        let only = try OperatingSystem.run(ProgramCall("/usr/bin/env", environment: .only(["A": "1"])))
        #expect(only.output == "A=1\n")
        let added = try OperatingSystem.run(
            ProgramCall("/usr/bin/env", environment: .inherited(adding: ["HALE_A": "1", "PATH": "/here"])))
        let lines = added.output.split(separator: "\n")
        #expect(lines.contains("HALE_A=1"))
        #expect(lines.filter { $0.hasPrefix("PATH=") } == ["PATH=/here"])
    }

    @Test func `a program that does not exist is an error`() throws {
        let error = try #require(throws: ServerError.self) {
            try OperatingSystem.run(ProgramCall("/no-such-place/program"))
        }
        #expect(error.code == "HALE-DB-019")
    }

    @Test func `the reason of a failure is the first line that names an error`() {
        let result = ProgramResult(
            ending: .exited(status: 1), output: "creating directory\n",
            errorOutput: "a note\n2026-01-01 UTC [7] FATAL:  could not write: No space left\nchild process exited\n")
        #expect(result.reason == "could not write: No space left")
        #expect(ProgramResult(ending: .signalled(signal: 9), output: "", errorOutput: "").reason == "ended by signal 9")
    }

    @Test func `a lock has one holder at a time`() async throws {
        try await withServerFixture { fixture in
            let path = "\(fixture.directory)/lock"
            var holder = try OperatingSystem.lock(path, limitSeconds: 0)
            #expect(holder != nil)
            #expect(try OperatingSystem.lock(path, limitSeconds: 0) == nil)
            withExtendedLifetime(holder) {}
            holder = nil
            #expect(try OperatingSystem.lock(path, limitSeconds: 0) != nil)
        }
    }

    @Test func `replacing a file never follows a link`() async throws {
        try await withServerFixture { fixture in
            try fixture.write(["target": "safe"], into: fixture.directory)
            let path = "\(fixture.directory)/file"
            for link in [path, path + ".new"] {
                try FileManager.default.createSymbolicLink(
                    atPath: link, withDestinationPath: "\(fixture.directory)/target")
            }
            try OperatingSystem.replaceFile(path, with: "new", permissions: 0o640)
            let status = try #require(OperatingSystem.status(ofPath: path))
            #expect(status.kind == .file)
            #expect(status.permissions == 0o640)
            #expect(FileManager.default.contents(atPath: "\(fixture.directory)/target") == Data("safe".utf8))
        }
    }

    @Test func `a slash at the end of a path means a directory`() async throws {
        try await withServerFixture { fixture in
            try fixture.write(["file": ""], into: fixture.directory)
            #expect(OperatingSystem.status(ofPath: "\(fixture.directory)/file")?.kind == .file)
            #expect(OperatingSystem.status(ofPath: "\(fixture.directory)/file/") == nil)
            #expect(OperatingSystem.isAbsent("\(fixture.directory)/file/"))
            #expect(OperatingSystem.status(ofPath: "\(fixture.directory)/")?.kind == .directory)
        }
    }

    @Test func `users are found by name and number`() throws {
        let root = try #require(OperatingSystem.user(named: "root"))
        #expect(root.userID == 0)
        #expect(OperatingSystem.user(numbered: 0) == root)
        #expect(OperatingSystem.user(named: "no such user") == nil)
    }

    @Test func `a path that nobody listens on is said to be so`() async throws {
        try await withServerFixture { fixture in
            #expect(OperatingSystem.connects(toSocket: "\(fixture.directory)/none") == .absent)
            try fixture.write(["file": ""], into: fixture.directory)
            #expect(OperatingSystem.connects(toSocket: "\(fixture.directory)/file") == .refused)
            let long = "/" + String(repeating: "x", count: 108)
            #expect(
                OperatingSystem.connects(toSocket: long) == .failed(reason: "its path has more than 107 bytes"))
        }
    }
}
