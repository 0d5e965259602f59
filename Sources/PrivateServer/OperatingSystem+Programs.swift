import Glibc
import SystemPackage

// Programs that are run to their end. The package swift-subprocess does so for asynchronous callers only, and throws
// where an output is longer than its limit; here its beginning is kept.
extension OperatingSystem {
    /// Runs a program to its end and returns how it ended and what it wrote. It gets no descriptor of this process.
    package static func run(_ call: ProgramCall) throws(ServerError) -> ProgramResult {
        let started = try startWithPipes(call)
        defer { close(started.reading) }
        return try collect(call, started.processID, from: started.reading)
    }

    private static func startWithPipes(
        _ call: ProgramCall
    ) throws(ServerError) -> (processID: Int32, reading: [FileDescriptor]) {
        var reading: [FileDescriptor] = []
        var writing: [FileDescriptor] = []
        defer { close(writing) }
        do throws(ServerError) {
            for _ in 0...1 {
                let ends = try attempt("pipe", call.program) { try FileDescriptor.pipe(options: .closeOnExec) }
                reading.append(ends.readEnd)
                writing.append(ends.writeEnd)
            }
            return (try start(call, output: writing[0], errors: writing[1]), reading)
        } catch {
            close(reading)
            throw error
        }
    }

    private static func close(_ descriptors: [FileDescriptor]) {
        for descriptor in descriptors { try? descriptor.close() }
    }

    /// Reads both outputs until they end, or until the program has ended while something it left behind holds them
    /// open.
    private static func collect(
        _ call: ProgramCall, _ processID: Int32, from descriptors: [FileDescriptor]
    ) throws(ServerError) -> ProgramResult {
        let deadline = ContinuousClock.now + .seconds(call.limitSeconds)
        var kept: [[UInt8]] = [[], []]
        var isOpen = [true, true]
        var chunk = [UInt8](repeating: 0, count: 16_384)
        var status: Int32 = 0
        while true {
            var polled = (0...1).map {
                pollfd(fd: isOpen[$0] ? descriptors[$0].rawValue : -1, events: Int16(POLLIN), revents: 0)
            }
            let ready = unsafe poll(&polled, 2, isOpen.contains(true) ? 50 : 1)
            for index in 0...1 where ready > 0 && polled[index].revents != 0 {
                let count = try? unsafe chunk.withUnsafeMutableBytes { buffer in
                    try unsafe descriptors[index].read(into: buffer)
                }
                kept[index] += chunk.prefix(min(count ?? 0, call.outputLimitBytes - kept[index].count))
                isOpen[index] = (count ?? 0) > 0
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

    static func ending(_ status: Int32) -> ProgramResult.Ending {
        let signal = status & 0x7f
        return signal == 0 ? .exited(status: (status >> 8) & 0xff) : .signalled(signal: signal)
    }
}
