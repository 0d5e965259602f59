import ArgumentParser
import HaleDocuments
import Postgres

/// Which accounts a list is about.
struct AccountFilter: ParsableArguments {
    @Option(help: "Only the accounts of this CSM, by e-mail or name; HALE_CSM when not given, all for everybody's.")
    var csm: String?

    @Option(help: "Only the accounts of this segment.")
    var segment: String?

    /// Whether anything is asked for here.
    var isGiven: Bool { csm != nil || segment != nil }

    /// The filter with the CSM's e-mail, which the settings give where nobody asks.
    func narrowing(on connection: Connection) async throws -> Narrowing {
        try await Self.narrowing(csm: csm, segment: segment, on: connection)
    }

    /// The same of what another command was given.
    static func narrowing(csm: String?, segment: String? = nil, on connection: Connection) async throws -> Narrowing {
        let asked = try csm ?? Settings().value(.csm).text
        guard let asked, asked.lowercased() != Narrowing.everybody else { return Narrowing(csm: nil, segment: segment) }
        return Narrowing(
            csm: try await LookUp.csm(asked, on: connection), segment: segment, isBySetting: csm == nil)
    }
}

extension Narrowing {
    /// Refuses a segment that no account is of.
    func requireSegment(among segments: some Sequence<String?>) throws {
        guard let segment else { return }
        let known = Set(segments.compactMap { $0 })
        guard !known.contains(where: { $0.lowercased() == segment.lowercased() }) else { return }
        throw CommandError.unknownSegment(segment, known: known.sorted())
    }
}
