import HaleStore
import Postgres

/// Writes rows of usage as binary COPY data, those with an event id apart from those without.
struct UsageRowWriter {
    /// What begins the data of a COPY.
    static var head: [UInt8] {
        var buffer = BinaryCopyBuffer()
        return buffer.take()
    }

    /// What ends it.
    static var tail: [UInt8] {
        var buffer = BinaryCopyBuffer()
        _ = buffer.take()
        buffer.finish()
        return buffer.take()
    }

    private let importID: Int64
    /// What is said to be known since, where a row does not say; nil for its own time.
    private let knownSince: Int64?
    private var events: BinaryCopyBuffer
    private var identified: BinaryCopyBuffer
    /// The values of one row, kept so that no row allocates.
    private var fields = [CopyField](repeating: .null, count: 9)

    init(importID: Int64, knownSince: Int64?) {
        self.importID = importID
        self.knownSince = knownSince
        events = BinaryCopyBuffer()
        identified = BinaryCopyBuffer()
        _ = events.take()
        _ = identified.take()
    }

    /// The stream that waits for more bytes; nil when none waits.
    var fullerStream: UsageStore.Stream? {
        if events.byteCount == 0, identified.byteCount == 0 { return nil }
        return events.byteCount >= identified.byteCount ? .events : .identified
    }

    /// Whether there are bytes, all of them for one stream.
    func hasBytes(only stream: UsageStore.Stream) -> Bool {
        fullerStream == stream && (stream == .events ? identified : events).byteCount == 0
    }

    /// Gives the bytes of a stream away.
    mutating func take(_ stream: UsageStore.Stream) -> [UInt8] {
        stream == .events ? events.take() : identified.take()
    }

    /// Appends a row whose names are known.
    mutating func append(
        _ row: UsageBatch.Row, account: Int64, person: Int64?, feature: Int64?, recorded: Int64?,
        texts: [UInt8]
    ) {
        fields[0] = .int8(account)
        fields[1] = .int4(row.day)
        fields[2] = .int8(row.instant)
        fields[3] = person.map { .int8($0) } ?? .null
        fields[4] = feature.map { .int8($0) } ?? .null
        fields[5] = .int8(row.quantity)
        fields[6] = .int8(recorded ?? knownSince ?? row.instant)
        fields[7] = .int8(row.line)
        fields[8] = .int8(importID)
        guard !row.event.isEmpty else { return events.appendRow(fields) }
        identified.appendRow(fields, count: 8, extending: 2)
        identified.append(utf8: texts[row.event])
        if row.raw.isEmpty { identified.appendNull() } else { identified.append(utf8: texts[row.raw]) }
    }
}
