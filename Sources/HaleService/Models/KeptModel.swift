public import HaleDomain
import HaleStore
public import Postgres

extension HealthModel {
    /// The model of a hash as it was kept when it first scored; nil where none was, or its text is of a time when models
    /// were no files.
    public static func kept(hash: String, on connection: Connection) async throws -> HealthModel? {
        guard let kept = try await ModelStore(connection).text(ofHash: hash) else { return nil }
        return try? ModelReader.read(kept.text, file: "model \(kept.name)")
    }
}
