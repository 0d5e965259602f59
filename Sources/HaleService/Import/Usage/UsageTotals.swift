/// Counts by key: events, quantity, and either a set of bits or a second count.
struct UsageTotals {
    struct Entry {
        var key: UInt64
        var quantity: Int64
        var events: Int32
        /// Active days as bits, or how many of the events name a person.
        var detail: UInt32
    }

    private var entries: [Entry] = []
    private var buckets = [Int32](repeating: -1, count: 1024)
    private var shift: UInt64 = 54

    /// The memory that the counts take up, in bytes.
    var memoryByteCount: Int { entries.capacity * MemoryLayout<Entry>.stride + buckets.capacity * 4 }

    /// Counts an event and sets bits of its key. False when the quantities add up to more than 64 bits hold.
    mutating func add(_ key: UInt64, quantity: Int64, bits: UInt32) -> Bool {
        let place = place(of: key)
        entries[place].detail |= bits
        return add(quantity, at: place)
    }

    /// Counts an event, which names a person or does not.
    mutating func add(_ key: UInt64, quantity: Int64, isNamed: Bool) -> Bool {
        let place = place(of: key)
        if isNamed { entries[place].detail += 1 }
        return add(quantity, at: place)
    }

    /// Gives the entries away in order of their keys.
    mutating func takeSorted() -> [Entry] {
        var sorted: [Entry] = []
        swap(&sorted, &entries)
        self = UsageTotals()
        sorted.sort { $0.key < $1.key }
        return sorted
    }

    private mutating func add(_ quantity: Int64, at place: Int) -> Bool {
        entries[place].events += 1
        let (sum, isTooMuch) = entries[place].quantity.addingReportingOverflow(quantity)
        entries[place].quantity = sum
        return !isTooMuch
    }

    private mutating func place(of key: UInt64) -> Int {
        let mask = buckets.count - 1
        var bucket = Int(truncatingIfNeeded: Self.hash(key) >> shift)
        while buckets[bucket] >= 0 {
            let place = Int(buckets[bucket])
            if entries[place].key == key { return place }
            bucket = (bucket + 1) & mask
        }
        entries.append(Entry(key: key, quantity: 0, events: 0, detail: 0))
        buckets[bucket] = Int32(entries.count - 1)
        if entries.count * 4 > buckets.count * 3 { grow() }
        return entries.count - 1
    }

    private mutating func grow() {
        buckets = [Int32](repeating: -1, count: buckets.count * 2)
        shift -= 1
        let mask = buckets.count - 1
        for place in entries.indices {
            var bucket = Int(truncatingIfNeeded: Self.hash(entries[place].key) >> shift)
            while buckets[bucket] >= 0 { bucket = (bucket + 1) & mask }
            buckets[bucket] = Int32(place)
        }
    }

    private static func hash(_ key: UInt64) -> UInt64 {
        (key ^ key >> 32) &* 0x9E37_79B9_7F4A_7C15
    }
}
