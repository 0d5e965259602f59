/// The bounds of reading a file; memory stays below them whatever the file's size.
public struct ReadingLimits: Hashable, Sendable {
    /// The bytes read from the file, or unpacked, at a time.
    public let bufferByteCount: Int
    /// The longest record, quotes and line breaks included.
    public let recordByteLimit: Int

    /// The part of the file, unpacked, that encoding and separator are looked for in.
    static let sampleByteLimit = 64 * 1024
    /// The records of the sample that the separator must fit.
    static let sampleRecordLimit = 100
    /// The misfits of a column that are kept with their lines; the rest is counted.
    static let misfitLimit = 20

    /// The limits of a derived file, whose records hold the row as it came beside the values.
    static let derived = ReadingLimits(recordByteLimit: 4 * 1024 * 1024)

    /// The limits used unless a test needs others.
    public static let standard = ReadingLimits()

    /// Limits; both must be positive.
    public init(bufferByteCount: Int = 256 * 1024, recordByteLimit: Int = 1024 * 1024) {
        precondition(bufferByteCount > 0 && recordByteLimit > 0, "a limit is positive")
        self.bufferByteCount = bufferByteCount
        self.recordByteLimit = recordByteLimit
    }
}
