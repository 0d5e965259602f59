import HaleDomain

/// Random numbers of the company, the same on every machine.
///
/// Each part of the company draws from a stream of its own, so that a change to one part leaves the others alone. Only
/// additions and multiplications are used, because logarithms and cosines differ in the last bit between C libraries.
struct DemoRandom {
    /// What a stream of numbers is for; the raw value is part of its seed.
    enum Purpose: UInt64 {
        case accountName = 1
        case account, contract, people, usage, weekEffect, response, ticket, invoice, touchpoint, life
    }

    private var numbers: SplitMix

    /// The stream for one purpose and one account (or another counted thing).
    init(seed: UInt64, purpose: Purpose, number: Int = 0) {
        numbers = SplitMix(seed: seed)
        numbers = SplitMix(seed: numbers.next() ^ (purpose.rawValue &* 0x9E37_79B9_7F4A_7C15))
        numbers = SplitMix(seed: numbers.next() ^ (UInt64(truncatingIfNeeded: number) &* 0xD1B5_4A32_D192_ED03))
    }

    /// A number in [0, 1).
    mutating func unit() -> Double { numbers.unit() }

    mutating func chance(_ probability: Double) -> Bool {
        unit() < probability
    }

    mutating func integer(_ range: ClosedRange<Int>) -> Int {
        let count = UInt64(range.upperBound - range.lowerBound + 1)
        return range.lowerBound + Int(numbers.next().multipliedFullWidth(by: count).high)
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
