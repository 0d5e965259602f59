import HaleDomain

extension Composition {
    /// The sum before it is held within 0...100.
    var unclipped: Double { score - clip }
}

extension ScoreChange {
    /// The later score less the earlier one, before both are held within 0...100.
    var total: Double { drivers.reduce(0) { $0 + $1.signal + $1.data + $1.configuration } }
}

extension AccountChange {
    /// The later score less the earlier one.
    var total: Double { lines.reduce(0) { $0 + $1.total } }
}
