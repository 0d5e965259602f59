import FoundationEssentials
import Glibc
import SystemPackage

/// A lock that this process holds on a file until the value ends; the operating system frees it when the process dies.
package final class FileLock: Sendable {
    private let file: FileDescriptor

    init(_ file: FileDescriptor) {
        self.file = file
    }

    deinit {
        try? file.close()
    }
}

extension OperatingSystem {
    /// Takes the lock of a file (made if absent), waiting up to the limit; nil when somebody else still holds it. Who waits
    /// longer than a moment is told once, with the process that holds it where that is known.
    package static func lock(
        _ path: String, limitSeconds: Int, whenWaiting: (Int32?) -> Void = { _ in }
    ) throws(ServerError) -> FileLock? {
        let file = try attempt("open", path) {
            try FileDescriptor.open(
                FilePath(path), .readWrite, options: [.create, .closeOnExec, .noFollow], permissions: .ownerReadWrite)
        }
        let lock = FileLock(file)
        let start = ContinuousClock.now
        var wasTold = false
        while flock(file.rawValue, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw failure("flock", path) }
            guard ContinuousClock.now < start + .seconds(limitSeconds) else { return nil }
            if !wasTold, ContinuousClock.now >= start + quietWait {
                wasTold = true
                whenWaiting(lockHolder(path))
            }
            pause(milliseconds: 10)
        }
        // Where this cannot be written, the lock holds all the same; others then do not learn whose it is.
        try? file.resize(to: 0)
        _ = try? file.writeAll("\(processID)\n".utf8)
        return lock
    }

    /// How long a wait for a lock is nothing to speak of.
    private static let quietWait = Duration.seconds(1)

    /// The process that noted itself in a lock's file; nil for none.
    private static func lockHolder(_ path: String) -> Int32? {
        guard let content = FileManager.default.contents(atPath: path) else { return nil }
        return String(decoding: content, as: UTF8.self).split(separator: "\n").first.flatMap { Int32($0) }
    }
}
