import FoundationEssentials
import Glibc
import SystemPackage

// How other programs are started: always by their own name and arguments, never through a shell, so that no path or
// value is read as a command.
extension OperatingSystem {
    /// Becomes another program, which gets this process's terminal and no descriptor but the standard three.
    package static func become(
        _ program: String, _ arguments: [String], environment: [String: String]
    ) throws(ServerError) -> Never {
        _ = signal(SIGPIPE, SIG_DFL)
        for descriptor in openDescriptors() { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        unsafe withCStrings([program] + arguments) { argumentPointers in
            unsafe withCStrings(environment.map { "\($0)=\($1)" }) { environmentPointers in
                _ = unsafe execve(program, argumentPointers, environmentPointers)
            }
        }
        throw failure("execve", program)
    }

    /// Starts a program whose outputs go to these descriptors. It gets no other descriptor of this process.
    static func start(
        _ call: ProgramCall, output: FileDescriptor, errors: FileDescriptor, inOwnSession: Bool = false
    ) throws(ServerError) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        var handled = sigset_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output.rawValue, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors.rawValue, 2)
        for descriptor in openDescriptors() { unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }
        unsafe sigemptyset(&handled)
        unsafe posix_spawnattr_setsigmask(&attributes, &handled)
        unsafe sigaddset(&handled, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &handled)
        let flags = Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | (inOwnSession ? ownSession : 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        let environment =
            switch call.environment {
            case .only(let variables): variables
            case .inherited(let additions): ProcessInfo.processInfo.environment.merging(additions) { $1 }
            }
        var processID: Int32 = 0
        let code = unsafe withCStrings([call.program] + call.arguments) { argumentPointers in
            unsafe withCStrings(environment.map { "\($0)=\($1)" }) { environmentPointers in
                unsafe posix_spawn(
                    &processID, call.program, &actions, &attributes, argumentPointers, environmentPointers)
            }
        }
        guard code == 0 else {
            throw .systemCallFailed(call: "posix_spawn", subject: call.program, reason: message(code))
        }
        return processID
    }

    /// The flag of `posix_spawn` for a session of its own, which the system's headers show to GNU programs only.
    private static let ownSession: Int32 = 0x80

    /// Every open descriptor but the standard three.
    private static func openDescriptors() -> [Int32] {
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") else {
            return Array(3..<Int32(clamping: min(sysconf(Int32(_SC_OPEN_MAX)), 4096)))
        }
        return names.compactMap { Int32($0) }.filter { $0 > 2 }
    }

    /// Calls `body` with a null-terminated array of C strings that live as long as the call.
    private static func withCStrings<Result>(
        _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = unsafe strings.map { unsafe strdup($0) } + [nil]
        defer { for index in strings.indices { unsafe free(pointers[index]) } }
        return unsafe body(&pointers)
    }
}
