/// Why the band that people see is not the computed one.
package enum BandReason: Sendable, Hashable {
    /// A fact caps it.
    case exception(BandException)
    /// Somebody set it.
    case override

    /// The fact that caps it; nil where it is none.
    package var exception: BandException? {
        if case .exception(let exception) = self { exception } else { nil }
    }
}

extension BandReason: RawRepresentable, CaseIterable {
    private static let overrideWord = "override"

    /// Every reason there is.
    package static var allCases: [BandReason] { BandException.allCases.map(BandReason.exception) + [.override] }

    /// The reason of a word; nil for none.
    package init?(rawValue: String) {
        if rawValue == Self.overrideWord {
            self = .override
        } else if let exception = BandException(rawValue: rawValue) {
            self = .exception(exception)
        } else {
            return nil
        }
    }

    /// The reason as one word.
    package var rawValue: String {
        switch self {
        case .exception(let exception): exception.rawValue
        case .override: Self.overrideWord
        }
    }
}
