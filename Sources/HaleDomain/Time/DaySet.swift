/// Some of the days before a day, a bit for each.
package struct DaySet: Sendable, Hashable {
    /// Bit k of word w is set when day 64 w + k + 1 before the day is in the set.
    private(set) var words: [UInt64]

    /// No day, with room for at least so many.
    package init(days: Int) {
        words = Array(repeating: 0, count: (days + 63) / 64)
    }

    init(words: [UInt64]) {
        self.words = words
    }

    /// Adds the day some days before (1 is yesterday); a day there is no room for is left out.
    package mutating func insert(daysBefore: Int) {
        guard daysBefore >= 1, (daysBefore - 1) / 64 < words.count else { return }
        words[(daysBefore - 1) / 64] |= 1 << UInt64((daysBefore - 1) % 64)
    }

    /// Adds days of a month, which may have room to be left out of: bit k of `days` is the day k days after the first.
    /// - Parameters:
    ///   - daysBefore: How many days before the day the first of the month is.
    package mutating func insert(month days: UInt32, firstDaysBefore daysBefore: Int) {
        // Turned round, bit 31 - k stands for the day k days after the first, which goes to bit `daysBefore` - k - 1.
        let turned = UInt64(days.bitsTurned)
        let shift = daysBefore - 32
        if shift < 0 {
            if shift > -32, !words.isEmpty { words[0] |= turned >> UInt64(-shift) }
            return
        }
        let word = shift / 64
        let bit = UInt64(shift % 64)
        if word < words.count { words[word] |= turned << bit }
        if bit > 32, word + 1 < words.count { words[word + 1] |= turned >> (64 - bit) }
    }

    /// Whether the day some days before is in the set (1 is yesterday).
    package func contains(daysBefore: Int) -> Bool {
        guard daysBefore >= 1, (daysBefore - 1) / 64 < words.count else { return false }
        return words[(daysBefore - 1) / 64] & (1 << UInt64((daysBefore - 1) % 64)) != 0
    }

    /// Days from the newest day in the set to the day (1 is yesterday); nil for an empty set.
    package var newest: Int? {
        for (index, word) in words.enumerated() where word != 0 { return 64 * index + word.trailingZeroBitCount + 1 }
        return nil
    }

    /// Whether no day is in the set.
    package var isEmpty: Bool { words.allSatisfy { $0 == 0 } }
}

extension UInt32 {
    /// The bits in the opposite order.
    var bitsTurned: UInt32 {
        var bits = self
        bits = (bits >> 1) & 0x5555_5555 | (bits & 0x5555_5555) << 1
        bits = (bits >> 2) & 0x3333_3333 | (bits & 0x3333_3333) << 2
        bits = (bits >> 4) & 0x0F0F_0F0F | (bits & 0x0F0F_0F0F) << 4
        return bits.byteSwapped
    }
}
