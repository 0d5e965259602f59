/// What an import of usage holds in memory before it hands something over to the database.
package struct UsageLimits: Sendable, Hashable {
    /// The bytes that counts may take up.
    package var countByteCount: Int
    /// The bytes that names may take up.
    package var nameByteCount: Int
    /// The rows that are read before they are written.
    package var batchRowCount: Int
    /// The rejected rows that are kept before they are written.
    package var rejectCount: Int

    /// Limits; the defaults keep a command below 256 MB.
    package init(
        countByteCount: Int = 128 * 1024 * 1024, nameByteCount: Int = 56 * 1024 * 1024, batchRowCount: Int = 16_384,
        rejectCount: Int = 1_000
    ) {
        self.countByteCount = countByteCount
        self.nameByteCount = nameByteCount
        self.batchRowCount = batchRowCount
        self.rejectCount = rejectCount
    }
}
