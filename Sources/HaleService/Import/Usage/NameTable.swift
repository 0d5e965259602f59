/// Names that another system gave, found by their bytes; each belongs to an owner, as people belong to an account.
///
/// A name is called by its place, which counts from 0 in the order in which names came.
struct NameTable {
    /// What is known of the database's id of a name.
    static let unasked: Int64 = 0
    /// The database has no such thing.
    static let unknown: Int64 = -1

    private struct Entry {
        var start: UInt32
        var byteCount: UInt32
        var hash: UInt32
        var owner: Int32
    }

    /// The database's id of each name, `unasked` or `unknown`.
    var ids: [Int64] = []

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []
    /// Places by hash, -1 where there is none; a power of two of them, at most three quarters in use.
    private var buckets = [Int32](repeating: -1, count: 1024)

    /// The memory that the table takes up, in bytes.
    var memoryByteCount: Int {
        bytes.capacity + entries.capacity * MemoryLayout<Entry>.stride + buckets.capacity * 4 + ids.capacity * 8
    }

    /// The owner of a name.
    func owner(of place: Int) -> Int { Int(entries[place].owner) }

    /// A name as text.
    func text(of place: Int) -> String {
        let entry = entries[place]
        return String(decoding: bytes[Int(entry.start)..<Int(entry.start + entry.byteCount)], as: UTF8.self)
    }

    /// The place of a name; nil when it has not come yet.
    func place(of text: Span<UInt8>, from start: Int, to end: Int, owner: Int32) -> Int32? {
        let hash = Self.hash(text, start, end, owner)
        let mask = buckets.count - 1
        var bucket = Int(hash) & mask
        while buckets[bucket] >= 0 {
            let place = buckets[bucket]
            let entry = entries[Int(place)]
            if entry.hash == hash, entry.owner == owner, isSame(entry, text, start, end) { return place }
            bucket = (bucket + 1) & mask
        }
        return nil
    }

    /// Takes in a name that is not there and returns its place.
    mutating func insert(_ text: Span<UInt8>, from start: Int, to end: Int, owner: Int32) -> Int32 {
        if (entries.count + 1) * 4 > buckets.count * 3 { grow() }
        let hash = Self.hash(text, start, end, owner)
        let place = Int32(entries.count)
        entries.append(
            Entry(start: UInt32(bytes.count), byteCount: UInt32(end - start), hash: hash, owner: owner))
        for index in start..<end { bytes.append(text[index]) }
        ids.append(Self.unasked)
        put(place, hash: hash)
        return place
    }

    private func isSame(_ entry: Entry, _ text: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
        guard Int(entry.byteCount) == end - start else { return false }
        var own = Int(entry.start)
        for index in start..<end {
            if bytes[own] != text[index] { return false }
            own += 1
        }
        return true
    }

    private mutating func put(_ place: Int32, hash: UInt32) {
        let mask = buckets.count - 1
        var bucket = Int(hash) & mask
        while buckets[bucket] >= 0 { bucket = (bucket + 1) & mask }
        buckets[bucket] = place
    }

    private mutating func grow() {
        buckets = [Int32](repeating: -1, count: buckets.count * 2)
        for place in entries.indices { put(Int32(place), hash: entries[place].hash) }
    }

    /// FNV-1a, with the high bits folded in at the end.
    private static func hash(_ text: Span<UInt8>, _ start: Int, _ end: Int, _ owner: Int32) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(UInt32(bitPattern: owner)) &* 0x9E37_79B9_7F4A_7C15
        for index in start..<end { hash = (hash ^ UInt64(text[index])) &* 0x0000_0100_0000_01B3 }
        hash ^= hash >> 29
        hash = hash &* 0xBF58_476D_1CE4_E5B9
        return UInt32(truncatingIfNeeded: hash >> 32)
    }
}
