import Foundation
import HaleDomain
import HaleOutput
import HaleStore
import PrivateServer
import Synchronization

/// Where the command line writes: data to standard output, everything else to standard error.
enum Console {
    /// What standard output is.
    static var capabilities: TerminalCapabilities {
        TerminalCapabilities.resolve(
            environment: ProcessInfo.processInfo.environment,
            isTerminal: OperatingSystem.isTerminal(1),
            windowColumns: OperatingSystem.terminalColumns(1))
    }

    /// The program as the user called it, so that a command that is named can be typed as it stands.
    static var program: String { CommandLine.arguments.first ?? "hale" }

    /// Whether progress may be drawn.
    static var showsProgress: Bool { OperatingSystem.isTerminal(2) }

    /// Whether anything went to standard output: what follows would not be one JSON value with it.
    static var hasPrinted: Bool { printed.load(ordering: .relaxed) }

    private static let printed = Atomic(false)

    static func show(_ document: Document, _ format: OutputFormat) {
        printOut(DocumentRenderer(capabilities).render(document, format))
    }

    /// A document as text, laid out for where standard output goes.
    static func text(_ document: Document, _ format: OutputFormat) -> String {
        DocumentRenderer(capabilities).render(document, format)
    }

    /// Asks at the terminal; the answer is typed behind it.
    static func prompt(_ text: String) {
        try? OperatingSystem.write(text, to: 2)
    }

    /// Shows what came of work that is done: that nobody reads it does not undo it.
    static func showDone(_ document: Document, _ format: OutputFormat) {
        printDone(DocumentRenderer(capabilities).render(document, format))
    }

    /// The same with a text.
    static func printDone(_ text: String) {
        printed.store(true, ordering: .relaxed)
        do {
            try OperatingSystem.write(ended(text), to: 1, endingAtBrokenPipe: false)
        } catch {
            printError("hale: done, but standard output cannot be written: \(reason(of: error))")
        }
    }

    static func printOut(_ text: String) {
        printed.store(true, ordering: .relaxed)
        do {
            try OperatingSystem.write(ended(text), to: 1)
        } catch {
            printError("hale: standard output cannot be written: \(reason(of: error))")
            exit(ExitStatus.failed.rawValue)
        }
    }

    /// What the system says alone: where output goes is no matter of the private server.
    private static func reason(of error: any Error) -> String {
        guard case ServerError.systemCallFailed(_, _, let reason) = error else { return "\(error)" }
        return reason
    }

    /// Where even this cannot be written, nobody can be told; work goes on, for a reader of words may go before its end.
    static func printError(_ text: String) {
        try? OperatingSystem.write(ended(text), to: 2, endingAtBrokenPipe: false)
    }

    /// With a line end; "\r\n" is one character, so the last byte is asked.
    private static func ended(_ text: String) -> String { text.utf8.last == 10 ? text : text + "\n" }

    /// Draws over the last progress line.
    static func drawProgress(_ text: String) {
        try? OperatingSystem.write(text, to: 2, endingAtBrokenPipe: false)
    }

    /// Takes the progress line away.
    static func endProgress() {
        guard showsProgress else { return }
        drawProgress("\r\u{1B}[K")
    }

    /// Says whom the command waits for; what is drawn comes again with the next step.
    static func tellOfLock(_ holder: LockHolder) {
        endProgress()
        printError("hale: \(holder)")
    }

    static func fail(_ lines: [String], _ status: ExitStatus) -> Never {
        endProgress()
        for line in lines { printError("hale: \(line)") }
        exit(status.rawValue)
    }
}
