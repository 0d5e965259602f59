import HaleDomain
import HaleService
import Hummingbird

/// The body of `/readyz`: `reason` names what is in the way, `lastRun` the scoring run that was started last.
struct ReadinessDocument: ResponseEncodable {
    /// One run of the scoring stage.
    struct Run: Encodable {
        let day: String
        let outcome: String
    }

    let ready: Bool
    let reason: String?
    let newestDay: String?
    let lastRun: Run?

    init(_ readiness: Readiness) {
        switch readiness {
        case .ready(let progress):
            ready = true
            reason = nil
            newestDay = progress.newestDay?.description
            lastRun = progress.lastRun.map { Run(day: $0.day.description, outcome: $0.outcome.rawValue) }
            return
        case .databaseUnreachable: reason = "the database does not answer"
        case .schemaPending(let steps): reason = "\(steps) steps of the schema are not applied: hale db migrate"
        case .schemaForeign: reason = "the schema is another version's: hale doctor"
        }
        ready = false
        newestDay = nil
        lastRun = nil
    }

    /// A missing value is `null`, not absent.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(ready, forKey: .ready)
        try container.encode(reason, forKey: .reason)
        try container.encode(newestDay, forKey: .newestDay)
        try container.encode(lastRun, forKey: .lastRun)
    }

    private enum CodingKeys: CodingKey {
        case ready, reason, newestDay, lastRun
    }
}
