/// Where the records of a file begin, as far as that is known before it is read.
package struct KnownLines: Hashable, Sendable {
    /// The line of the header, counted from 1. Where nil the first record is the header, or the only one behind it that
    /// names the columns.
    package var header: Int?
    /// Lines on which records begin, in order, of a file that was put together of rows: no record goes on behind the next
    /// of them.
    package var records: [Int] = []

    /// What is known of a file.
    package init(header: Int? = nil) {
        self.header = header
    }

    /// The first line behind another that is known to begin a record.
    func nextRecord(behind line: Int) -> Int? {
        var low = 0
        var high = records.count
        while low < high {
            let middle = (low + high) / 2
            if records[middle] > line { high = middle } else { low = middle + 1 }
        }
        return low < records.count ? records[low] : nil
    }
}
