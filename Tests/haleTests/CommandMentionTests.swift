import Testing

/// Whatever names a command names one that exists, with options that it has: messages, help, files that ship, pages.
@Suite struct `A command that is named anywhere` {
    @Test func `exists, with its options`() async throws {
        let tree = try await CommandTree.ofTheProgram()
        try #require(tree.kinds.contains("accounts"))
        let swift = try Documentation.pages(below: "Sources", endingIn: ".swift").flatMap(CommandMention.inSwift)
        let markdown = try (Documentation.ofUsers() + [Documentation.page("CONTRIBUTING.md"), Self.unreleased()])
            .flatMap(CommandMention.inMarkdown)
        let texts = try ["sql", "alerts", "models", "mappings"].flatMap { folder in
            try [".sql", ".yaml"].flatMap { try Documentation.pages(below: folder, endingIn: $0) }
        }.flatMap(CommandMention.inText)
        #expect(swift.count > 200 && markdown.count > 150 && texts.count > 10)
        for mention in swift + markdown + texts {
            if Self.noCommands.contains(mention.words) { continue }
            if let problem = tree.problem(of: mention) { Issue.record("\(mention.place): \(problem)") }
        }
    }

    /// The changelog up to the newest release: what is below may name commands that are gone.
    private static func unreleased() throws -> Documentation.Page {
        let page = try Documentation.page("CHANGELOG.md")
        let text = page.text.firstRange(of: /\n## \[\d/).map { page.text[..<$0.lowerBound] }
        return Documentation.Page(path: page.path, text: String(try #require(text)))
    }

    /// A misspelt command that the pages show, and the name of a session on the server.
    private static let noCommands = [["acounts"], ["score", "4711"]]

    /// Sentences, and what is wrong with the command in them; nil where nothing is.
    private static let sentences: [(String, String?)] = [
        ("run hale models check", nil), ("3 steps to apply: hale db migrate", nil),
        ("hale forecast --list shows all", nil), ("take them back: hale score --forget 2026-01-01", nil),
        ("hale import fx_rates", nil), ("of format hale needs", nil),
        ("hale import mapping KIND FILE writes one", nil), ("(hale accounts show).", nil), ("hale … list", nil),
        ("run hale models validate", "hale models has no validate; near: test"),
        ("it is hale acounts list", "hale has no acounts; near: accounts"),
        ("hale accounts list --segmnt SMB", "hale accounts list has no --segmnt; near: --segment"),
        ("hale import mappings KIND", "hale import has no mappings; near: mapping"),
        ("hale import acounts FILE", "hale import has no acounts; near: accounts"),
    ]

    @Test(arguments: sentences) func `is found in a sentence`(sentence: String, problem: String?) async throws {
        let tree = try await CommandTree.ofTheProgram()
        let found = CommandMention.inSentence(sentence) { "line:\($0)" }.compactMap(tree.problem)
        #expect(found == [problem].compactMap { $0 })
    }

    /// Code, and what is wrong with it.
    private static let code: [(String, String?)] = [
        ("hale accounts note A-140 \"a longer text\"", nil), ("$ hale morning --csm ana@example.com", nil),
        ("DATABASE_URL=postgresql://a@b/hale hale db migrate", nil), (".build/debug/hale db down", nil),
        ("hale db shell --owner --csv", nil), ("hale import rejects 2 --format csv > rejected.csv", nil),
        ("hale import mapping|list|show", nil), ("hale --version", nil), ("hale import exports", nil),
        ("hale morning ana@example.com", "hale morning takes fewer words than ana@example.com"),
        ("hale forecast january", "hale forecast has no january; near: accuracy"),
        ("hale import mapping|lists", "hale import has no lists; near: list"),
        ("hale deliver --forever", "hale deliver has no --forever; near: --format, --once"),
    ]

    @Test(arguments: code) func `is found in code`(text: String, problem: String?) async throws {
        let tree = try await CommandTree.ofTheProgram()
        let mention = try #require(CommandMention.inCode(text, place: ""))
        #expect(tree.problem(of: mention) == problem)
    }

    @Test func `is found in the literals and comments of a source, with its line`() {
        let quotes = "\"\"\""
        let source = """
            /// `hale db up`
            let a = "see \\(name ?? "hale rules explain --signals") first, "
                + "until hale receivers "
                + "resume \\(name)"   // hale is no command here
            let b = \(quotes)
                hale db
                hale doctor
                \(quotes)
            """
        let mentions = CommandMention.inSwift(Documentation.Page(path: "a.swift", text: source))
        let found = mentions.map { "\($0.place) \($0.words.joined(separator: " "))" }
        #expect(
            found == [
                "a.swift:2 rules explain --signals", "a.swift:3 receivers resume VALUE", "a.swift:6 db",
                "a.swift:7 doctor", "a.swift:1 db up",
            ])
    }
}
