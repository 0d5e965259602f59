package import HaleOutput

/// What a list is narrowed to.
package struct Narrowing: Sendable {
    /// What stands for every CSM although the settings name one.
    package static let everybody = "all"

    /// The CSM's e-mail; nil for all.
    package let csm: String?
    /// The segment; nil for all.
    package let segment: String?
    /// Whether nobody asked for the CSM, but the settings.
    package var isBySetting = false

    /// A narrowing.
    package init(csm: String?, segment: String?, isBySetting: Bool = false) {
        self.csm = csm
        self.segment = segment
        self.isBySetting = isBySetting
    }

    /// Whether an account of that CSM and segment belongs to it.
    package func includes(csm: String?, segment: String?) -> Bool {
        (self.csm == nil || csm == self.csm)
            && (self.segment == nil || segment?.lowercased() == self.segment?.lowercased())
    }

    /// What to know of a list that is narrowed without being asked.
    package var notices: [Document.Notice] {
        guard isBySetting, let csm else { return [] }
        return [.note("only the accounts of \(csm), as HALE_CSM says: --csm \(Self.everybody) shows all")]
    }

    /// The same for programs.
    package var members: [JSONValue.Member] {
        csm == nil && segment == nil ? [] : [.init("csm", .init(csm)), .init("segment", .init(segment))]
    }
}
