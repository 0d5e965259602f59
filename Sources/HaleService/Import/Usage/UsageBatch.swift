import Delimited

/// Rows of a usage file that were read and wait for what the database knows of their names.
struct UsageBatch {
    /// One row. Names are called by their places in `UsageNames`, -1 for none.
    struct Row {
        /// The line of the file.
        var line: Int64
        var holder: Int32
        var person: Int32
        var feature: Int32
        var quantity: Int64
        var occurred: WrittenInstant
        var recorded: WrittenInstant?
        /// The event's id among the texts; empty for an event without one.
        var event = 0..<0
        /// The row as it stands in the file, where that has to be kept.
        var raw = 0..<0
        /// The instant it happened, known once the zone's offsets are.
        var instant: Int64 = 0
        /// The day on which that is.
        var day: Int32 = 0
    }

    /// The most bytes of texts kept for its rows.
    static let textByteLimit = 4 * 1024 * 1024

    var rows: [Row] = []
    private let rowLimit: Int
    /// Event ids and rows as they stand in the file.
    private(set) var texts: [UInt8] = []

    /// A batch of at most so many rows.
    init(rowLimit: Int) {
        self.rowLimit = rowLimit
    }

    /// Whether no further row should be read before these are written.
    var isFull: Bool { rows.count >= rowLimit || texts.count >= Self.textByteLimit }

    /// Keeps a piece of text.
    mutating func keep(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> Range<Int> {
        let first = texts.count
        for index in start..<end { texts.append(bytes[index]) }
        return first..<texts.count
    }

    /// Empties the batch.
    mutating func removeAll() {
        rows.removeAll(keepingCapacity: true)
        texts.removeAll(keepingCapacity: true)
    }
}
