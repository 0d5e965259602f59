import HaleOutput
import Testing

/// The list that is worked through with single keys, without a terminal.
@Suite struct `A list screen` {
    private static let commands = [
        ListScreen.Command(
            "d", "done", meaning: "say that it is done",
            questions: [
                .choice("outcome", [.init("s", "saved", value: "saved"), .init("l", "lost", value: "lost")]),
                .text("note", isRequired: false),
            ]),
        ListScreen.Command("s", "snooze", meaning: "put off", questions: [.text("until", isRequired: true)]),
        ListScreen.Command("u", "undo", meaning: "take the last change back", isAboutItem: false),
    ]

    private static func items(_ count: Int) -> [ListScreen.Item] {
        (0..<count).map { number in
            ListScreen.Item(
                id: Int64(100 + number), group: number < count / 2 ? "Today" : "Cut from today",
                lead: "Account \(number)", trail: "EUR \(number)", tone: .red, text: "call them, reason \(number)",
                details: ["step one", String(repeating: "long words ", count: 30)])
        }
    }

    private func screen(_ count: Int = 12, columns: Int = 80, rows: Int = 24) -> ListScreen {
        ListScreen(
            title: "Morning", items: Self.items(count), commands: Self.commands,
            size: ScreenSize(columns: columns, rows: rows))
    }

    private func press(_ keys: [ScreenKey], on screen: inout ListScreen) -> [ListScreen.Request] {
        keys.compactMap { screen.press($0) }
    }

    private func typed(_ text: String) -> [ScreenKey] { text.map { .character($0) } }

    @Test func `moves by arrows and letters, and stops at both ends`() {
        var screen = screen()
        #expect(screen.item?.id == 100)
        _ = press([.down, .character("j"), .up], on: &screen)
        #expect(screen.item?.id == 101)
        _ = press(Array(repeating: .up, count: 5), on: &screen)
        #expect(screen.item?.id == 100)
        _ = press([.character("G"), .down], on: &screen)
        #expect(screen.item?.id == 111)
        _ = press([.character("g")], on: &screen)
        #expect(screen.item?.id == 100)
        // A page is the items that fit into 20 lines.
        _ = press([.pageDown], on: &screen)
        #expect(screen.item?.id == 110)
    }

    @Test func `asks a command's questions one by one, and asks for it with the answers`() {
        var screen = screen()
        let requests = press(
            [.down, .character("d"), .character("x"), .character("s")] + typed("call again?x") + [.backspace, .enter],
            on: &screen)
        #expect(requests == [.run(command: "d", item: 101, answers: ["saved", "call again?"])])
        // A note may be empty, a day may not.
        #expect(
            press([.character("d"), .character("l"), .enter], on: &screen)
                == [.run(command: "d", item: 101, answers: ["lost", ""])])
        #expect(press([.character("s"), .enter, .character(" "), .enter], on: &screen).isEmpty)
        #expect(
            press([.clearLine] + typed("2026-12-24 ") + [.enter], on: &screen)
                == [.run(command: "s", item: 101, answers: ["2026-12-24"])])
        #expect(press([.character("u")], on: &screen) == [.run(command: "u", item: nil, answers: [])])
    }

    @Test func `escape takes a question back, q and control-C end`() {
        var screen = screen()
        #expect(press([.character("d"), .character("s"), .character("q"), .escape], on: &screen).isEmpty)
        #expect(screen.frame.plainLines[22] == "nothing is changed")
        #expect(press([.enter, .character("q")], on: &screen).isEmpty)
        #expect(press([.character("?"), .character("q")], on: &screen).isEmpty)
        #expect(press([.character("q")], on: &screen) == [.quit])
        #expect(press([.character("d"), .interrupt], on: &screen) == [.quit])
    }

    @Test func `says what does nothing, and what an empty list has nothing for`() {
        var screen = screen(0)
        #expect(press([.enter, .down, .character("d")], on: &screen).isEmpty)
        #expect(screen.frame.plainLines[22] == "done: the list is empty")
        #expect(screen.frame.plainLines[2] == "nothing to do")
        _ = press([.character("z")], on: &screen)
        #expect(screen.frame.plainLines[22] == "z does nothing here: ? shows the keys")
        #expect(press([.character("u")], on: &screen) == [.run(command: "u", item: nil, answers: [])])
    }

    @Test func `keeps the item that was chosen through a change, else its place`() {
        var screen = screen(4)
        _ = press([.down, .down], on: &screen)
        screen.show(title: "Morning", items: Array(Self.items(4).dropFirst()), message: "done")
        #expect(screen.item?.id == 102)
        #expect(screen.frame.plainLines[22] == "done")
        screen.show(title: "Morning", items: Array(Self.items(4).prefix(2)), message: nil)
        #expect(screen.item?.id == 101)
        screen.show(title: "Morning", items: [], message: nil)
        #expect(screen.item == nil)
    }

    @Test(arguments: [(40, 10), (41, 11), (80, 24), (120, 50), (200, 10)])
    func `fills a window and never more, whatever it shows`(columns: Int, rows: Int) {
        var screen = screen(30, columns: columns, rows: rows)
        let wide = ListScreen.Item(
            id: 7, group: "Wide", lead: String(repeating: "日本", count: 60), trail: "€1,000,000 · in 25 d · 30 min",
            tone: nil,
            text: String(repeating: "👩‍👩‍👧‍👦 ", count: 60), details: [])
        screen.show(title: String(repeating: "Morning ", count: 40), items: [wide] + Self.items(30), message: nil)
        let pages: [[ScreenKey]] = [
            [], [.down], [.character("G")], [.enter], [.down], [.enter], [.character("?")], [.escape],
            [.character("d")],
            [.character("s")], typed(String(repeating: "long note ", count: 30)), [.escape], [.character("s")],
        ]
        for keys in pages {
            _ = press(keys, on: &screen)
            let lines = screen.frame.plainLines
            #expect(lines.count == rows)
            for line in lines { #expect(DisplayWidth.columns(of: line) <= columns, "\(line)") }
            #expect(!screen.frame.drawing(Style(isEnabled: true)).contains("\n\n"))
        }
    }

    @Test func `shows the chosen item wherever it stands, and all of an opened one`() {
        var screen = screen(30, rows: 12)
        for number in 0..<30 {
            let lines = screen.frame.plainLines
            #expect(lines.contains { $0.hasPrefix("▸ Account \(number) ") }, "\(number): \(lines)")
            #expect(lines.contains("    call them, reason \(number)"), "\(number): \(lines)")
            _ = press([.down], on: &screen)
        }
        _ = press([.enter], on: &screen)
        var seen = Set(screen.frame.plainLines)
        for _ in 0..<40 {
            _ = press([.down], on: &screen)
            seen.formUnion(screen.frame.plainLines)
        }
        #expect(seen.contains("step one"))
        #expect(screen.frame.plainLines[9].hasPrefix("long words"))
        _ = press([.character("g")], on: &screen)
        #expect(screen.frame.plainLines[2].hasPrefix("Account 29 · EUR 29"))
    }

    @Test func `says what it needs where the window is too small, and comes back with a larger one`() {
        var screen = screen()
        screen.resize(to: ScreenSize(columns: 20, rows: 24))
        #expect(screen.frame.plainLines == ["a window of 40 colu…"])
        screen.resize(to: ScreenSize(columns: 80, rows: 24))
        #expect(screen.frame.plainLines.count == 24)
        #expect(screen.frame.plainLines[0] == "Morning")
    }
}
