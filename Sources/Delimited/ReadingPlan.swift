/// How a file is to be read: what pass one has found.
package struct ReadingPlan: Hashable {
    var encoding: TextEncoding
    var byteOrderMarkByteCount: Int
    var dialect: Dialect
    /// How the objects of a JSON file stand in it; nil for delimited text.
    let layout: JSONLayout?
    /// The columns of a JSON file, once they are known.
    var json: JSONColumns?
    /// What is known of the places of records; the header's line too, once it has been looked for and is not the first.
    var known: KnownLines
    var limits: ReadingLimits

    /// Looks at the first bytes of a file; a file without a sign of UTF-16 is taken for UTF-8 for now.
    init(sniffing file: ImportFile, known: KnownLines, limits: ReadingLimits) throws(ImportProblem) {
        let head = try file.head()
        (encoding, byteOrderMarkByteCount) = TextEncoding.detect(head: head)
        self.limits = limits
        self.known = known
        var text = head
        var decoder = TextDecoder(encoding: encoding, byteOrderMarkByteCount: byteOrderMarkByteCount)
        // The sample may be in an older encoding or end inside a character; separators are ASCII in all of them.
        try? decoder.decode(&text, from: 0)
        let isWhole = head.count < ReadingLimits.sampleByteLimit
        layout = JSONLayout(sample: text, isWhole: isWhole)
        dialect = layout == nil ? Dialect(sample: text, isWhole: isWhole, headerLine: known.header ?? 1) : .ofRows
        guard layout != nil, let line = known.header else { return }
        throw ImportProblem(
            .headerLine, file: file.name,
            "is JSON, where every object names its values: leave out the line of the header "
                + "(\(line))")
    }

    /// A scanner for some columns of the file, counted from 0; nil where none can be had.
    package func plainLineScanner(columnCount: Int, wanted: [Int]) -> PlainLineScanner? {
        guard layout == nil, known.records.isEmpty else { return nil }
        return PlainLineScanner(
            separator: dialect.separator, columnCount: columnCount, wanted: wanted, byteLimit: limits.recordByteLimit)
    }
}
