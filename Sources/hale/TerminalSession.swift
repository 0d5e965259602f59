import Foundation
import HaleOutput
import PrivateServer
import Synchronization
import UnixSignals

/// A terminal whose whole window and every key belong to this program for a while, and that is given back whatever
/// happens.
final class TerminalSession: Sendable {
    /// What happened at the terminal.
    enum Event: Sendable {
        case bytes([UInt8])
        /// Nothing was typed for a moment.
        case pause
        /// The window has another size.
        case resized
        /// The terminal is gone.
        case gone
    }

    /// What happens, in order.
    let events: AsyncStream<Event>

    private static let input: Int32 = 0
    private static let output: Int32 = 1
    /// How long an escape waits for the rest of its sequence.
    private static let pauseMilliseconds: Int32 = 50
    private static let interrupt: UInt8 = 3

    private let mode: Mutex<TerminalMode?>
    private let sink: AsyncStream<Event>.Continuation
    private let isBusy = Atomic(false)

    /// Whether a program can take a whole window: there is a terminal at both ends that can move its cursor.
    static var isPossible: Bool {
        OperatingSystem.isTerminal(input) && OperatingSystem.isTerminal(output)
            && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// The size of the window; a terminal that does not say has the usual one.
    static var size: ScreenSize {
        let window = OperatingSystem.windowSize(output)
        return ScreenSize(columns: window?.columns ?? 80, rows: window?.rows ?? 24)
    }

    /// Takes the terminal, and watches for signals that end the program or change the window.
    init() async throws {
        (events, sink) = AsyncStream.makeStream(of: Event.self)
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm, .sighup, .sigwinch)
        mode = Mutex(try OperatingSystem.takeKeys(of: Self.input))
        try? OperatingSystem.write(ScreenFrame.opening, to: Self.output, endingAtBrokenPipe: false)
        Task.detached { [self] in
            for await signal in signals {
                if signal == .sigwinch { sink.yield(.resized) } else { end(by: signal) }
            }
        }
        let keys = Thread { [self] in readKeys() }
        keys.start()
    }

    /// Draws over the whole window.
    func draw(_ frame: ScreenFrame) throws {
        try OperatingSystem.write(
            frame.drawing(Style(Console.capabilities)), to: Self.output, endingAtBrokenPipe: false)
    }

    /// Runs work during which control and C end the program at once, as nobody reads keys.
    func working<Value>(_ body: () async throws -> Value) async rethrows -> Value {
        isBusy.store(true, ordering: .releasing)
        defer { isBusy.store(false, ordering: .releasing) }
        return try await body()
    }

    /// Gives the terminal back; again, it does nothing.
    func close() {
        giveBack()
        sink.finish()
    }

    private func giveBack() {
        mode.withLock { held in
            guard let before = held else { return }
            held = nil
            try? OperatingSystem.write(ScreenFrame.closing, to: Self.output, endingAtBrokenPipe: false)
            OperatingSystem.giveKeys(of: Self.input, back: before)
        }
    }

    private var isOpen: Bool { mode.withLock { $0 != nil } }

    /// Ends the program as a signal does, with the terminal given back; what the database was doing it takes back.
    private func end(by signal: UnixSignal) -> Never {
        // The events go on: whoever waits for them must not end the program as if all were well before this does.
        giveBack()
        exit(128 + signal.number)
    }

    /// Reads keys until the terminal is given back; it waits on a thread of its own.
    private func readKeys() {
        var wasTyping = false
        while isOpen {
            switch OperatingSystem.input(of: Self.input, waitingMilliseconds: Self.pauseMilliseconds) {
            case .bytes(let bytes):
                if isBusy.load(ordering: .acquiring), bytes.contains(Self.interrupt) { end(by: .sigint) }
                sink.yield(.bytes(bytes))
                wasTyping = true
            case .nothing:
                if wasTyping { sink.yield(.pause) }
                wasTyping = false
            case .end:
                sink.yield(.gone)
                return
            }
        }
    }
}

extension UnixSignal {
    /// The number that the signal has everywhere.
    fileprivate var number: Int32 {
        switch self {
        case .sighup: SIGHUP
        case .sigterm: SIGTERM
        default: SIGINT
        }
    }
}
