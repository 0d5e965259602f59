import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// Who answered, and what the answers come to.
@Suite(.database) struct `The net promoter score` {
    private let day = Day(iso: "2026-11-30") ?? Day(daysSince2000: 0)

    private func health(_ account: String) async throws -> AccountHealth {
        try await TestDatabase.shared.database.withConnection {
            let found = try await AccountStore($0).health(asOf: day, accounts: [account]).first
            return try #require(found)
        }
    }

    /// Five promoters and four passives of today: 100 · 5 / 9. With weights of .75 and three balanced answers more it is
    /// expected to be 100 · 3.75 / 9.75.
    @Test func `is promoters minus detractors of a hundred, with the estimate beside it`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\nA-2,Bolt\n", into: database)
        let scores = [9, 9, 10, 10, 9, 7, 8, 8, 7]
        let rows = scores.enumerated().map { "A-1,P-\($0.offset),\($0.element),2026-11-29T22:00:00Z\n" }.joined()
        try await ImportFixture.load(.nps, "account_id,person_id,score,responded_at\n" + rows, into: database)
        let account = try await health("A-1")
        #expect(abs(try #require(account.nps) - 500.0 / 9) < 1e-9 && account.npsResponses == 9)
        // A day is 2^(-1/180) of a weight.
        let weight = 0.996_156_5
        let estimate = try #require(account.npsEstimate)
        #expect(abs(estimate - 100 * 5 * 0.75 * weight / (9 * 0.75 * weight + 3)) < 1e-3)
        let (low, high) = try (#require(account.npsEstimateLow90), #require(account.npsEstimateHigh90))
        #expect(low < estimate && estimate < high && high < 100)
        #expect(
            try await ImportFixture.texts(
                """
                select concat_ws(' ', account_id, round(nps), round(nps_estimate), nps_mean = nps_estimate, nps_responses)
                    as text
                from hale.account_signal_on('2026-11-30')
                order by account_id
                """) == ["A-1 56 38 t 9", "A-2 0"])
        let report = try await database.withConnection { try await RetentionStore($0).netPromoter(asOf: day) }
        #expect(abs(try #require(report.margin.score) - 500.0 / 9) < 1e-9)
        _ = try await ScoreStage(database).run(asOf: day)
        let explained = try await database.withConnection {
            try await AccountStore($0).explanation(of: "A-1", asOf: day)
        }
        let text = try #require(explained).drivers.first { $0.name == "sentiment.nps" }?.text
        #expect(text?.hasPrefix("NPS 56 from 9 respondents; estimate 38 (90 % interval ") == true, "\(text ?? "")")
    }

    /// One respondent, whose newest answer is 10, however the address is written and in however many files.
    @Test(arguments: [true, false]) func `has one respondent an address`(isOneFile: Bool) async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\n", into: database)
        let header = "respondent,account_id,email,score,responded_at\n"
        let rows = ["1,A-1,Ann.Lee@Example.com,2,2026-08-01\n", "2,A-1,ann.lee@example.com,10,2026-10-01\n"]
        let mapping = try Preset.named("nps-open-data").mapping
        for file in isOneFile ? [rows.joined()] : rows {
            try await ImportFixture.load(.nps, header + file, into: database) { $0.mapping = mapping }
        }
        let account = try await health("A-1")
        #expect(account.nps == 100 && account.npsResponses == 1)
        #expect(try await ImportFixture.number("select count(*) from hale_data.person") == 1)
    }

    /// Whoever goes by an address is one person in every kind of file.
    @Test func `people, usage, touchpoints and answers name the same person`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA-1,Acme\nA-2,Bolt\n", into: database)
        try await ImportFixture.load(
            .people, "person_id,account_id,role\nAnn.Lee@Example.com,A-1,champion\n", into: database)
        try await ImportFixture.load(
            .usage,
            """
            account_id,person_id,occurred_at
            A-1,ann.lee@example.com,2026-11-02
            A-1,ANN.LEE@example.com,2026-11-03
            A-1,new@example.com,2026-11-03
            A-1,New@Example.com,2026-11-04
            A-2,ann.lee@example.com,2026-11-03
            A-2,U-7,2026-11-03
            A-2,u-7,2026-11-03

            """, into: database)
        try await ImportFixture.load(
            .touchpoints, "account_id,occurred_at,kind,person_id\nA-1,2026-11-05,call,ann.lee@EXAMPLE.com\n",
            into: database)
        try await ImportFixture.load(
            .nps, "account_id,person_id,score,responded_at\nA-1,ANN.LEE@EXAMPLE.COM,9,2026-11-06\n", into: database)
        try await ImportFixture.load(
            .people, "person_id,account_id,name\nann.lee@example.com,A-1,Ann\n", into: database)
        // Addresses count within their account; ids that are none keep their case.
        #expect(
            try await ImportFixture.texts(
                """
                select concat_ws(' ', account.external_id, person.external_id, person.name, person.role) as text
                from hale_data.person as person
                join hale_data.account as account on account.account_id = person.account_id
                """
            ).sorted() == [
                "A-1 Ann.Lee@Example.com Ann champion", "A-1 new@example.com unknown",
                "A-2 U-7 unknown", "A-2 ann.lee@example.com unknown", "A-2 u-7 unknown",
            ])
        #expect(
            try await ImportFixture.number(
                """
                select count(*)
                from hale_data.nps_response as response
                join hale_data.touchpoint as touchpoint
                    on touchpoint.account_id = response.account_id and touchpoint.person_id = response.person_id
                """) == 1)
        let account = try await health("A-1")
        #expect(account.activePeople28d == 2)
        // Whoever asks for the person's data to be erased need not know how it was written.
        let found = try await database.withConnection {
            try await PersonStore($0).people(named: "ANN.lee@example.com", account: "A-1").map(\.id)
        }
        #expect(found == ["Ann.Lee@Example.com"])
    }
}
