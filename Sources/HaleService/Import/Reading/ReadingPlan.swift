/// How a file is to be read: what pass one has found.
struct ReadingPlan: Hashable {
    var encoding: TextEncoding
    var byteOrderMarkByteCount: Int
    var dialect: Dialect
    var limits: ReadingLimits

    /// Looks at the first bytes of a file; a file without a sign of UTF-16 is taken for UTF-8 for now.
    init(sniffing file: ImportFile, limits: ReadingLimits) throws(ImportProblem) {
        let head = try file.head()
        (encoding, byteOrderMarkByteCount) = TextEncoding.detect(head: head)
        self.limits = limits
        var text = head
        var decoder = TextDecoder(encoding: encoding, byteOrderMarkByteCount: byteOrderMarkByteCount)
        // The sample may be in an older encoding or end inside a character; separators are ASCII in all of them.
        try? decoder.decode(&text, from: 0)
        dialect = Dialect(sample: text, isWhole: head.count < ReadingLimits.sampleByteLimit)
    }
}
