import Foundation
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

extension SharedData {
    /// Imports a file through a mapping given as text.
    @discardableResult
    static func load(
        _ kind: ImportKind, _ path: String, map: String? = nil, into database: Database
    ) async throws -> ImportStore.Receipt {
        var request = ImportStage.Request(kind: kind, path: root.appending(path: path).path)
        request.mapping = try map.map { try Mapping(yaml: $0, file: "\(kind.rawValue).yaml") }
        request.isHistory = true
        request.today = ImportFixture.today
        guard case .imported(let receipt, _) = try await ImportStage(database).run(request) else {
            Issue.record("\(path) was imported before")
            return ImportStore.Receipt()
        }
        return receipt
    }
}
