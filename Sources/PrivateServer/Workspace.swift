import Crypto
import FoundationEssentials

/// The directory in which Hale keeps what belongs to one installation: `.hale/` in the current directory, or
/// `HALE_HOME`.
package struct Workspace: Equatable, Sendable {
    /// Its path without links, `.` and `..`.
    package let path: String

    /// The workspace at a path, which need not exist yet; a relative one starts at the current directory.
    package init(path: String) {
        let current = FileManager.default.currentDirectoryPath
        self.path = Self.resolved(path.hasPrefix("/") ? path : "\(current)/\(path)")
    }

    /// The workspace that the environment chooses: `HALE_HOME` if it is set and not empty, else `.hale`.
    package init(environment: [String: String]) {
        let home = environment["HALE_HOME"] ?? ""
        self.init(path: home.isEmpty ? ".hale" : home)
    }

    /// Twelve hexadecimal digits of the SHA-256 of the path; they name what must lie outside the workspace.
    package var digits: String { Self.digits(of: path) }

    /// Twelve hexadecimal digits of the SHA-256 of a text.
    static func digits(of text: String) -> String {
        let digest = SHA256.hash(data: Data(text.utf8))
        return digest.prefix(6).map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
    }

    /// File whose lock guards initialisation, start and stop.
    var lockPath: String { "\(path)/lock" }

    /// File that names the cluster of a workspace used by root.
    var pointerPath: String { "\(path)/cluster" }

    /// Makes the directory (mode 0700) if it is absent, with a note that keeps it out of version control.
    func create() throws(ServerError) {
        if OperatingSystem.status(ofPath: path, followingLinks: true)?.kind != .directory {
            let parent = path.split(separator: "/").dropLast().map { "/" + $0 }.joined()
            do {
                if !parent.isEmpty {
                    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
                }
                if try OperatingSystem.makeDirectory(path, permissions: 0o700) {
                    try OperatingSystem.replaceFile("\(path)/.gitignore", with: "*\n", permissions: 0o600)
                }
            } catch let error as ServerError {
                throw .workspaceNotWritable(path: path, reason: error.problem)
            } catch {
                throw .workspaceNotWritable(path: path, reason: "its parent \(parent) cannot be made")
            }
        }
        guard OperatingSystem.status(ofPath: path, followingLinks: true)?.kind == .directory else {
            throw .workspaceNotWritable(path: path, reason: "it is not a directory")
        }
        guard OperatingSystem.isWritable(path) else {
            throw .workspaceNotWritable(path: path, reason: "permission denied")
        }
    }

    /// Resolves the longest part of an absolute path that exists and appends the rest.
    private static func resolved(_ path: String) -> String {
        var existing = path.split(separator: "/").filter { $0 != "." }
        var rest: [Substring] = []
        while true {
            if let real = OperatingSystem.realPath("/" + existing.joined(separator: "/")) {
                let base = real == "/" ? "" : real
                return rest.isEmpty ? real : base + "/" + rest.reversed().joined(separator: "/")
            }
            guard let last = existing.popLast() else { return path }
            if last == ".." {
                // The directory it leaves does not exist, so no link can be involved.
                _ = existing.popLast()
            } else {
                rest.append(last)
            }
        }
    }
}
