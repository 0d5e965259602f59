package import HaleDomain
package import HaleOutput

extension Cell {
    /// A band in its colour, and in words for those who see none.
    package static func band(_ band: Band?) -> Cell {
        guard let band else { return .missing }
        return .band(band.tone, word: band.rawValue)
    }

    /// Days to a date: "in 12 d", "today", "8 d ago".
    package static func daysAhead(_ days: Int?) -> Cell {
        guard let days else { return .missing }
        if days == 0 { return .text("today") }
        return .text(days > 0 ? "in \(days) d" : "\(-days) d ago")
    }
}

extension Band {
    package var tone: Tone {
        switch self {
        case .red: .red
        case .amber: .amber
        case .green: .green
        case .unknown: .grey
        }
    }
}
