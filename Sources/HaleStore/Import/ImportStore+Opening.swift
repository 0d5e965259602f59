package import HaleDomain

extension ImportStore {
    /// For how long an import can be undone.
    package static let undoLimitDays: Int32 = 30

    /// What a receipt begins with.
    package struct Opening: Sendable, Equatable {
        /// The kind of the rows.
        package var kind: ImportKind
        /// The file as the user named it.
        package var fileName: String
        /// The file's SHA-256.
        package var checksum: String
        /// What the file was like, in words.
        package var source: String
        /// The mapping file or preset, by name.
        package var mapping: String?
        /// Whether facts count as known since they happened.
        package var isHistory: Bool
        /// How to read a row of the file again, as JSON.
        package var recipe: String
        /// The receipt whose rejected rows are taken in.
        package var replayOf: Int64?

        /// The beginning of a receipt.
        package init(
            kind: ImportKind, fileName: String, checksum: String, source: String, mapping: String?, isHistory: Bool,
            recipe: String, replayOf: Int64? = nil
        ) {
            self.kind = kind
            self.fileName = fileName
            self.checksum = checksum
            self.source = source
            self.mapping = mapping
            self.isHistory = isHistory
            self.recipe = recipe
            self.replayOf = replayOf
        }
    }
}
