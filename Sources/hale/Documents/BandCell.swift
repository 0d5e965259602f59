import HaleDomain
import HaleTerminal

extension Cell {
    /// A band in its colour, and in words for those who see none.
    static func band(_ band: Band?) -> Cell {
        guard let band else { return .missing }
        return .band(band.tone, word: band.rawValue)
    }

    /// Days to a date: "in 12 d", "today", "8 d ago".
    static func daysAhead(_ days: Int?) -> Cell {
        guard let days else { return .missing }
        if days == 0 { return .text("today") }
        return .text(days > 0 ? "in \(days) d" : "\(-days) d ago")
    }
}

extension Band {
    var tone: Tone {
        switch self {
        case .red: .red
        case .amber: .amber
        case .green: .green
        case .unknown: .grey
        }
    }
}
