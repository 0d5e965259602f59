import Delimited

/// The rejected rows of an earlier import, on their way in again.
struct ReplayedRows: Sendable {
    /// The rows, as a file.
    let file: ImportFile
    /// The receipt under which they were kept.
    let receipt: Int64
    /// The file from which they came.
    let fileName: String
    /// Its SHA-256, by which rows without an id are keyed.
    let checksum: String
    /// For each line on which a row begins in the file that is read, the line on which it began there.
    let lines: [Int: Int]

    /// What the receipt says of its source.
    var source: String { "rows that receipt \(receipt) had left out" }
}
