import FoundationEssentials
import Glibc
import Synchronization

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

    /// Runs a program to its end and returns how it ended and what it wrote. It gets no descriptor of this process.
    package static func run(_ call: ProgramCall) throws(ServerError) -> ProgramResult {
        let started = try spawning.withLock { (_) throws(ServerError) in try startWithPipes(call) }
        defer { for descriptor in started.reading { _ = close(descriptor) } }
        return try collect(call, started.processID, from: started.reading)
    }

    /// Held while pipes are made and a program starts, so that no other program inherits them.
    private static let spawning = Mutex(())

    /// Starts a program that outlives this process, in a session of its own, so that no key pressed at this terminal reaches
    /// it. Both its outputs go to a new file, which belongs to `owner`.
    static func startServer(
        _ call: ProgramCall, output path: String, owner: SystemUser
    ) throws(ServerError) -> Int32 {
        collectEnded()
        try deleteFile(path)
        let processID = try spawning.withLock { (_) throws(ServerError) in
            let log = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard log >= 0 else { throw failure("open", path) }
            defer { _ = close(log) }
            guard fchown(log, owner.userID, owner.groupID) == 0 else { throw failure("chown", path) }
            return try start(call, output: log, errors: log, inOwnSession: true)
        }
        servers.withLock { $0[processID] = .some(nil) }
        return processID
    }

    /// How a program of `startServer` ended; nil while it runs.
    static func ending(ofServer processID: Int32) -> ProgramResult.Ending? {
        collectEnded()
        return servers.withLock { $0[processID] ?? nil }
    }

    /// The programs of `startServer`, and how those ended that have ended.
    private static let servers = Mutex<[Int32: ProgramResult.Ending?]>([:])

    /// Takes note of the servers that have ended, so that the system can forget their processes.
    static func collectEnded() {
        servers.withLock { servers in
            for processID in servers.keys where servers[processID] == .some(nil) {
                var status: Int32 = 0
                guard unsafe waitpid(processID, &status, WNOHANG) == processID else { continue }
                servers[processID] = ending(status)
            }
        }
    }

    private static func startWithPipes(_ call: ProgramCall) throws(ServerError) -> (processID: Int32, reading: [Int32])
    {
        var ends: [Int32] = [-1, -1, -1, -1]
        let made = unsafe ends.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { return false }
            return unsafe pipe(base) == 0 && pipe(base + 2) == 0
        }
        defer { for descriptor in [ends[1], ends[3]] where descriptor >= 0 { _ = close(descriptor) } }
        do throws(ServerError) {
            guard made else { throw failure("pipe", call.program) }
            for descriptor in ends { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
            return (try start(call, output: ends[1], errors: ends[3]), [ends[0], ends[2]])
        } catch {
            for descriptor in [ends[0], ends[2]] where descriptor >= 0 { _ = close(descriptor) }
            throw error
        }
    }

    /// The flag of `posix_spawn` for a session of its own, which the system's headers show to GNU programs only.
    private static let ownSession: Int32 = 0x80

    private static func start(
        _ call: ProgramCall, output: Int32, errors: Int32, inOwnSession: Bool = false
    ) throws(ServerError) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        var handled = sigset_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        for descriptor in openDescriptors() { unsafe posix_spawn_file_actions_addclose(&actions, descriptor) }
        unsafe sigemptyset(&handled)
        unsafe posix_spawnattr_setsigmask(&attributes, &handled)
        unsafe sigaddset(&handled, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &handled)
        let flags = Int32(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | (inOwnSession ? ownSession : 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))

        var processID: Int32 = 0
        let code = unsafe withCStrings([call.program] + call.arguments) { argumentPointers in
            switch call.environment {
            case .only(let variables):
                unsafe withCStrings(variables.map { "\($0)=\($1)" }) { environmentPointers in
                    unsafe posix_spawn(
                        &processID, call.program, &actions, &attributes, argumentPointers, environmentPointers)
                }
            case .inherited(let additions):
                unsafe withCStrings(inheritedEnvironment(adding: additions)) { environmentPointers in
                    unsafe posix_spawn(
                        &processID, call.program, &actions, &attributes, argumentPointers, environmentPointers)
                }
            }
        }
        guard code == 0 else {
            throw .systemCallFailed(call: "posix_spawn", subject: call.program, reason: message(code))
        }
        return processID
    }

    private static func inheritedEnvironment(adding additions: [String: String]) -> [String] {
        var entries: [String] = []
        var cursor = unsafe environ
        while let entry = unsafe cursor.pointee {
            let text = unsafe String(cString: entry)
            if additions[String(text.prefix { $0 != "=" })] == nil { entries.append(text) }
            unsafe cursor += 1
        }
        return entries + additions.map { "\($0)=\($1)" }
    }

    /// Reads both outputs until they end, or until the program has ended while something it left behind holds them
    /// open.
    private static func collect(
        _ call: ProgramCall, _ processID: Int32, from descriptors: [Int32]
    ) throws(ServerError) -> ProgramResult {
        let deadline = ContinuousClock.now + .seconds(call.limitSeconds)
        var kept: [[UInt8]] = [[], []]
        var isOpen = [true, true]
        var chunk = [UInt8](repeating: 0, count: 16_384)
        var status: Int32 = 0
        while true {
            var polled = (0...1).map {
                pollfd(fd: isOpen[$0] ? descriptors[$0] : -1, events: Int16(POLLIN), revents: 0)
            }
            let ready = unsafe poll(&polled, 2, isOpen.contains(true) ? 50 : 1)
            for index in 0...1 where ready > 0 && polled[index].revents != 0 {
                let count = unsafe read(descriptors[index], &chunk, chunk.count)
                if count > 0 {
                    kept[index] += chunk.prefix(min(count, call.outputLimitBytes - kept[index].count))
                } else if count == 0 || errno != EINTR {
                    isOpen[index] = false
                }
            }
            // Only when nothing was left to read, so that no output is lost.
            if ready <= 0 || !isOpen.contains(true) {
                let ended = unsafe waitpid(processID, &status, WNOHANG)
                if ended == processID { break }
                if ended < 0 && errno != EINTR { throw failure("waitpid", call.program) }
            }
            if ContinuousClock.now > deadline {
                _ = kill(processID, SIGKILL)
                _ = unsafe waitpid(processID, &status, 0)
                throw .programTimedOut(program: call.program, limitSeconds: call.limitSeconds)
            }
        }
        return ProgramResult(
            ending: ending(status), output: String(decoding: kept[0], as: UTF8.self),
            errorOutput: String(decoding: kept[1], as: UTF8.self))
    }

    private static func ending(_ status: Int32) -> ProgramResult.Ending {
        let signal = status & 0x7f
        return signal == 0 ? .exited(status: (status >> 8) & 0xff) : .signalled(signal: signal)
    }

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
