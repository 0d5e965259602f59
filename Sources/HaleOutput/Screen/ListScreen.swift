/// A list that is worked through with single keys: what it shows, and what a key makes of it. It knows no terminal.
package struct ListScreen: Sendable, Equatable {
    /// One thing of the list.
    package struct Item: Sendable, Equatable, Identifiable {
        package let id: Int64
        /// The heading that it stands under.
        package let group: String
        /// Its first line, at the left.
        package let lead: String
        /// The same, at the right.
        package let trail: String
        /// The colour of the first line.
        package let tone: Tone?
        /// Its second line.
        package let text: String
        /// What is shown of it when it is opened.
        package let details: [String]

        package init(
            id: Int64, group: String, lead: String, trail: String, tone: Tone?, text: String, details: [String]
        ) {
            self.id = id
            self.group = group
            self.lead = lead
            self.trail = trail
            self.tone = tone
            self.text = text
            self.details = details
        }
    }

    /// Something that is asked before a command is run.
    package enum Question: Sendable, Equatable {
        /// One of these, each by its key.
        case choice(String, [Choice])
        /// A text, which may be required.
        case text(String, isRequired: Bool)
    }

    /// One answer of a choice.
    package struct Choice: Sendable, Equatable {
        package let key: Character
        /// The answer in words.
        package let name: String
        /// The answer as a command takes it.
        package let value: String

        package init(_ key: Character, _ name: String, value: String) {
            self.key = key
            self.name = name
            self.value = value
        }
    }

    /// What a key does.
    package struct Command: Sendable, Equatable {
        package let key: Character
        /// What it does, in a word.
        package let name: String
        /// The same in a sentence.
        package let meaning: String
        package let questions: [Question]
        /// Whether it is about the item that is chosen.
        package let isAboutItem: Bool

        package init(
            _ key: Character, _ name: String, meaning: String, questions: [Question] = [], isAboutItem: Bool = true
        ) {
            self.key = key
            self.name = name
            self.meaning = meaning
            self.questions = questions
            self.isAboutItem = isAboutItem
        }
    }

    /// What is to be done after a key.
    package enum Request: Sendable, Equatable {
        case run(command: Character, item: Int64?, answers: [String])
        case quit
    }

    /// A command whose questions are being answered.
    struct Asking: Sendable, Equatable {
        let command: Command
        var answers: [String] = []
        /// What was typed so far.
        var text = ""

        var question: Question { command.questions[answers.count] }
    }

    /// What the whole window shows.
    enum Page: Sendable, Equatable {
        case list
        /// The chosen item, from one of its lines on.
        case item(from: Int)
        case help
    }

    private(set) var title: String
    private(set) var items: [Item]
    let commands: [Command]
    /// The item that is chosen; 0 in an empty list.
    private(set) var chosen = 0
    private(set) var page = Page.list
    private(set) var asking: Asking?
    /// What the last command came to; the next key takes it away.
    private(set) var message: String?
    package private(set) var size: ScreenSize

    package init(title: String, items: [Item], commands: [Command], size: ScreenSize) {
        self.title = title
        self.items = items
        self.commands = commands
        self.size = size
    }

    /// The item that is chosen.
    package var item: Item? { items.indices.contains(chosen) ? items[chosen] : nil }

    /// Lays the list out for another window.
    package mutating func resize(to size: ScreenSize) {
        self.size = size
        scroll(by: 0)
    }

    /// Shows the list as it is after a command, with what that came to. The item that was chosen stays so; where it is
    /// gone, its place does.
    package mutating func show(title: String, items: [Item], message: String?) {
        let id = item?.id
        self.title = title
        self.items = items
        self.message = message
        if let index = items.firstIndex(where: { $0.id == id }) {
            chosen = index
        } else {
            page = .list
            chosen = min(chosen, max(0, items.count - 1))
        }
    }

    /// Says what a command came to.
    package mutating func say(_ message: String) { self.message = message }

    /// What a key makes of the screen, and what it asks for.
    package mutating func press(_ key: ScreenKey) -> Request? {
        if key == .interrupt { return .quit }
        message = nil
        if asking != nil { return answer(key) }
        switch page {
        case .help:
            page = .list
            return nil
        case .list, .item: break
        }
        switch key {
        case .up, .character("k"): move(by: -1)
        case .down, .character("j"): move(by: 1)
        case .pageUp: move(by: -size.bodyRows / ListScreen.rowsPerItem)
        case .pageDown, .character(" "): move(by: size.bodyRows / ListScreen.rowsPerItem)
        case .home, .character("g"): move(by: -Int.max / 2)
        case .end, .character("G"): move(by: Int.max / 2)
        case .enter: if item != nil { page = page == .list ? .item(from: 0) : .list }
        case .escape: page = .list
        case .character("?"): page = .help
        case .character("q"):
            guard page == .list else {
                page = .list
                return nil
            }
            return .quit
        case .character(let letter): return begin(letter)
        default: break
        }
        return nil
    }

    /// Rows that an item of the list fills.
    static let rowsPerItem = 2

    private mutating func move(by count: Int) {
        if case .item = page {
            scroll(by: count)
        } else {
            chosen = min(max(0, chosen + count), max(0, items.count - 1))
        }
    }

    private mutating func scroll(by count: Int) {
        guard case .item(let from) = page else { return }
        let last = max(0, detailLines.count - size.bodyRows)
        page = .item(from: min(max(0, from + count), last))
    }

    /// Begins a command: asks its first question, or runs it at once.
    private mutating func begin(_ letter: Character) -> Request? {
        guard let command = commands.first(where: { $0.key == letter }) else {
            message = "\(letter) does nothing here: ? shows the keys"
            return nil
        }
        guard !command.isAboutItem || item != nil else {
            message = "\(command.name): the list is empty"
            return nil
        }
        asking = Asking(command: command)
        return finishIfAnswered()
    }

    private mutating func answer(_ key: ScreenKey) -> Request? {
        guard var asked = asking else { return nil }
        if key == .escape {
            asking = nil
            message = "nothing is changed"
            return nil
        }
        switch asked.question {
        case .choice(_, let choices):
            guard case .character(let letter) = key, let choice = choices.first(where: { $0.key == letter })
            else { return nil }
            asked.answers.append(choice.value)
        case .text(_, let isRequired):
            switch key {
            case .enter:
                let text = asked.text.trimmed
                guard !isRequired || !text.isEmpty else { return nil }
                asked.answers.append(text)
                asked.text = ""
            case .backspace: _ = asked.text.popLast()
            case .clearLine: asked.text = ""
            case .character(let letter) where asked.text.utf8.count < Self.longestAnswer: asked.text.append(letter)
            default: return nil
            }
        }
        asking = asked
        return finishIfAnswered()
    }

    /// Bytes of the longest text that can be typed.
    private static let longestAnswer = 2_000

    private mutating func finishIfAnswered() -> Request? {
        guard let asked = asking, asked.answers.count == asked.command.questions.count else { return nil }
        asking = nil
        return .run(
            command: asked.command.key, item: asked.command.isAboutItem ? item?.id : nil, answers: asked.answers)
    }
}

extension String {
    /// Without spaces at either end.
    fileprivate var trimmed: String {
        String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
    }
}
