import CPostgres

/// Hands the server's notices to a closure instead of to standard error.
final class NoticeSink: Sendable {
    private let handler: @Sendable (PostgresNotice) -> Void

    init(_ handler: @escaping @Sendable (PostgresNotice) -> Void) {
        self.handler = handler
    }

    /// libpq's callback; the context is the sink.
    static let receive: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?) -> Void = { context, result in
        guard let context = unsafe context, let result = unsafe result else { return }
        // The link retains the sink for as long as libpq may call this; libpq keeps the result.
        let sink = unsafe Unmanaged<NoticeSink>.fromOpaque(context).takeUnretainedValue()
        unsafe sink.handler(ServerResult.notice(of: result))
    }
}
