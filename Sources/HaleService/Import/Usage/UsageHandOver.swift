import HaleDomain
import HaleStore
import Postgres

/// Hands what rows came to over to the temporary tables of an import.
struct UsageHandOver {
    private static let chunkByteCount = 1024 * 1024

    let store: UsageStore

    /// Writes all counts.
    func run(_ rollup: UsageRollup, names: UsageNames) async throws {
        guard rollup.rowCount > 0 else { return }
        try await writeDays(rollup, names)
        try await writeMasks(rollup, names)
        try await writeFeatures(rollup, names)
    }

    private func writeDays(_ rollup: UsageRollup, _ names: UsageNames) async throws {
        try await store.stream(into: .accountDays) { writer in
            var buffer = BinaryCopyBuffer()
            for entry in rollup.days.entries {
                let (holder, day) = UsageRollup.day(entry.key)
                buffer.appendRow([
                    .int8(names.holders.ids[holder]), .int4(day), .int4(entry.events), .int8(entry.quantity),
                    .int4(Int32(entry.detail)),
                ])
                if buffer.byteCount >= Self.chunkByteCount { try await writer.write(buffer.take()) }
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

    private func writeFeatures(_ rollup: UsageRollup, _ names: UsageNames) async throws {
        try await store.stream(into: .featureCounts) { writer in
            var buffer = BinaryCopyBuffer()
            for entry in rollup.features.entries {
                let (holder, month, feature) = UsageRollup.feature(entry.key)
                buffer.appendRow([
                    .int8(names.holders.ids[holder]), .int4(rollup.months[month].daysSince2000),
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
