import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport

/// Two models in which every constant that statements read differs from the usual one, and accounts that show it.
enum ChangedConstants {
    static let day = Day(iso: "2026-03-02") ?? Day(daysSince2000: 0)

    /// The model of every account but those of the segment large.
    static let usual: HealthModel = {
        var model = changed("default", reference: 0.5)
        model.contract.windowOpenValue = 0.25
        model.contract.pastDueValue = 0.8
        model.contract.pastDueDays = 40
        model.contract.lapsedDays = 20
        model.contract.evergreenDecisionDays = 40
        model.sentiment.validDays = 10
        model.netPromoter.halfLifeDays = 60
        model.netPromoter.maximumAgeDays = 200
        model.netPromoter.priorResponses = 5
        model.netPromoter.priorShares = [0.1, 0.2, 0.7]
        model.netPromoter.minimumPortfolioResponses = 4
        model.netPromoter.promoterScore = 8
        model.netPromoter.passiveScore = 5
        model.netPromoter.economicBuyerWeight = 2
        model.netPromoter.championWeight = 0.5
        model.netPromoter.adminWeight = 1.25
        model.netPromoter.userWeight = 0.6
        model.netPromoter.intervalDeviations = 1
        model.champion.silentValue = 0.5
        model.champion.silentDays = 3
        return model
    }()

    static let large: HealthModel = {
        var model = changed("large", reference: 0.45)
        model.condition = "segment = 'large'"
        model.contract.windowOpenValue = 0.3
        model.contract.pastDueValue = 0.9
        model.contract.pastDueDays = 36
        model.contract.lapsedDays = 28
        model.contract.evergreenDecisionDays = 100
        model.sentiment.validDays = 200
        model.netPromoter.halfLifeDays = 90
        model.netPromoter.maximumAgeDays = 100
        model.netPromoter.priorResponses = 2
        model.netPromoter.priorShares = [0.5, 0.3, 0.2]
        model.netPromoter.minimumPortfolioResponses = 1_000
        model.netPromoter.promoterScore = 6
        model.netPromoter.passiveScore = 3
        model.netPromoter.economicBuyerWeight = 3
        model.netPromoter.championWeight = 0.25
        model.netPromoter.adminWeight = 2
        model.netPromoter.userWeight = 0.5
        model.netPromoter.intervalDeviations = 2
        model.champion.silentValue = 0.15
        model.champion.silentDays = 4
        return model
    }()

    static func changed(_ name: String, reference: Double) -> HealthModel {
        var model = HealthModel()
        model.name = name
        for index in model.drivers.indices where model.drivers[index].kind == .contract {
            model.drivers[index].reference = reference
        }
        return model
    }

    /// Terms of a contract: starts, ends, term. It is past due for 13 days, 25 or 30, or open: notice could be given
    /// until some days ago.
    static let terms: [String: String] = [
        "running": "2025-10-01,2026-10-01,12", "evergreen": "2025-10-01,,", "open": "2025-03-20,2026-03-20,12",
        "due13": "2025-02-17,2026-02-17,12", "due25": "2025-02-05,2026-02-05,12", "due30": "2025-01-31,2026-01-31,12",
    ]

    /// The contracts of an account, and the one that stands worst: under a model that changes nothing, under the usual
    /// model here, and under that of the segment large. Values, from the document and from the constants above:
    ///
    ///               default                usual here              large
    ///     running   .65                    .5                      .45
    ///     due13     .4 · (1 - 13/30)=.227  .8 · (1 - 13/40)=.54    .9 · (1 - 13/36)=.575
    ///     due25     .4 · (1 - 25/30)=.067  .8 · (1 - 25/40)=.3     .9 · (1 - 25/36)=.275
    ///     open      .35                    .25                     .3
    static let worst: [(contracts: [String], states: [ContractState])] = [
        (["running", "due13"], [.pastDue, .running, .running]),
        (["evergreen", "due13"], [.pastDue, .evergreen, .evergreen]),
        (["open", "due25"], [.pastDue, .windowOpenUnsigned, .pastDue]),
        (["due25"], [.pastDue, .lapsed, .pastDue]),
        (["due30"], [.pastDue, .lapsed, .lapsed]),
    ]
    static let segments = ["small", "large"]

    static let roles: [String: PersonRole] = [
        "b": .economicBuyer, "c": .champion, "a": .admin, "u": .user, "o": .user,
    ]
    /// Answers of the people of an account of each segment, with their ages in days.
    static let answers: [String: [(person: String, score: Int, ageDays: Int)]] = [
        "small": [("b", 8, 10), ("c", 5, 30), ("a", 4, 90), ("u", 9, 120), ("o", 0, 240)],
        "large": [("b", 9, 10), ("c", 6, 40), ("a", 2, 60), ("u", 4, 80), ("o", 8, 150)],
    ]

    static func load() async throws -> Database {
        let database = try TestDatabase.shared.database
        var accounts = "account_id,name,segment,created_on\n"
        var contracts = "contract_id,account_id,arr,currency,starts_on,ends_on,term_months\n"
        var people = "account_id,person_id,role\n"
        var nps = "account_id,person_id,score,responded_at\n"
        var usage = "account_id,person_id,occurred_at\n"
        for segment in Self.segments {
            for (number, entry) in Self.worst.enumerated() {
                accounts += "\(segment)-\(number),\(segment) \(number),\(segment),2024-01-01\n"
                for contract in entry.contracts {
                    contracts +=
                        "\(segment)-\(number)-\(contract),\(segment)-\(number),10000,EUR,"
                        + "\(Self.terms[contract] ?? "")\n"
                }
            }
            accounts += "\(segment)-people,\(segment) people,\(segment),2024-01-01\n"
            for (person, role) in Self.roles { people += "\(segment)-people,\(person),\(role.rawValue)\n" }
            for answer in Self.answers[segment] ?? [] {
                nps += "\(segment)-people,\(answer.person),\(answer.score),\(Self.day - answer.ageDays)\n"
            }
            // The champion came on every working day up to Monday, a week before: four business days of silence. Others
            // still come, so it is no fault of the tracking.
            accounts += "\(segment)-lively,\(segment) lively,\(segment),2024-01-01\n"
            for before in 1...90 where before % 7 == 0 || before % 7 > 2 {
                usage += "\(segment)-lively,x,\(Self.day - before)\n"
                if before >= 7 { usage += "\(segment)-people,c,\(Self.day - before)\n" }
            }
        }
        try await ImportFixture.load(.accounts, accounts, into: database)
        try await ImportFixture.load(.contracts, contracts, into: database) { $0.isHistory = true }
        try await ImportFixture.load(.people, people, into: database)
        try await ImportFixture.load(.nps, nps, into: database)
        try await ImportFixture.load(.usage, usage, into: database)
        return database
    }
}
