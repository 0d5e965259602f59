import Foundation
import HaleTestSupport
import Testing

/// A run of the program in a pseudo-terminal, whose window pyte from PyPI draws.
enum PseudoTerminal {
    /// Something done at the terminal.
    enum Step {
        /// Keys are typed.
        case type(String)
        /// The window is looked at until it shows a text.
        case see(String)
        /// The window is looked at until it does not show a text.
        case miss(String)
        /// The window is looked at until its last line shows a text.
        case foot(String)
        /// What the window shows is kept.
        case keep
        case resize(columns: Int, rows: Int)
        case signal(String)
        /// A line of shell runs beside the program.
        case shell(String)

        fileprivate var json: [Any] {
            switch self {
            case .type(let keys): ["type", keys]
            case .see(let text): ["see", text]
            case .miss(let text): ["miss", text]
            case .foot(let text): ["foot", text]
            case .keep: ["keep"]
            case .resize(let columns, let rows): ["resize", columns, rows]
            case .signal(let name): ["signal", name]
            case .shell(let line): ["shell", line]
            }
        }
    }

    /// How a run went.
    struct Outcome: Decodable {
        /// The exit status; a signal's number, negative, where it ended the program.
        let status: Int
        /// What the window showed when it was to be kept, line by line.
        let kept: [[String]]
        /// What it shows at the end.
        let last: [String]
        /// What was waited for in vain.
        let missed: String?
        /// Whether the terminal treats keys as before.
        let isGivenBack: Bool
        /// Whether the cursor is seen at the end.
        let hasCursor: Bool
        /// Everything that was written, without what the window makes of it.
        let written: String

        /// The end of the window that says something.
        var lastLines: [String] { last.filter { !$0.isEmpty } }
    }

    /// Whether Python has what it takes.
    static func isPossible() async -> Bool { await PythonPeer.has("pyte") }

    /// Runs the program with arguments in a window, step by step, until it ends.
    static func run(
        _ arguments: [String], as user: CommandLineUser, columns: Int = 80, rows: Int = 24,
        variables: [String: String] = [:], _ steps: [Step]
    ) async throws -> Outcome {
        let plan: [String: Any] = [
            "arguments": arguments, "columns": columns, "rows": rows, "steps": steps.map(\.json),
        ]
        let name = "terminal-\(UUID().uuidString)"
        try user.write(script, to: "\(name).py")
        try user.write(
            String(decoding: try JSONSerialization.data(withJSONObject: plan), as: UTF8.self), to: "\(name).json")
        let environment = ["PYTHON": PythonPeer.python, "TERM": "xterm-256color", "LANG": "C.UTF-8"]
        let run = try await user.shell(
            "exec \"$PYTHON\" \(name).py \(name).json", variables: environment.merging(variables) { $1 })
        try #require(run.status == 0, "\(run.everything)")
        return try JSONDecoder().decode(Outcome.self, from: Data(run.output.utf8))
    }

    private static let script = """
        import fcntl, json, os, pty, select, signal, struct, subprocess, sys, termios, time
        import pyte

        plan = json.load(open(sys.argv[1]))
        screen = pyte.Screen(plan["columns"], plan["rows"])
        stream = pyte.ByteStream(screen)
        master, slave = pty.openpty()

        def window(columns, rows):
            fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

        window(plan["columns"], plan["rows"])
        before = termios.tcgetattr(slave)
        written = b""

        def begin():
            os.setsid()
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)

        program = subprocess.Popen(
            [os.environ["HALE"]] + plan["arguments"], stdin=slave, stdout=slave, stderr=slave, preexec_fn=begin,
            close_fds=True)

        def read(seconds):
            global written
            ready, _, _ = select.select([master], [], [], seconds)
            if ready:
                data = os.read(master, 65536)
                written += data
                stream.feed(data)
            return bool(ready)

        def holds(what, text):
            if what == "foot":
                return text in screen.display[-1]
            return (text in "\\n".join(screen.display)) == (what == "see")

        kept, missed = [], None
        for step in plan["steps"]:
            what = step[0]
            if what == "type":
                os.write(master, step[1].encode())
            elif what in ("see", "miss", "foot"):
                end = time.monotonic() + 40
                while not holds(what, step[1]) and program.poll() is None and time.monotonic() < end:
                    read(0.05)
                while read(0):
                    pass
                if not holds(what, step[1]):
                    missed = what + " " + step[1]
                    break
            elif what == "keep":
                kept.append([line.rstrip() for line in screen.display])
            elif what == "resize":
                screen.resize(step[2], step[1])
                window(step[1], step[2])
                os.kill(program.pid, signal.SIGWINCH)
            elif what == "signal":
                os.kill(program.pid, getattr(signal, "SIG" + step[1]))
            elif what == "shell":
                subprocess.run(["/bin/sh", "-c", step[1]], check=True, stdout=subprocess.DEVNULL)

        end = time.monotonic() + 20
        while program.poll() is None and time.monotonic() < end:
            read(0.05)
        if program.poll() is None:
            missed = missed or "the end"
            program.kill()
            program.wait()
        while read(0):
            pass
        print(json.dumps({
            "status": program.returncode, "kept": kept, "last": [line.rstrip() for line in screen.display],
            "missed": missed, "isGivenBack": termios.tcgetattr(slave) == before,
            "hasCursor": not screen.cursor.hidden, "written": written.decode("utf-8", "replace"),
        }))
        """
}
