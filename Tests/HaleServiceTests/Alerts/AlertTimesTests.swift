import Foundation
import HaleDelivery
import HaleDomain
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// When an alert began and ended, as receivers are told: by the days of the alert, whenever they were scored and told of.
@Suite(.database) struct `The times of an alert in a message` {
    private func bodies() async throws -> [AlertmanagerBody.Alert] {
        try await TestDatabase.shared.query("select body as text from hale_data.delivery order by delivery_id").flatMap
        {
            let body = try $0.decode("text", as: String.self)
            return try JSONDecoder().decode(AlertmanagerBody.self, from: Data(body.utf8)).alerts
        }
    }

    @Test(arguments: [
        ("UTC", "2026-03-02T00:00:00Z", "2026-03-05T00:00:00Z"),
        ("Europe/Amsterdam", "2026-03-01T23:00:00Z", "2026-03-04T23:00:00Z"),
    ])
    func `are the beginnings of the days on which it fired and ended`(zone: String, start: String, end: String)
        async throws
    {
        let fixture = try DeliveryFixture(
            DeliveryFixture.yaml(port: 1, "format: alertmanager", route: "group_interval: 0s"))
        try await fixture.database.withConnection { try await SettingStore($0).set(.timeZone, to: zone) }
        try await fixture.makeAccounts(1)
        let stage = FlushStage(fixture.database, book: try await fixture.book(), effects: fixture.effects)
        try await fixture.enqueue(try await fixture.fire(["A-1"]))
        _ = try await stage.run()
        try await fixture.enqueue(try await fixture.resolve(["A-1"]))
        try await fixture.passTime()
        _ = try await stage.run()
        let alerts = try await bodies()
        #expect(alerts.map(\.status) == [.firing, .resolved])
        // The same alert begins at the same instant, so that a receiver knows it.
        #expect(alerts.map(\.startsAt) == [start, start])
        #expect(alerts.map(\.endsAt) == [AlertmanagerBody.openEnd, end])
    }
}
