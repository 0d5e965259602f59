extension ImportStore {
    /// For how long an import can be undone.
    public static let undoLimitDays: Int32 = 30

    /// What a receipt begins with.
    public struct Opening: Sendable, Equatable {
        /// The kind of the rows.
        public var kind: String
        /// The file as the user named it.
        public var fileName: String
        /// The file's SHA-256.
        public var checksum: String
        /// What the file was like, in words.
        public var source: String
        /// The mapping file or preset, by name.
        public var mapping: String?
        /// Whether facts count as known since they happened.
        public var isHistory: Bool
        /// How to read a row of the file again, as JSON.
        public var recipe: String
        /// The receipt whose rejected rows are taken in.
        public var replayOf: Int64?

        /// The beginning of a receipt.
        public init(
            kind: String, fileName: String, checksum: String, source: String, mapping: String?, isHistory: Bool,
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
