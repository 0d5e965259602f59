import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The worth of stored tasks, which the database works out, beside that by which they are planned.
@Suite(.database) struct `What a stored task is worth` {
    @Test func `is what it is planned by, whatever the organisation assumes of money`() async throws {
        let fixture = try await TaskFixture(accounts: ["acme", "bolt", "calm"])
        for account in ["acme", "bolt"] { try await fixture.set("band = 'red', coverage = 1", of: account) }
        let stage = TaskStage(fixture.database)
        try await stage.run(asOf: fixture.day)
        let settings: [(OrganisationSetting, String)?] = [
            nil, (.margin, "0.65"), (.saveRate, "0.123456"), (.hourlyCost, "123.45"), (.hourlyCost, "0"),
        ]
        for setting in settings {
            if let (name, value) = setting {
                try await fixture.database.withConnection { try await SettingStore($0).set(name, to: value) }
            }
            let stored = try await fixture.database.withConnection {
                try await TaskListing($0).tasks(asOf: fixture.day)
            }
            let planned = try await stage.plan(asOf: fixture.day, csm: nil)
            #expect(stored.map(\.accountID) == planned.map(\.account.accountID) && stored.count == 3)
            for (task, plan) in zip(stored, planned) {
                #expect(task.priority == plan.draft.priority, "\(String(describing: setting))")
                #expect(task.saveRate == plan.draft.saveRate)
                #expect(task.valueProtectedMinor == plan.valueProtectedMinor)
            }
            #expect(stored.contains { $0.priority.valueProtected > 1000 }, "something is at stake")
        }
    }
}
