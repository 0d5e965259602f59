/// Points of a kind of event: what it is worth on its day, how fast that fades, and how many of a kind count.
struct FadingPoints {
    /// Points on the day.
    let points: Double
    /// Days in which they halve.
    let halfLifeDays: Double
    /// The newest of a kind that count.
    let counted: Int
}

extension FadingPoints {
    /// What is left of the points of events of one kind, given their ages [days].
    func sum(ages: [Int]) -> Double {
        ages.sorted().prefix(counted).reduce(0) { $0 + points * Real.halving(Double($1), every: halfLifeDays) }
    }
}
