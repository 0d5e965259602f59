import Delimited
import HaleTestSupport
import Testing

/// Spaces and characters that nobody sees are no part of a value.
@Suite struct `What nobody sees in a text` {
    /// Spaces of every kind and marks without a width, from the Unicode Character Database: White_Space, and
    /// Default_Ignorable_Code_Point without variation selectors and tags.
    static let characters: [Unicode.Scalar] = [
        " ", "\t", "\n", "\u{B}", "\u{85}", "\u{A0}", "\u{AD}", "\u{34F}", "\u{61C}", "\u{1680}", "\u{180E}",
        "\u{2000}",
        "\u{2003}", "\u{2007}", "\u{2009}", "\u{200A}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}",
        "\u{2028}", "\u{2029}", "\u{202A}", "\u{202C}", "\u{202E}", "\u{202F}", "\u{205F}", "\u{2060}", "\u{2064}",
        "\u{2066}", "\u{2069}", "\u{206F}", "\u{2800}", "\u{3000}", "\u{3164}", "\u{FEFF}", "\u{FFA0}",
    ]

    struct Typed: Sendable, CustomTestStringConvertible {
        let type: ValueType
        let text: String
        let value: String
        var testDescription: String { "\(type)" }
    }

    static let values = [
        Typed(type: .identifier, text: "A-1", value: "A-1"), Typed(type: .name, text: "Zoë é", value: "Zoë é"),
        Typed(type: .text, text: "日本", value: "日本"), Typed(type: .email, text: "Ann@x.example", value: "ann@x.example"),
        Typed(type: .date, text: "2026-01-31", value: "2026-01-31"),
        Typed(type: .instant, text: "2026-01-31T10:00:00Z", value: "2026-01-31 10:00:00Z"),
        Typed(type: .integer(), text: "7", value: "7"), Typed(type: .decimal(), text: "1.5", value: "1.5"),
        Typed(type: .amount(), text: "1,200.50", value: "1200.50"), Typed(type: .boolean, text: "Yes", value: "true"),
        Typed(type: .word(["renewed": []]), text: "Renewed", value: "renewed"),
        Typed(type: .currency, text: "eur", value: "EUR"),
    ]

    @Test(arguments: values) func `is trimmed from values of every type`(_ typed: Typed) {
        for character in Self.characters {
            let mark = String(Character(character))
            for text in [mark + typed.text, typed.text + mark, mark + mark + typed.text + " " + mark] {
                let shown = String(character.value, radix: 16)
                #expect(typed.type.canonical(text) == .success(typed.value), "U+\(shown)")
            }
            #expect(typed.type.canonical(mark + mark) == .success(nil))
        }
    }

    @Test func `is taken out of the middle of ids and e-mails, and spaces there are plain ones`() {
        for character in Self.characters.filter({ $0.properties.isDefaultIgnorableCodePoint }) {
            let mark = String(Character(character))
            #expect(ValueType.identifier.canonical("A\(mark)-1") == .success("A-1"))
            #expect(ValueType.email.canonical("a\(mark)nn@x.exam\(mark)ple") == .success("ann@x.example"))
            #expect(ValueType.word(["renewed": []]).canonical("re\(mark)newed") == .success("renewed"))
        }
        for space in ["\u{A0}", "\u{2009}", "\u{202F}", "\u{3000}"] {
            #expect(ValueType.identifier.canonical("A\(space)1") == .success("A 1"))
        }
    }

    @Test func `is taken out of names where it never means anything`() {
        for mark in ["\u{FEFF}", "\u{200B}", "\u{2060}", "\u{AD}"] {
            #expect(ValueType.name.canonical("Ac\(mark)me") == .success("Acme"))
        }
        #expect(ValueType.name.canonical("Acme\u{A0}GmbH") == .success("Acme GmbH"))
        #expect(ValueType.name.canonical("山田\u{3000}太郎") == .success("山田\u{3000}太郎"))
    }

    @Test(arguments: [
        // A heart in colours, a person at a computer, the flag of Scotland, a Persian word with a joiner.
        "We ❤\u{FE0F}", "👩\u{200D}💻", "🏴\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}", "می\u{200C}خواهم",
    ])
    func `stays where it makes another sign of what stands before it`(text: String) {
        #expect(ValueType.name.canonical(text) == .success(text))
        #expect(ValueType.identifier.canonical(text) == .success(text))
    }

    @Test func `is no part of a header's names`() throws {
        let survey = try ReadingFixture("\u{A0}account_id\u{200B},na\u{FEFF}me,\"E\u{AD}-Mail\u{3000}\"\nA-1,Acme,x\n")
            .survey([
                ColumnDefinition(name: "account_id", type: .identifier, isRequired: true),
                ColumnDefinition(name: "name", type: .name, isRequired: true),
            ])
        #expect(survey.header.names == ["account_id", "name", "E-Mail"])
        #expect(survey.columns.map(\.fileIndex) == [0, 1])
    }

    @Test func `makes no field of a record`() throws {
        let reader = try ReadingFixture("a,b,c\n\u{A0},\" \u{FEFF}\",\u{200B}x\u{3000}\n").survey().reader()
        let record = try #require(try reader.next())
        #expect(record.texts == [nil, nil, "x"])
        #expect(record.isMissing(0) && record.isMissing(1) && !record.isMissing(2))
    }
}

/// Texts have a limit, and what is said of one that is longer.
@Suite struct `The length of texts` {
    @Test func `a name has at most 1,000 characters, a text 100,000`() {
        for (type, limit) in [(ValueType.name, 1_000), (.text, 100_000)] {
            // Two bytes a character: characters are counted, not bytes.
            let longest = String(repeating: "é", count: limit)
            #expect(type.canonical(longest) == .success(longest))
            guard case .failure(let fault) = type.canonical(longest + "é") else {
                Issue.record("a text of \(limit + 1) characters is accepted")
                continue
            }
            #expect(fault.reason == .tooLong(limit: limit))
            #expect(fault.description.count < 120)
        }
    }

    @Test func `a header with a name of more than 1,000 characters is refused`() throws {
        let fits = String(repeating: "é", count: 1_000)
        #expect(try ReadingFixture("a,\(fits)\n1,2\n").survey().header.names == ["a", fits])
        let problem = try ReadingFixture("a,\(fits)é\n1,2\n").surveyProblem()
        #expect(problem?.code == .columnLimit)
        #expect(problem?.line == 1)
        #expect((problem?.description.count ?? 1_000) < 400)
    }
}
