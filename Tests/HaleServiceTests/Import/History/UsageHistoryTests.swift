import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// Random sequences of imports, re-imports, back-fills, replays, undos, erasures and imports side by side: after every step
/// the packed months say what the raw events say, and the raw events are those that should be there.
@Suite(.database) struct `The history of usage` {
    private static let steps = 12

    @Test(arguments: 1...24)
    func `packed months equal raw events whatever happens`(seed: Int) async throws {
        var history = UsageHistory(seed: UInt64(seed))
        try await ImportFixture.load(
            .accounts, "account_id,name\nA-0,Zero\nA-1,One\nA-2,Two\n", into: TestDatabase.shared.database)
        var trail: [String] = []
        for _ in 0..<Self.steps {
            trail.append(try await step(&history))
            try await check(history, after: trail)
        }
        // Whatever is left can be taken back, down to nothing.
        while let newest = history.newest {
            try await undo(newest, &history)
            trail.append("undo \(newest.receipt)")
            try await check(history, after: trail)
        }
        for table in ["usage_event", "usage_month", "person_month", "feature_month", "usage_event_key"] {
            #expect(try await ImportFixture.number("select count(*) from hale_data.\(table)") == 0, "\(table)")
        }
    }

    private func step(_ history: inout UsageHistory) async throws -> String {
        switch history.number(0...9) {
        case 0...3: return try await load(history.newFile(), &history)
        case 4 where !history.files.isEmpty:
            return try await load(history.number(0...(history.files.count - 1)), &history)
        case 5: return try await loadTwo(&history)
        case 6, 7:
            guard let newest = history.newest else { return "nothing to undo" }
            try await undo(newest, &history)
            return "undo \(newest.receipt)"
        case 8: return try await replay(&history)
        default: return try await erase(&history)
        }
    }

    /// Imports a file that is new, was undone, or is in already.
    private func load(_ file: Int, _ history: inout UsageHistory) async throws -> String {
        let wasIn = history.isIn(file)
        let receipt = try await run(history.files[file])
        #expect((receipt == nil) == wasIn)
        if let receipt { history.imported(file, receipt: receipt) }
        return "import \(file) as \(receipt.map(String.init) ?? "known")"
    }

    /// Two files at once, of overlapping accounts and months.
    private func loadTwo(_ history: inout UsageHistory) async throws -> String {
        let files = [history.newFile(parity: 0), history.newFile(parity: 1)]
        let known = files.map { history.isIn($0) }
        let texts = files.map { history.files[$0] }
        guard !known[0], !known[1], texts[0].text != texts[1].text else { return "nothing at once" }
        async let first = run(texts[0])
        async let second = run(texts[1])
        let receipts = try await [first, second]
        for (file, receipt) in zip(files, receipts) { history.imported(file, receipt: try #require(receipt)) }
        return "import \(files) at once"
    }

    /// The receipt of an import of a file; nil when it is in already.
    private func run(_ file: UsageHistory.File) async throws -> Int64? {
        let outcome = try await ImportFixture(file.text).run(.usage, into: TestDatabase.shared.database) {
            $0.allowedBadRows = 99
        }
        guard case .imported(let receipt, _) = outcome else { return nil }
        return receipt.number
    }

    private func undo(_ newest: UsageHistory.Import, _ history: inout UsageHistory) async throws {
        let outcome = try await UndoStage(TestDatabase.shared.database).run(receipt: newest.receipt)
        #expect(outcome.counts.removed == Int64(newest.added.count))
        let origin = history.imports.first { $0.receipt == newest.replayOf }
        history.undone(newest.receipt, waitingBefore: newest.added + (origin?.waiting ?? []))
    }

    /// Makes the missing account known and imports rows that were left out for it.
    private func replay(_ history: inout UsageHistory) async throws -> String {
        if history.number(0...1) == 0, !history.accounts.contains("A-9") {
            try await ImportFixture.load(.accounts, "account_id,name\nA-9,Nine\n", into: TestDatabase.shared.database)
            history.learned("A-9")
        }
        guard let original = history.imports.first(where: { !$0.waiting.isEmpty }) else { return "nothing to replay" }
        let outcome = try await ReplayStage(TestDatabase.shared.database).run(
            receipt: original.receipt, today: ImportFixture.today)
        history.replayed(original.receipt, receipt: outcome.receipt.number)
        return "replay \(original.receipt) as \(outcome.receipt.number)"
    }

    /// Erases a person, who stays in every count.
    private func erase(_ history: inout UsageHistory) async throws -> String {
        let account = "A-\(history.number(0...2))"
        let person = "p\(history.number(0...3))"
        do {
            _ = try await PersonErasure(TestDatabase.shared.database).run(person: person, account: account)
            return "erase \(person) of \(account)"
        } catch is PersonErasure.Refusal {
            return "nobody to erase"
        }
    }

    private func check(_ history: UsageHistory, after trail: [String]) async throws {
        #expect(try await PackedUsage.differences() == [], "\(trail)")
        let stored = try await ImportFixture.texts(
            """
            select concat_ws('|', account.external_id, feature.name, event.day, event.quantity) as text
            from hale_data.usage_event as event
            join hale_data.account as account using (account_id)
            left join hale_data.feature as feature using (feature_id)
            """)
        let expected = history.rows.map { row in
            [row.account, row.feature, row.day, String(row.quantity)].filter { !$0.isEmpty }.joined(separator: "|")
        }
        #expect(stored.sorted() == expected.sorted(), "\(trail)")
        let waiting = try await ImportFixture.number("select count(*) from hale_data.import_reject")
        #expect(waiting == Int64(history.imports.map(\.waiting.count).reduce(0, +)), "\(trail)")
    }
}
