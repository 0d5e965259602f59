import Glibc
import SystemPackage

/// The calls of the operating system that Hale needs, an idea a file. What swift-system wraps is called through it; the
/// rest is why these files are, with the modules of C libraries, the only places where `unsafe` stands: each use passes
/// a pointer to a value that outlives the call, and keeps none.
package enum OperatingSystem {
    /// Number of this process.
    package static var processID: Int32 { getpid() }

    /// Sends a signal; false when the process is gone or belongs to somebody else.
    package static func send(signal: Int32, to processID: Int32) -> Bool { kill(processID, signal) == 0 }

    /// Waits that long.
    package static func pause(milliseconds: UInt32) { usleep(milliseconds * 1000) }

    /// Says of a call that fails what it was and whom it concerned.
    static func attempt<Result>(
        _ call: String, _ subject: String, _ body: () throws -> Result
    ) throws(ServerError) -> Result {
        do {
            return try body()
        } catch {
            throw .systemCallFailed(call: call, subject: subject, reason: "\(error)")
        }
    }

    /// The failure of a C function that has just said so.
    static func failure(_ call: String, _ subject: String) -> ServerError {
        .systemCallFailed(call: call, subject: subject, reason: message(errno))
    }

    static func message(_ code: Int32) -> String { Errno(rawValue: code).description }
}
