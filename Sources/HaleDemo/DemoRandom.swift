/// SplitMix64: small, fast, and the same sequence on every machine.
///
/// Each part of the company draws from a stream of its own, so that a change to one part leaves the others alone. Only
/// additions and multiplications are used, because logarithms and cosines differ in the last bit between C libraries.
struct DemoRandom {
    /// What a stream of numbers is for; the raw value is part of its seed.
    enum Purpose: UInt64 {
        case accountName = 1
        case account, contract, people, usage, weekEffect, response, ticket, invoice, touchpoint, portfolio
    }

    private var state: UInt64

    /// The stream for one purpose and one account (or another counted thing).
    init(seed: UInt64, purpose: Purpose, number: Int = 0) {
        state = seed
        state = next() ^ (purpose.rawValue &* 0x9E37_79B9_7F4A_7C15)
        state = next() ^ (UInt64(truncatingIfNeeded: number) &* 0xD1B5_4A32_D192_ED03)
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in [0, 1).
    mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.upperBound - range.lowerBound + 1)
        return range.lowerBound + Int(next().multipliedFullWidth(by: count).high)
    }

    mutating func real(_ range: ClosedRange<Double>) -> Double {
        range.lowerBound + (range.upperBound - range.lowerBound) * unit()
    }

    /// Nearly normal with mean 0 and deviation 1: the sum of twelve uniform numbers.
    mutating func normal() -> Double {
        var sum = -6.0
        for _ in 0..<12 { sum += unit() }
        return sum
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[integer(0...(elements.count - 1))]
    }
}
