import Glibc
import SystemPackage

/// What a terminal does with keys, kept to be given back.
package struct TerminalMode: Sendable {
    fileprivate let attributes: termios
}

/// What came from a terminal.
package enum TerminalInput: Sendable, Equatable {
    case bytes([UInt8])
    /// Nothing came in the time that was waited.
    case nothing
    /// Nothing will come any more.
    case end
}

// A terminal of which a program takes the keys one by one.
extension OperatingSystem {
    /// Columns and rows of the window behind a descriptor; nil where it is none or does not say.
    package static func windowSize(_ descriptor: Int32) -> (columns: Int, rows: Int)? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0
        else { return nil }
        return (Int(size.ws_col), Int(size.ws_row))
    }

    /// From now on every key arrives at once, none is echoed, and none sends a signal; returns how it was.
    package static func takeKeys(of descriptor: Int32) throws(ServerError) -> TerminalMode {
        var attributes = termios()
        guard unsafe tcgetattr(descriptor, &attributes) == 0 else { throw failure("tcgetattr", "the terminal") }
        let before = TerminalMode(attributes: attributes)
        unsafe cfmakeraw(&attributes)
        guard unsafe tcsetattr(descriptor, TCSANOW, &attributes) == 0 else {
            throw failure("tcsetattr", "the terminal")
        }
        return before
    }

    /// Gives a terminal back as it was; what was typed and not read is dropped.
    package static func giveKeys(of descriptor: Int32, back mode: TerminalMode) {
        var attributes = mode.attributes
        _ = unsafe tcsetattr(descriptor, TCSAFLUSH, &attributes)
    }

    /// What a terminal sends, waiting for it a while.
    package static func input(of descriptor: Int32, waitingMilliseconds: Int32) -> TerminalInput {
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        let ready = unsafe poll(&waiting, 1, waitingMilliseconds)
        if ready == 0 || ready < 0 && errno == EINTR { return .nothing }
        guard ready > 0 else { return .end }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe Glibc.read(descriptor, $0.baseAddress, $0.count) }
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return .nothing }
        return count > 0 ? .bytes(Array(bytes.prefix(count))) : .end
    }
}
