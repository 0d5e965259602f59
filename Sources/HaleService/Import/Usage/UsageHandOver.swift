import HaleDomain
import HaleStore
import Postgres

/// Hands what rows came to over to the temporary tables of an import.
struct UsageHandOver {
    private static let chunkByteCount = 1024 * 1024

    let store: UsageStore

    /// Writes all counts and takes them out of the roll-up.
    func run(_ rollup: inout UsageRollup, names: UsageNames) async throws {
        guard rollup.rowCount > 0 else { return }
        try await writeMonths(&rollup, names)
        try await writeFeatures(&rollup, names)
        try await writeMasks(rollup, names)
        rollup = UsageRollup()
    }

    private func writeMonths(_ rollup: inout UsageRollup, _ names: UsageNames) async throws {
        let entries = rollup.days.takeSorted()
        let months = AccountMonths(entries: entries, rollup: &rollup)
        try await store.stream(into: .accountMonths) { writer in
            var buffer = BinaryCopyBuffer()
            var next = 0
            while let month = months.month(from: next) {
                buffer.appendRow(
                    [
                        .int8(names.holders.ids[month.holder]), .int4(month.first.daysSince2000),
                        .int4(Int32(bitPattern: month.activeDays)),
                    ], count: 3, extending: 3)
                buffer.append(month.events)
                buffer.append(month.quantities)
                buffer.append(month.namedEvents)
                if buffer.byteCount >= Self.chunkByteCount { try await writer.write(buffer.take()) }
                next = month.end
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
    }

    private func writeMasks(_ rollup: UsageRollup, _ names: UsageNames) async throws {
        try await store.stream(into: .personMasks) { writer in
            var buffer = BinaryCopyBuffer()
            for (month, masks) in zip(rollup.months, rollup.masks) {
                for (person, mask) in masks.enumerated() where mask != 0 {
                    buffer.appendRow([
                        .int8(names.holders.ids[names.people.owner(of: person)]), .int4(month.daysSince2000),
                        .int8(names.people.ids[person]), .int4(Int32(bitPattern: mask)),
                    ])
                    if buffer.byteCount >= Self.chunkByteCount { try await writer.write(buffer.take()) }
                }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
    }

    private func writeFeatures(_ rollup: inout UsageRollup, _ names: UsageNames) async throws {
        let entries = rollup.features.takeSorted()
        let months = rollup.months
        try await store.stream(into: .featureCounts) { writer in
            var buffer = BinaryCopyBuffer()
            for entry in entries {
                let (holder, month, feature) = UsageRollup.feature(entry.key)
                buffer.appendRow([
                    .int8(names.holders.ids[holder]), .int4(months[month].daysSince2000),
                    .int8(names.features.ids[feature]), .int4(Int32(bitPattern: entry.detail)),
                    .int8(Int64(entry.events)), .int8(entry.quantity),
                ])
                if buffer.byteCount >= Self.chunkByteCount { try await writer.write(buffer.take()) }
            }
            buffer.finish()
            try await writer.write(buffer.take())
        }
    }
}

/// Counts by account and day, put together by month.
private struct AccountMonths {
    /// The days of a month; arrays have one entry for each.
    struct Month {
        let holder: Int
        let first: Day
        var activeDays: UInt32 = 0
        var events: [Int32]
        var quantities: [Int64]
        var namedEvents: [Int32]
        /// The entry behind the month's.
        var end: Int
    }

    private let entries: [UsageTotals.Entry]
    private let months: [Day]
    /// For each entry the place of its month.
    private let places: [UInt16]

    init(entries: [UsageTotals.Entry], rollup: inout UsageRollup) {
        self.entries = entries
        var places: [UInt16] = []
        places.reserveCapacity(entries.count)
        for entry in entries { places.append(UInt16(rollup.monthPlace(of: UsageRollup.day(entry.key).day))) }
        self.places = places
        months = rollup.months
    }

    /// The month that begins with an entry; nil behind the last one.
    func month(from start: Int) -> Month? {
        guard start < entries.count else { return nil }
        let holder = UsageRollup.day(entries[start].key).holder
        let first = months[Int(places[start])]
        let length = first.distance(to: first.adding(months: 1))
        var month = Month(
            holder: holder, first: first, events: [Int32](repeating: 0, count: length),
            quantities: [Int64](repeating: 0, count: length), namedEvents: [Int32](repeating: 0, count: length),
            end: start)
        while month.end < entries.count, places[month.end] == places[start] {
            let entry = entries[month.end]
            let (owner, day) = UsageRollup.day(entry.key)
            guard owner == holder else { break }
            let place = Int(day - first.daysSince2000)
            month.activeDays |= 1 << UInt32(place)
            month.events[place] = entry.events
            month.quantities[place] = entry.quantity
            month.namedEvents[place] = Int32(entry.detail)
            month.end += 1
        }
        return month
    }
}
