package import HaleFiles
package import HaleStore

extension ShippedModels {
    /// Those that the organisation is scored with.
    package static func inForce(_ database: Database) async throws -> ShippedModels {
        let settings = try await database.withConnection { try await SettingStore($0).all() }
        return settings[.shippedModels].flatMap(ShippedModels.init) ?? .newest
    }
}
