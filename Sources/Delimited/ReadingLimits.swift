/// The bounds of reading a file; memory stays below them whatever the file's size.
package struct ReadingLimits: Hashable, Sendable {
    /// The bytes read from the file, or unpacked, at a time.
    package let bufferByteCount: Int
    /// The longest record, quotes and line breaks included.
    package let recordByteLimit: Int

    /// The part of the file, unpacked, that encoding and separator are looked for in.
    static let sampleByteLimit = 64 * 1024
    /// The records of the sample that the separator must fit.
    static let sampleRecordLimit = 100
    /// The records behind the first in which a header is looked for, where the first is none.
    static let headerSearchRecordLimit = 20
    /// The longest name of a column, in characters.
    static let columnNameCharacterLimit = 1_000
    /// The lines without a value that may follow each other: twice the rows of an Excel sheet.
    static let emptyLineLimit = 2_097_152
    /// The longest name, in characters.
    static let nameCharacterLimit = 1_000
    /// The longest text, such as a comment, in characters.
    static let textCharacterLimit = 100_000
    /// The different paths of values that the objects of a JSON file may have together.
    static let pathLimit = 2_000
    /// How deep lists and objects may stand in each other in a JSON file.
    static let nestingLimit = 64
    /// The columns of a file that the expressions of a mapping and its columns may use together.
    package static let derivationColumnLimit = 250
    /// The misfits of a column that are kept with their lines; the rest is counted.
    static let misfitLimit = 20

    /// The limits of a derived file, whose records hold the row as it came beside the values.
    package static let derived = ReadingLimits(recordByteLimit: 4 * 1024 * 1024)

    /// The limits used unless a test needs others.
    package static let standard = ReadingLimits()

    /// Limits; both must be positive.
    package init(bufferByteCount: Int = 256 * 1024, recordByteLimit: Int = 1024 * 1024) {
        precondition(bufferByteCount > 0 && recordByteLimit > 0, "a limit is positive")
        self.bufferByteCount = bufferByteCount
        self.recordByteLimit = recordByteLimit
    }
}
