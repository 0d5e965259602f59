import Glibc
import SystemPackage

// Making, changing and deleting files and directories.
extension OperatingSystem {
    /// Makes one directory with exactly these permissions; false when the path exists already.
    package static func makeDirectory(_ path: String, permissions: UInt32) throws(ServerError) -> Bool {
        guard unsafe mkdir(path, permissions) == 0 else {
            if errno == EEXIST { return false }
            throw failure("mkdir", path)
        }
        // The umask has taken bits away.
        try setPermissions(path, permissions)
        return true
    }

    /// Sets the permissions of a path.
    package static func setPermissions(_ path: String, _ permissions: UInt32) throws(ServerError) {
        guard unsafe chmod(path, permissions) == 0 else { throw failure("chmod", path) }
    }

    /// Gives a path (a link itself, not what it names) to a user.
    package static func setOwner(_ path: String, _ user: SystemUser) throws(ServerError) {
        guard unsafe lchown(path, user.userID, user.groupID) == 0 else { throw failure("chown", path) }
    }

    /// Renames a path; an existing file or empty directory of the new name is replaced in one step.
    package static func move(_ path: String, to newPath: String) throws(ServerError) {
        guard unsafe rename(path, newPath) == 0 else { throw failure("rename", "\(path) to \(newPath)") }
    }

    /// Deletes a file, link or socket if it is there.
    package static func deleteFile(_ path: String) throws(ServerError) {
        guard unsafe unlink(path) == 0 || errno == ENOENT else { throw failure("unlink", path) }
    }

    /// Deletes a directory if it is there and empty.
    package static func deleteEmptyDirectory(_ path: String) { _ = unsafe rmdir(path) }

    /// Replaces a file's content in one step: written beside it, given to `owner`, then renamed over it. A link that
    /// stands at either name is replaced, never followed.
    package static func replaceFile(
        _ path: String, with text: String, permissions: UInt32, owner: SystemUser? = nil
    ) throws(ServerError) {
        let draft = path + ".new"
        try deleteFile(draft)
        let file = try makeFile(draft, permissions: permissions, owner: owner)
        defer { try? file.close() }
        _ = try attempt("write", draft) { try file.writeAll(text.utf8) }
        guard fchmod(file.rawValue, permissions) == 0 else { throw failure("chmod", draft) }
        guard fsync(file.rawValue) == 0 else { throw failure("fsync", draft) }
        try move(draft, to: path)
    }

    /// Makes a file, gives it to `owner` and opens it for writing at its end. What stands at the path already, a link
    /// too, is an error.
    static func makeFile(
        _ path: String, permissions: UInt32, owner: SystemUser?
    ) throws(ServerError) -> FileDescriptor {
        let file = try attempt("open", path) {
            try FileDescriptor.open(
                FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .append, .noFollow, .closeOnExec],
                permissions: FilePermissions(rawValue: permissions))
        }
        if let owner, fchown(file.rawValue, owner.userID, owner.groupID) != 0 {
            let problem = failure("chown", path)
            try? file.close()
            throw problem
        }
        return file
    }
}
