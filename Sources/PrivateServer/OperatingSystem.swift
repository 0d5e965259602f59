import FoundationEssentials
import Glibc

/// The calls of the operating system that Hale needs. This file, its extensions and the modules of C libraries are the
/// only places where `unsafe` stands: each use passes a pointer to a value that outlives the call, and keeps none.
package enum OperatingSystem {
    // MARK: Users and paths

    /// Number of the user this process acts as; 0 is root.
    package static var effectiveUserID: UInt32 { geteuid() }

    /// Number of this process.
    package static var processID: Int32 { getpid() }

    /// The user of that name, nil when unknown.
    package static func user(named name: String) -> SystemUser? {
        unsafe user { (entry, buffer, length, found) in unsafe getpwnam_r(name, entry, buffer, length, found) }
    }

    /// The user of that number, nil when unknown.
    package static func user(numbered userID: UInt32) -> SystemUser? {
        unsafe user { (entry, buffer, length, found) in unsafe getpwuid_r(userID, entry, buffer, length, found) }
    }

    private typealias UserLookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func user(_ lookUp: UserLookup) -> SystemUser? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        // Entries of directory services can be long; 64 KiB is what such services bound them to.
        var buffer = [CChar](repeating: 0, count: 65_536)
        guard unsafe lookUp(&entry, &buffer, buffer.count, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name
        else { return nil }
        return unsafe SystemUser(name: String(cString: name), userID: entry.pw_uid, groupID: entry.pw_gid)
    }

    /// What a path names, nil when it does not exist or cannot be reached; a link is followed only on request.
    package static func status(ofPath path: String, followingLinks: Bool = false) -> FileStatus? {
        var entry = stat()
        let result = unsafe followingLinks ? stat(path, &entry) : lstat(path, &entry)
        guard result == 0 else { return nil }
        let kind: FileStatus.Kind =
            switch entry.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFSOCK: .socket
            default: .other
            }
        return FileStatus(
            kind: kind, ownerID: entry.st_uid, permissions: UInt32(entry.st_mode & 0o7777),
            device: UInt64(entry.st_dev), inode: UInt64(entry.st_ino), links: UInt64(entry.st_nlink),
            modifiedSeconds: Int64(entry.st_mtim.tv_sec))
    }

    /// Whether nothing has that name. A link to nothing has it, and what may not be looked at counts as there.
    package static func isAbsent(_ path: String) -> Bool {
        var entry = stat()
        return unsafe lstat(path, &entry) != 0 && (errno == ENOENT || errno == ENOTDIR)
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

    /// Makes one directory with exactly these permissions; false when the path exists already.
    package static func makeDirectory(_ path: String, permissions: UInt32) throws(ServerError) -> Bool {
        guard unsafe mkdir(path, permissions) == 0 else {
            if errno == EEXIST { return false }
            throw failure("mkdir", path)
        }
        // The umask has taken bits away.
        guard unsafe chmod(path, permissions) == 0 else { throw failure("chmod", path) }
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
        let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw failure("open", draft) }
        defer { _ = close(descriptor) }
        guard writeAll(Array(text.utf8), to: descriptor) == 0 else { throw failure("write", draft) }
        if let owner, fchown(descriptor, owner.userID, owner.groupID) != 0 { throw failure("chown", draft) }
        guard fchmod(descriptor, permissions) == 0 else { throw failure("chmod", draft) }
        guard fsync(descriptor) == 0 else { throw failure("fsync", draft) }
        try move(draft, to: path)
    }

    /// Bytes free for ordinary users on the disk that holds the path; nil when that cannot be known.
    package static func freeBytes(at path: String) -> UInt64? {
        var entry = statvfs()
        guard unsafe statvfs(path, &entry) == 0 else { return nil }
        return UInt64(entry.f_bavail) * UInt64(entry.f_frsize)
    }

    // MARK: The terminal and standard streams

    /// Whether a descriptor (0 input, 1 output, 2 error) is a terminal.
    package static func isTerminal(_ descriptor: Int32) -> Bool { isatty(descriptor) == 1 }

    /// Width of the terminal behind a descriptor, nil when it is not one or does not say.
    package static func terminalColumns(_ descriptor: Int32) -> Int? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// From now on writing to a closed pipe is an error and not a deadly signal; programs started later get the
    /// default.
    package static func ignoreBrokenPipes() { _ = signal(SIGPIPE, SIG_IGN) }

    /// Writes text to standard output (1) or error (2); ends the process quietly, with status 0, when the reader has
    /// gone.
    package static func write(
        _ text: String, to descriptor: Int32, endingAtBrokenPipe ends: Bool = true
    ) throws(ServerError) {
        let code = writeAll(Array(text.utf8), to: descriptor)
        if code == EPIPE {
            guard ends else { return }
            exit(0)
        }
        if code != 0 {
            throw .systemCallFailed(call: "write", subject: "descriptor \(descriptor)", reason: message(code))
        }
    }

    /// Writes every byte; returns 0 or the error's number.
    private static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
        var offset = 0
        while offset < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return errno }
            offset += count
        }
        return 0
    }

    // MARK: Processes

    /// Sends a signal; false when the process is gone or belongs to somebody else.
    package static func send(signal: Int32, to processID: Int32) -> Bool { kill(processID, signal) == 0 }

    /// Waits that long.
    package static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Whether somebody listens on a Unix-domain socket. The connection is closed at once.
    package static func connects(toSocket path: String) -> SocketAnswer {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return .failed(reason: "its path has more than \(room - 1) bytes") }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard descriptor >= 0 else { return .failed(reason: message(errno)) }
        defer { _ = close(descriptor) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe connect(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A full queue of connections means somebody is there.
        if result == 0 || errno == EAGAIN { return .listening }
        return switch errno {
        case ENOENT: .absent
        case ECONNREFUSED: .refused
        default: .failed(reason: message(errno))
        }
    }

    // MARK: Names of hosts

    /// The addresses of a host, four or sixteen bytes each, in the order in which the resolver gives them. Blocks until the
    /// resolver answers.
    package static func addresses(ofHost host: String) throws(ServerError) -> [[UInt8]] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else {
            let reason = unsafe gai_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
            throw .systemCallFailed(call: "getaddrinfo", subject: host, reason: reason)
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [[UInt8]] = []
        var cursor = unsafe list
        while let entry = unsafe cursor {
            if let bytes = unsafe bytes(of: entry.pointee), !addresses.contains(bytes) { addresses.append(bytes) }
            unsafe cursor = entry.pointee.ai_next
        }
        return addresses
    }

    private static func bytes(of entry: addrinfo) -> [UInt8]? {
        guard let address = unsafe entry.ai_addr else { return nil }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { known in
                var bits = unsafe known.pointee.sin_addr
                return unsafe withUnsafeBytes(of: &bits) { unsafe Array($0) }
            }
        case AF_INET6:
            return unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { known in
                var bits = unsafe known.pointee.sin6_addr
                return unsafe withUnsafeBytes(of: &bits) { unsafe Array($0) }
            }
        default: return nil
        }
    }

    // MARK: Locks and failures

    /// Takes the lock of a file (made if absent), waiting up to the limit; nil when somebody else still holds it. Who waits
    /// longer than a moment is told once, with the process that holds it where that is known.
    package static func lock(
        _ path: String, limitSeconds: Int, whenWaiting: (Int32?) -> Void = { _ in }
    ) throws(ServerError) -> FileLock? {
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        let start = ContinuousClock.now
        var wasTold = false
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                let problem = failure("flock", path)
                _ = close(descriptor)
                throw problem
            }
            guard ContinuousClock.now < start + .seconds(limitSeconds) else {
                _ = close(descriptor)
                return nil
            }
            if !wasTold, ContinuousClock.now >= start + quietWait {
                wasTold = true
                whenWaiting(lockHolder(path))
            }
            pause(milliseconds: 10)
        }
        // Where this cannot be written, the lock holds all the same; others then do not learn whose it is.
        _ = ftruncate(descriptor, 0)
        _ = writeAll(Array("\(processID)\n".utf8), to: descriptor)
        return FileLock(descriptor: descriptor)
    }

    /// How long a wait for a lock is nothing to speak of.
    private static let quietWait = Duration.seconds(1)

    /// The process that noted itself in a lock's file; nil for none.
    private static func lockHolder(_ path: String) -> Int32? {
        guard let content = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").first.flatMap { Int32($0) }
    }

    /// Gives up the lock.
    static func release(_ descriptor: Int32) { _ = close(descriptor) }

    static func failure(_ call: String, _ subject: String) -> ServerError {
        .systemCallFailed(call: call, subject: subject, reason: message(errno))
    }

    static func message(_ code: Int32) -> String {
        unsafe strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
    }
}
