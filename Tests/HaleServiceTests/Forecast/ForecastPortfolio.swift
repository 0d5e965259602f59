import Foundation
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport

/// Contracts in every state a renewal can be in, seen from 2 March 2026. A score is ten times the seats.
enum ForecastPortfolio {
    static let header =
        "contract_id,account_id,arr,currency,starts_on,ends_on,term_months,auto_renew,notice_days,notice_given_on,"
        + "renewal_signed_on,outcome,decided_on,seats\n"

    private static let accounts = """
        account_id,name,segment,csm_email
        a,Running,mid,ana@example.com
        b,Signed,mid,ana@example.com
        c,Notice,mid,ana@example.com
        d,Locked,mid,ben@example.com
        e,Past,mid,ben@example.com
        f,Evergreen,mid,
        g,Zero,mid,
        h,Leap,mid,
        i,Lost,smb,
        j,Won,mid,
        k,Other,new,

        """

    private static let contracts = """
        run,a,1000,EUR,2025-06-01,2026-06-01,12,false,,,,,,8
        signed,b,2000,EUR,2025-04-01,2026-04-01,12,false,,,2026-02-01,,,5
        notice,c,3000,EUR,2025-05-01,2026-05-01,12,false,30,2026-02-20,,,,10
        locked,d,4000,EUR,2025-03-20,2026-03-20,12,true,30,,,,,1
        past,e,5000,EUR,2025-02-15,2026-02-15,12,false,,,,,,2
        ever,f,6000,EUR,2025-01-01,,,false,,,,,,7
        zero,g,0,EUR,2025-06-10,2026-06-10,12,false,,,,,,10
        leap,h,700,EUR,2024-02-29,,12,true,,,,,,5
        lost,i,800,EUR,2025-01-01,2026-01-01,12,false,,,,lost,2025-12-15,3
        won,j,900,EUR,2025-02-01,2026-02-01,12,false,,,,renewed,2026-01-20,9
        other,k,100,EUR,2025-06-20,2026-06-20,12,false,,,,,,4

        """

    static let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    /// The accounts and their contracts.
    static func load(extra: String = "") async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .csms, "email,name\nana@example.com,Ana\nben@example.com,Ben\n", into: database)
        try await ImportFixture.load(.accounts, accounts, into: database)
        try await ImportFixture.load(.contracts, header + contracts + extra, into: database) { $0.isHistory = true }
        return database
    }

    /// What a night does, on a day.
    static func run(_ database: Database, on day: Day = day) async throws {
        let portfolio = try ModelPortfolio(["default": ModelPortfolio.seats()])
        _ = try await DayRun(database, models: try portfolio.library.set(["default"])).scores(from: day, to: day)
    }

    static func report(
        _ database: Database, on day: Day = day, in period: CalendarPeriod? = nil,
        reach: ForecastReport.Reach = .everything
    ) async throws -> ForecastReport {
        try await database.withConnection {
            try await ForecastReport.read(asOf: day, in: period, reach: reach, on: $0)
        }
    }
}
