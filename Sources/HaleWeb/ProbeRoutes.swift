import HaleService
import Hummingbird

/// `/healthz` says that the process answers, `/readyz` whether it can do its work and how far the scores are.
struct ProbeRoutes: Sendable {
    let readiness: ReadinessCheck

    func add(to router: Router<BasicRequestContext>) {
        router.get("healthz") { _, _ in HealthDocument(status: "ok") }
        router.get("readyz") { _, _ in
            let document = ReadinessDocument(await readiness.run())
            return EditedResponse(status: document.ready ? .ok : .serviceUnavailable, response: document)
        }
    }
}

/// The body of `/healthz`.
struct HealthDocument: ResponseEncodable {
    let status: String
}
