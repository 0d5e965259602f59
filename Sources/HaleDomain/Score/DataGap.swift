/// Data that an account's score lacks: what to connect so that more is known.
package struct DataGap: Sendable, Hashable {
    /// The kind of import that brings it.
    package let kind: ImportKind
    /// The drivers that would have data.
    package let drivers: [String]
    /// The share of the weight that those drivers have, in 0...1.
    package let weight: Double
    /// What is missing, in words.
    package let text: String

    /// What a score of the model lacks, the weightiest first. Drivers that no import feeds are left out.
    package static func gaps(of score: ScoreBreakdown, model: HealthModel) -> [DataGap] {
        let silence = model.position(of: .recency).flatMap { score.driver(model.drivers[$0].fullName) }
        var order: [ImportKind] = []
        var gaps: [ImportKind: DataGap] = [:]
        for (index, setting) in model.drivers.enumerated() {
            guard let driver = score.driver(setting.fullName), driver.reading.x == nil,
                let source = setting.kind.importKind
            else { continue }
            // A driver that misses the same as the account's rhythm misses usage, whatever else it needs.
            let isUsage = silence?.reading.x == nil && silence?.text == driver.text
            // Where there is usage, a level lacks peers, and no import brings those.
            if setting.kind == .level, !isUsage { continue }
            let kind = isUsage ? .usage : source
            let weight = model.weights[index] / model.totalWeight
            let known = gaps[kind]
            if known == nil { order.append(kind) }
            gaps[kind] = DataGap(
                kind: kind, drivers: (known?.drivers ?? []) + [driver.name], weight: (known?.weight ?? 0) + weight,
                text: known?.text ?? driver.text)
        }
        return order.enumerated().compactMap { index, kind in gaps[kind].map { (index, $0) } }
            .sorted { $0.1.weight == $1.1.weight ? $0.0 < $1.0 : $0.1.weight > $1.1.weight }
            .map(\.1)
    }
}

extension DriverKind {
    /// The kind of import that feeds the driver.
    var importKind: ImportKind? {
        switch self {
        case .level, .trend, .recency: return .usage
        case .seats, .contract: return .contracts
        case .breadth: return .features
        case .netPromoter: return .nps
        case .champion: return .people
        case .support: return .tickets
        case .billing: return .invoices
        case .sentiment, .measure: return nil
        }
    }
}
