import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// A kind of import with rows of one id: the second differs from the first, the third is the first again.
struct RepeatedRows: Sendable, CustomStringConvertible {
    let kind: ImportKind
    let header: String
    let first: String
    let other: String

    var description: String { kind.rawValue }

    static let all = [
        RepeatedRows(kind: .csms, header: "email,name", first: "Zoe@mail.example,Zoe", other: "zoe@mail.example,Eve"),
        RepeatedRows(kind: .accounts, header: "account_id,name,country", first: "A1,North,", other: "A1,North,NO"),
        RepeatedRows(kind: .people, header: "account_id,person_id,name", first: "A1,P1,Zoe", other: "A1,P1,"),
        RepeatedRows(
            kind: .contracts, header: "contract_id,account_id,arr,currency,starts_on",
            first: "C1,A1,5,EUR,2026-01-01", other: "C1,A1,6,EUR,2026-01-01"),
        RepeatedRows(kind: .features, header: "feature,is_key", first: "export,yes", other: "export,no"),
        RepeatedRows(
            kind: .nps, header: "account_id,response_id,score,responded_at", first: "A1,R1,9,2026-01-01",
            other: "A1,R1,8,2026-01-01"),
        RepeatedRows(
            kind: .tickets, header: "ticket_id,account_id,opened_at", first: "T1,A1,2026-01-01",
            other: "T1,A1,2026-01-02"),
        RepeatedRows(
            kind: .invoices, header: "invoice_id,account_id,due_on", first: "I1,A1,2026-01-01",
            other: "I1,A1,2026-01-02"),
        RepeatedRows(
            kind: .fxRates, header: "day,currency,rate", first: "2026-01-01,USD,0.9", other: "2026-01-01,USD,0.8"),
        RepeatedRows(
            kind: .spend, header: "month,channel,amount,currency", first: "2026-01-01,ads,1,EUR",
            other: "2026-01-20,ads,2,EUR"),
        RepeatedRows(
            kind: .leads, header: "lead_id,created_on", first: "L1,2026-01-01", other: "L1,2026-01-02"),
    ]
}

@Suite(.database)
struct `Rows of one id` {
    /// The lines left out of a file, with the column of each problem.
    private func leftOut(_ kind: ImportKind, _ text: String, of database: Database) async throws -> [String] {
        try await ImportFixture.load(kind, text, into: database) { $0.allowedBadRows = 100_000 }
        return try await ImportFixture.texts(
            "select line || ' ' || column_name as text from hale_data.import_reject order by line, ordinal")
    }

    @Test(arguments: RepeatedRows.all)
    func `are compared with the first of them, and only what differs from it is bad`(rows: RepeatedRows) async throws {
        let database = try TestDatabase.shared.database
        if rows.kind != .accounts, rows.kind != .csms {
            try await ImportFixture.load(.accounts, "account_id,name\nA1,North\n", into: database)
        }
        let lines = [rows.first, rows.other, rows.first, rows.other, rows.first]
        let leftOut = try await leftOut(
            rows.kind, ([rows.header] + lines).joined(separator: "\n") + "\n", of: database)
        #expect(leftOut.map { $0.prefix(2) } == ["3 ", "5 "])
    }

    @Test(arguments: 1...6)
    func `make circles of parents, which are found as a walk from each would`(seed: UInt64) async throws {
        let database = try TestDatabase.shared.database
        var random = SplitMix(seed: seed)
        // Forests with some circles, small and large, and what stands below them.
        let count = 60
        let parents = (0..<count).map { index -> Int? in
            switch Int.random(in: 0..<10, using: &random) {
            case 0: nil
            case 1..<4: Int.random(in: 0..<count, using: &random)
            default: index == 0 ? nil : Int.random(in: max(0, index - 5)..<index, using: &random)
            }
        }
        let above = { (index: Int) in parents[index] }
        var expected: [String] = []
        for index in parents.indices {
            var (walk, place) = (Set<Int>(), above(index))
            while let next = place, walk.insert(next).inserted { place = above(next) }
            // The walk ended above everybody, or it went round.
            guard place != nil else { continue }
            expected.append("\(index + 2) \(walk.contains(index) ? "round" : "below")")
        }
        let file = parents.enumerated().map { "N\($0),Name,\($1.map { "N\($0)" } ?? "")\n" }.joined()
        try await ImportFixture.load(.accounts, "account_id,name,parent_account_id\n" + file, into: database) {
            $0.allowedBadRows = count
        }
        let found = try await ImportFixture.texts(
            """
            select line || case when reason like '%above itself%' then ' round' else ' below' end as text
            from hale_data.import_reject order by line
            """)
        #expect(found == expected)
    }

    @Test(arguments: [(50, 0), (51, 1), (53, 3)])
    func `stand at most fifty deep`(levels: Int, refused: Int) async throws {
        let database = try TestDatabase.shared.database
        let file = (0...levels).map { "N\($0),Name,\($0 == 0 ? "" : "N\($0 - 1)")\n" }.joined()
        let leftOut = try await leftOut(.accounts, "account_id,name,parent_account_id\n" + file, of: database)
        #expect(leftOut == (0..<refused).map { "\(levels - refused + $0 + 3) parent_account_id" })
    }
}
