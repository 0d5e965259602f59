import Glibc
import SystemPackage

// Standard input (0), output (1) and error (2), and the terminal that may be behind them.
extension OperatingSystem {
    /// Whether a descriptor is a terminal.
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

    /// Takes the places of standard input, output and error where whoever started the program closed them. Else the next
    /// file or connection that is opened gets such a place, and what is printed goes into it. Reading and writing there
    /// fails as on a closed one.
    package static func occupyStandardDescriptors() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The lowest free number is taken, which is this one; it stays open as long as the process lives.
            let mode: FileDescriptor.AccessMode = descriptor == 0 ? .writeOnly : .readOnly
            _ = try? FileDescriptor.open(FilePath("/dev/null"), mode, options: .closeOnExec)
        }
    }

    /// Writes text to a descriptor; ends the process quietly, with status 0, when the reader has gone.
    package static func write(
        _ text: String, to descriptor: Int32, endingAtBrokenPipe ends: Bool = true
    ) throws(ServerError) {
        try attempt("write", "descriptor \(descriptor)") {
            do {
                try FileDescriptor(rawValue: descriptor).writeAll(text.utf8)
            } catch Errno.brokenPipe {
                if ends { exit(0) }
            }
        }
    }
}
