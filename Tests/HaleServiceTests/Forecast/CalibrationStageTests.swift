import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

@Suite(.database)
struct `What renewals rest on, day by day` {
    private func formula(_ database: Database, on day: Day) async throws -> RenewalFormula? {
        try await database.withConnection { try await CalibrationStore($0).formula(asOf: day) }
    }

    private func stored() async throws -> [String] {
        try await ImportFixture.texts(
            "select concat_ws(' ', day, rung, decided_renewals, lost) as text from hale_data.calibration order by day")
    }

    @Test func `changes on the day after a decision and not in between`() async throws {
        let database = try await ForecastPortfolio.load()
        let day = ForecastPortfolio.day
        let models = try ModelPortfolio(["default": ModelPortfolio.seats()]).library.set(["default"])
        _ = try await DayRun(database, models: models).scores(from: day - 90, to: day)
        // One renewed by itself on 28 February of both years; one lost on 1 January and one renewed on 1 February, as was
        // said before: known from the day after.
        let days = ["2025-12-02 1 1 0", "2026-01-02 1 2 1", "2026-02-02 1 3 1", "2026-03-01 1 4 1"]
        #expect(try await stored() == days)
        let versions = try await ImportFixture.texts(
            "select xmin::text as text from hale_data.calibration order by day")
        try await CalibrationStage(database).run(from: day - 90, to: day)
        #expect(
            try await ImportFixture.texts("select xmin::text as text from hale_data.calibration order by day")
                == versions)
        #expect(try await formula(database, on: day - 91) == nil)
        #expect(
            try await formula(database, on: day)?.refusals == [
                "Too little was decided of renewals of different numbers to tell their rates apart, so one rate is used.",
                "Rung 2 needs 10 lost and 10 renewed ones; there are 0 and 0.",
            ])

        // A decision that is withdrawn changes the days from it on; the days before stay.
        try await ImportFixture.load(
            .contracts, ForecastPortfolio.header + "won,j,900,EUR,2025-02-01,2026-02-01,12,false,,,,,,9\n",
            into: database)
        try await CalibrationStage(database).run(from: day - 10, to: day)
        #expect(try await stored() == Array(days.prefix(3)) + ["2026-02-20 1 2 1", "2026-03-01 1 3 1"])
        try await CalibrationStage(database).run(from: day - 90, to: day)
        #expect(try await stored() == Array(days.prefix(2)) + ["2026-03-01 1 3 1"])
    }

    /// Forty contracts begin on one day and ten more with them; five of the forty are cut short within their first months.
    /// Until their date comes nothing is known of the others, so nothing is lost; on their date 35 of 40 renewed.
    @Test func `counts a term that was cut short beside those of its date that went on`() async throws {
        let database = try TestDatabase.shared.database
        let accounts = "account_id,name\n" + (1...40).map { "a\($0),A\($0)\n" }.joined()
        try await ImportFixture.load(.accounts, accounts, into: database)
        let contracts =
            "contract_id,account_id,arr,currency,starts_on,term_months,auto_renew,cancelled_on\n"
            + (1...40).map { "k\($0),a\($0),1000,EUR,2025-01-10,12,true,\($0 <= 5 ? "2025-04-10" : "")\n" }.joined()
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.isHistory = true }
        let store = { (day: String) in
            try await database.withConnection { connection in
                RenewalHistory(
                    try await CalibrationStore(connection).decisions(before: DemoWorkspace.day(day)))
            }
        }
        #expect(try await store("2025-12-01").total.decided == 0)
        let known = try await store("2026-01-11").total
        #expect(known.decided == 40 && known.lost == 5)
    }
}
