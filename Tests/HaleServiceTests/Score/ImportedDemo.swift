import HaleDemo
import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The made-up company, in the database.
enum ImportedDemo {
    static func load(anchor: Day, into database: Database) async throws {
        let fixture = try ImportFixture("")
        let directory = String(fixture.path.prefix(upTo: fixture.path.lastIndex(of: "/") ?? fixture.path.endIndex))
        for file in try DemoCompany(anchor: anchor).write(to: directory + "/demo") {
            let kind = file.kind
            var request = ImportStage.Request(kind: kind, path: file.path)
            request.isHistory = true
            request.today = anchor
            let receipt = try ImportFixture.receipt(of: try await ImportStage(database).run(request))
            #expect([receipt.read, receipt.rejected] == [Int64(file.rows), 0], "rows of \(file.kind)")
        }
        withExtendedLifetime(fixture) {}
    }
}
