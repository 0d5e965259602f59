import CPostgres

/// libpq's handle for cancelling what runs on a connection, freed when it goes out of scope.
///
/// Sendable because the handle never changes and PQcancel may be called from any thread.
@safe struct CancelRequest: ~Copyable, @unchecked Sendable {
    private let pointer: OpaquePointer

    /// Takes over a handle; the caller must not free it.
    init(owning pointer: OpaquePointer) {
        unsafe self.pointer = pointer
    }

    deinit {
        // Owned by this value alone.
        unsafe PQfreeCancel(pointer)
    }

    /// Asks the server to cancel and waits until it has passed the request on. Whether anything was running is not known.
    func send() {
        var message = [CChar](repeating: 0, count: 256)
        // libpq writes at most as many bytes as it is told; the message is of no use, a lost request is sent again.
        _ = unsafe message.withUnsafeMutableBufferPointer { buffer in
            unsafe PQcancel(pointer, buffer.baseAddress, Int32(buffer.count))
        }
    }
}
