package import HaleDomain
package import HaleFiles
import HaleStore
package import Postgres

extension HealthModel {
    /// The model of a hash as it was kept when it first scored; nil where none was, or its text is of a time when models
    /// were no files.
    package static func kept(hash: String, on connection: Connection) async throws -> HealthModel? {
        guard let kept = try await ModelStore(connection).text(ofHash: hash) else { return nil }
        return try? ModelReader.read(kept.text, file: "model \(kept.name)")
    }
}

extension ModelSet {
    /// These models as they scored last, up to a day: each by the text that was kept of it then; without those that scored
    /// nothing, but for the last one. Nil where that is the same, or nothing was scored.
    package func scoredLast(upTo day: Day, on connection: Connection) async throws -> ModelSet? {
        let store = ModelStore(connection)
        let texts = Dictionary(
            try await store.scoredLast(upTo: day).map { ($0.name, $0.text) }, uniquingKeysWith: { newest, _ in newest })
        guard !texts.isEmpty else { return nil }
        let former = (primary + beside).compactMap { model -> HealthModel? in
            guard let text = texts[model.name] else { return model == fallback ? model : nil }
            return text == model.text ? model : (try? ModelReader.read(text, file: "model \(model.name)"))
        }
        let set = ModelSet(former)
        return set.primary == primary && set.beside == beside ? nil : set
    }
}
