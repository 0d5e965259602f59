/// A stream or COPY that is open on a connection; nothing else can run there until it ends.
struct Activity {
    enum Source {
        case rows(RowLayout)
        case copyOut
        case copyIn
    }

    let source: Source
    let statement: Statement
    let lease: StreamLease
    /// Cancelling would spoil a surrounding transaction, so the rest of the stream is read and dropped there instead.
    let isInTransaction: Bool
    /// An error that arrived behind rows; it is thrown once those have been taken.
    var failure: PostgresError?
}

/// A part of a stream.
struct Portion<Content: Sendable>: Sendable {
    let content: Content
    let isLast: Bool
}
