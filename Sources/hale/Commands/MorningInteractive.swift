import HaleDocuments
import HaleDomain
import HaleFiles
import HaleOutput
import HaleService
import HaleStore
import PrivateServer

/// `hale morning -i`: the morning list, worked through with single keys.
struct MorningInteractive {
    /// Why it is not begun.
    enum Refusal: CodedError, Equatable {
        /// A window in which nothing could be read.
        case smallWindow(ScreenSize)
        /// A past day, whose tasks are not those of today.
        case pastDay

        var code: String {
            switch self {
            case .smallWindow: "HALE-CLI-044"
            case .pastDay: "HALE-CLI-045"
            }
        }

        var message: String {
            switch self {
            case .smallWindow(let size):
                "the window has \(size.columns) columns and \(size.rows) lines, and -i needs "
                    + "\(ScreenSize.smallest.columns) and \(ScreenSize.smallest.rows): widen it, or leave -i out"
            case .pastDay: "-i acts on the tasks of now: leave --date out"
            }
        }
    }

    private let database: Database
    private let desk: TaskDesk
    private let day: Day
    private let today: Day
    /// Whose list it is; nil for everybody's.
    private let csm: String?
    /// Who acts; nil where nobody says, and then nothing can be changed.
    private let person: String?

    /// The list of a CSM, whom the settings name where nobody else does.
    init(_ database: Database, csm asked: String?) async throws {
        self.database = database
        let (day, today, csm) = try await database.withConnection { connection in
            guard let newest = try await ScoreCalendar(connection).newest() else { throw CommandError.nothingScored }
            return (
                newest, try await AccountStore(connection).today(),
                try await AccountFilter.narrowing(csm: asked, on: connection).csm
            )
        }
        self.day = day
        self.today = today
        self.csm = csm
        person = try Author.optional(nil) ?? csm
        desk = TaskDesk(database) { try await .inForce(database) }
    }

    /// Shows the list until somebody ends it. The terminal is given back before anything else is said.
    func run() async throws {
        guard TerminalSession.size.isEnough else { throw Refusal.smallWindow(TerminalSession.size) }
        let first = try await list()
        var screen = ListScreen(
            title: first.title, items: first.items, commands: MorningScreen.commands, size: TerminalSession.size)
        let terminal = try await TerminalSession()
        defer { terminal.close() }
        var keys = KeyReader()
        var changed: [Int64] = []
        try terminal.draw(screen.frame)
        for await event in terminal.events {
            let pressed: [ScreenKey]
            switch event {
            case .gone: return
            case .bytes(let bytes): pressed = keys.keys(bytes)
            case .pause: pressed = keys.end()
            case .resized:
                screen.resize(to: TerminalSession.size)
                pressed = []
            }
            for key in pressed {
                guard let request = screen.press(key) else { continue }
                guard case .run(let command, let item, let answers) = request else { return }
                try await terminal.working {
                    try await run(command, item, answers, on: &screen, changed: &changed)
                }
            }
            try terminal.draw(screen.frame)
        }
    }

    private func list() async throws -> MorningScreen {
        MorningScreen(day: day, mornings: CSMMorning.byCSM(try await desk.tasks(asOf: day, csm: csm)))
    }

    /// Runs a command and shows what came of it. What is refused is said in the list; a lost database ends it.
    private func run(
        _ command: Character, _ item: Int64?, _ answers: [String], on screen: inout ListScreen,
        changed: inout [Int64]
    ) async throws {
        let message: String
        do {
            message = try await act(command, item, answers, changed: &changed)
        } catch let refusal as any CodedError where refusal is TaskActions.Refusal || refusal is CommandError {
            message = refusal.message
        } catch let refusal as Complaint {
            message = refusal.text
        }
        let now = try await list()
        screen.show(title: now.title, items: now.items, message: message)
    }

    /// What a person is told of an answer.
    private struct Complaint: Error {
        let text: String
    }

    private func act(
        _ command: Character, _ item: Int64?, _ answers: [String], changed: inout [Int64]
    ) async throws -> String {
        guard let person else {
            throw Complaint(text: "nobody is known to act: begin with --csm YOUR-EMAIL, or set HALE_CSM")
        }
        let actions = TaskActions(database)
        guard let number = item else {
            guard let last = changed.last else { throw Complaint(text: "nothing was changed here yet") }
            _ = try await actions.reopen(.init(numbers: [last]), by: person)
            changed.removeLast()
            return "task \(last) is as it was before"
        }
        let target = TaskActions.Target(numbers: [number])
        let done: String
        switch command {
        case "d":
            _ = try await actions.done(
                target, outcome: TaskOutcome(rawValue: answers[0]), note: answers[1].isEmpty ? nil : answers[1],
                by: person)
            done = "done, \(answers[0])"
        case "s":
            let until = try until(answers[0])
            _ = try await actions.snooze(target, until: until, reason: answers[1], by: person)
            done = "snoozed until \(until)"
        case "a":
            let email = try await database.withConnection { try await LookUp.csm(answers[0], on: $0) }
            _ = try await actions.assign(target, to: email, note: nil, by: person)
            done = "assigned to \(email)"
        default:
            return try await note(answers[0], onTask: number, by: person)
        }
        changed.append(number)
        return "task \(number): \(done); u takes it back"
    }

    private func note(_ text: String, onTask number: Int64, by person: String) async throws -> String {
        let task = try await database.withConnection {
            try await TaskListing($0).tasks(asOf: day, TaskListing.Selection(numbers: [number])).first
        }
        guard let task else { throw TaskActions.Refusal.unknownTask(number) }
        _ = try await Judgements(database).note(text, of: task.accountID, by: person, on: nil)
        return "\(task.accountName): the note is kept"
    }

    /// A day as somebody types it: a date, or days from today.
    private func until(_ text: String) throws -> Day {
        if let match = text.wholeMatch(of: /(\d{1,3}) ?d/), let days = Int(match.output.1) { return today + days }
        guard let day = Day(argument: text) else {
            throw Complaint(text: "\"\(text)\" is no day: write 2026-12-24, or 7d for a week from today")
        }
        return day
    }
}
