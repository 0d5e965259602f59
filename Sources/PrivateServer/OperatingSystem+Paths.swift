import Glibc
import SystemPackage

// What a path names. Paths go to the system as they were written: a slash at the end, which a `FilePath` drops, says
// that nothing but a directory is meant.
extension OperatingSystem {
    /// What a path names, nil when it does not exist or cannot be reached; a link is followed only on request.
    package static func status(ofPath path: String, followingLinks: Bool = false) -> FileStatus? {
        (try? unsafe Stat(path, followTargetSymlink: followingLinks)).map(FileStatus.init)
    }

    /// Whether nothing has that name. A link to nothing has it, and what may not be looked at counts as there.
    package static func isAbsent(_ path: String) -> Bool {
        do throws(Errno) {
            _ = try unsafe Stat(path, followTargetSymlink: false)
            return false
        } catch {
            return error == .noSuchFileOrDirectory || error == .notDirectory
        }
    }

    /// Whether this process may run the file at that path.
    package static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

    /// Whether this process may make files in that directory.
    package static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK | X_OK) == 0 }

    /// The path without links, `.` and `..`; nil when it does not exist.
    package static func realPath(_ path: String) -> String? {
        guard let resolved = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(resolved) }
        return unsafe String(cString: resolved)
    }

    /// Bytes free for ordinary users on the disk that holds the path; nil when that cannot be known.
    package static func freeBytes(at path: String) -> UInt64? {
        var entry = statvfs()
        guard unsafe statvfs(path, &entry) == 0 else { return nil }
        return UInt64(entry.f_bavail) * UInt64(entry.f_frsize)
    }
}
