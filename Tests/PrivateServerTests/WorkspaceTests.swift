import FoundationEssentials
import PrivateServer
import Testing

@Suite struct WorkspaceTests {
    @Test(
        arguments: [
            ([:], ".hale"), (["HALE_HOME": ""], ".hale"), (["HALE_HOME": "data/hale"], "data/hale"),
        ] as [([String: String], String)])
    func `without an absolute HALE_HOME the workspace lies below the current directory`(
        environment: [String: String], relative: String
    ) throws {
        let current = try #require(OperatingSystem.realPath(FileManager.default.currentDirectoryPath))
        #expect(Workspace(environment: environment).path == "\(current)/\(relative)")
    }

    @Test(arguments: [
        ("/no-such-place/hale", "/no-such-place/hale"), ("/no-such-place/./a/../hale/", "/no-such-place/hale"),
        ("/no-such-place/../proc", "/proc"), ("/", "/"), ("/proc/../no-such-place", "/no-such-place"),
    ])
    func `a path that does not exist yet is made plain`(path: String, expected: String) {
        #expect(Workspace(path: path).path == expected)
    }

    @Test func `links are resolved, so one directory has one name`() async throws {
        try await withServerFixture { fixture in
            let link = "\(fixture.directory)/link"
            try fixture.write(["workspace/file": ""], into: fixture.directory)
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: fixture.workspacePath)
            #expect(Workspace(path: "\(link)/inner") == Workspace(path: "\(fixture.workspacePath)/inner"))
        }
    }

    // The digits were made with sha256sum.
    @Test(arguments: [("/no-such-place/hale", "ecdf4872140a"), ("/no-such-place/other", "be41f1061268")])
    func `the digits are those of the path's SHA-256`(path: String, digits: String) {
        #expect(Workspace(path: path).digits == digits)
    }
}
