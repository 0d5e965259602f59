import ArgumentParser
import HaleService
import HaleStore
import HaleTerminal
import Postgres

/// Which accounts a list is about.
struct AccountFilter: ParsableArguments {
    @Option(help: "Only the accounts of this CSM, by e-mail or name; HALE_CSM when not given, all for everybody's.")
    var csm: String?

    @Option(help: "Only the accounts of this segment.")
    var segment: String?

    /// Whether anything is asked for here.
    var isGiven: Bool { csm != nil || segment != nil }

    /// What stands for every CSM although the settings name one.
    static let everybody = "all"

    /// The filter with the CSM's e-mail, which the settings give where nobody asks.
    func narrowing(on connection: Connection) async throws -> Narrowing {
        let asked = try csm ?? Settings().value(.csm).text
        guard let asked, asked.lowercased() != Self.everybody else { return Narrowing(csm: nil, segment: segment) }
        return Narrowing(
            csm: try await LookUp.csm(asked, on: connection), segment: segment, isBySetting: csm == nil)
    }
}

/// What a list is narrowed to.
struct Narrowing: Sendable {
    /// The CSM's e-mail; nil for all.
    let csm: String?
    /// The segment; nil for all.
    let segment: String?
    /// Whether nobody asked for the CSM, but the settings.
    var isBySetting = false

    /// Whether an account of that CSM and segment belongs to it.
    func includes(csm: String?, segment: String?) -> Bool {
        (self.csm == nil || csm == self.csm)
            && (self.segment == nil || segment?.lowercased() == self.segment?.lowercased())
    }

    /// Refuses a segment that no account is of.
    func requireSegment(among segments: some Sequence<String?>) throws {
        guard let segment else { return }
        let known = Set(segments.compactMap { $0 })
        guard !known.contains(where: { $0.lowercased() == segment.lowercased() }) else { return }
        throw CommandError.unknownSegment(segment, known: known.sorted())
    }

    /// What to know of a list that is narrowed without being asked.
    var notices: [Document.Notice] {
        guard isBySetting, let csm else { return [] }
        return [.note("only the accounts of \(csm), as HALE_CSM says: --csm \(AccountFilter.everybody) shows all")]
    }

    /// The same for programs.
    var members: [JSONValue.Member] {
        csm == nil && segment == nil ? [] : [.init("csm", .init(csm)), .init("segment", .init(segment))]
    }
}
