import CPostgres

/// The one owner of a libpq connection: every call blocks the thread it is made on, and belongs to one `Connection`.
@safe final class ServerLink {
    /// What came of writing or reading one portion of a COPY.
    enum CopyStep {
        case data
        case nothingYet
        case end
    }

    private let pointer: OpaquePointer
    /// libpq holds an unretained pointer to this.
    private let notices: NoticeSink

    /// Begins to connect; `connect` does the rest.
    init(_ settings: ConnectionSettings) throws(PostgresError) {
        let pairs = try settings.resolved()
        // libpq copies the strings before it returns; both lists end with null.
        let started = unsafe CStrings.withPointers(to: pairs.map(\.keyword)) { keywords in
            unsafe CStrings.withPointers(to: pairs.map(\.value)) { values in
                unsafe PQconnectStartParams(keywords, values, 0)
            }
        }
        guard let started = unsafe started else {
            throw PostgresError(kind: .connection, message: "there is no memory for a connection")
        }
        unsafe pointer = started
        notices = NoticeSink(settings.onNotice)
        // The sink outlives the connection: PQfinish is called before it is released.
        unsafe PQsetNoticeReceiver(started, NoticeSink.receive, Unmanaged.passUnretained(notices).toOpaque())
    }

    deinit {
        // Owned by this object alone.
        unsafe PQfinish(pointer)
    }

    // MARK: Opening

    /// Waits for the connection to open, at most as long as the keyword `connect_timeout` says.
    func connect() throws(PostgresError) {
        // Only the verbose form of the message holds the server's code; statements read it from the result.
        _ = unsafe PQsetErrorVerbosity(pointer, PQERRORS_VERBOSE)
        let timeoutSeconds = connectTimeoutSeconds
        let deadline = ContinuousClock.now + .seconds(timeoutSeconds)
        var state = unsafe PQstatus(pointer) == CONNECTION_BAD ? PGRES_POLLING_FAILED : PGRES_POLLING_WRITING
        while state != PGRES_POLLING_OK {
            guard state != PGRES_POLLING_FAILED else {
                throw unsafe ConnectFailure.error(
                    verboseMessage: lastMessage, needsPassword: PQconnectionNeedsPassword(pointer) == 1)
            }
            let ready = unsafe cpostgres_wait(
                PQsocket(pointer), state == PGRES_POLLING_WRITING ? 1 : 0, Self.cancellationCheckMilliseconds)
            if ready != 0 { state = unsafe PQconnectPoll(pointer) }
            guard !Task.isCancelled else { throw .cancelled(nil) }
            guard ContinuousClock.now < deadline else {
                throw PostgresError(
                    kind: .connection,
                    message: "the server did not answer within \(timeoutSeconds) seconds (connect_timeout)")
            }
        }
        _ = unsafe PQsetErrorVerbosity(pointer, PQERRORS_DEFAULT)
    }

    private static let defaultConnectTimeoutSeconds = 10
    private static let cancellationCheckMilliseconds: Int32 = 100

    /// The keyword `connect_timeout` or `PGCONNECT_TIMEOUT`; libpq heeds it only in its blocking way of connecting.
    private var connectTimeoutSeconds: Int {
        // The list ends with an entry without keyword and is freed here.
        let options = unsafe PQconninfo(pointer)
        defer { unsafe PQconninfoFree(options) }
        guard let options = unsafe options else { return Self.defaultConnectTimeoutSeconds }
        var index = 0
        while let keyword = unsafe options[index].keyword {
            if unsafe String(cString: keyword) == "connect_timeout", let value = unsafe options[index].val,
                let seconds = unsafe Int(String(cString: value)), seconds > 0
            {
                return seconds
            }
            index += 1
        }
        return Self.defaultConnectTimeoutSeconds
    }

    // MARK: State

    var isBad: Bool { unsafe PQstatus(pointer) != CONNECTION_OK }
    var backendProcessID: Int { unsafe Int(PQbackendPID(pointer)) }
    var lastMessage: String { unsafe String(cString: PQerrorMessage(pointer)) }

    var transactionStatus: TransactionStatus {
        switch unsafe PQtransactionStatus(pointer) {
        case PQTRANS_IDLE: .idle
        case PQTRANS_ACTIVE: .active
        case PQTRANS_INTRANS: .inTransaction
        case PQTRANS_INERROR: .inFailedTransaction
        default: .unknown
        }
    }

    /// Reads what has arrived without waiting; a connection the server closed is bad afterwards.
    func readWithoutWaiting() {
        _ = unsafe PQconsumeInput(pointer)
    }

    /// Whether the next result can be had without waiting.
    var hasResultReady: Bool {
        // Most rows are in the buffer already; the system call is for when it is empty.
        if unsafe PQisBusy(pointer) == 0 { return true }
        readWithoutWaiting()
        return unsafe PQisBusy(pointer) == 0
    }

    /// The handle for cancelling what runs here from another thread.
    func makeCancelRequest() -> CancelRequest? {
        // The request is a copy of the address and key; the new owner frees it.
        unsafe PQgetCancel(pointer).map { unsafe CancelRequest(owning: $0) }
    }

    // MARK: Statements; false means that the message in `lastMessage` says why nothing was sent

    func sendPrepare(name: String, text: String) -> Bool {
        unsafe PQsendPrepare(pointer, name, text, 0, nil) == 1
    }

    func sendDescribe(name: String) -> Bool {
        unsafe PQsendDescribePrepared(pointer, name) == 1
    }

    func sendSimple(_ text: String) -> Bool {
        unsafe PQsendQuery(pointer, text) == 1
    }

    func sendExecute(name: String, binding: ParameterBinding, rowByRow: Bool) -> Bool {
        // libpq writes the parameters to the socket's buffer before it returns.
        let wasSent = unsafe binding.withPointers { count, values, lengths, formats in
            unsafe PQsendQueryPrepared(pointer, name, count, values, lengths, formats, 1) == 1
        }
        if wasSent && rowByRow { return unsafe PQsetSingleRowMode(pointer) == 1 }
        return wasSent
    }

    /// Parses, binds and executes at once, so that nothing has to be left on the server.
    func sendExecute(text: String, types: [PostgresType], binding: ParameterBinding, rowByRow: Bool) -> Bool {
        // libpq writes text, types and parameters to the socket's buffer before it returns.
        let wasSent = unsafe types.map(\.oid).withUnsafeBufferPointer { types in
            unsafe binding.withPointers { count, values, lengths, formats in
                unsafe PQsendQueryParams(pointer, text, count, types.baseAddress, values, lengths, formats, 1) == 1
            }
        }
        if wasSent && rowByRow { return unsafe PQsetSingleRowMode(pointer) == 1 }
        return wasSent
    }

    /// The next result of what was sent, nil after the last one.
    func nextResult() -> ServerResult? {
        // Ownership of the result passes to the value.
        guard let result = unsafe PQgetResult(pointer) else { return nil }
        return unsafe ServerResult(owning: result)
    }

    // MARK: COPY

    func putCopyData(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + Self.copyMessageBytes)
            // libpq copies or sends the bytes before it returns.
            let wasPut = unsafe bytes[start..<end].withUnsafeBytes { slice in
                unsafe PQputCopyData(
                    pointer, slice.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(slice.count)) == 1
            }
            guard wasPut else { return false }
            start = end
        }
        return true
    }

    private static let copyMessageBytes = 262_144

    func putCopyEnd(failure: String?) -> Bool {
        unsafe PQputCopyEnd(pointer, failure) == 1
    }

    /// Appends the next message of a COPY TO; without `waiting` it takes only what has arrived.
    func appendCopyData(to bytes: inout [UInt8], waiting: Bool) -> CopyStep {
        var message: UnsafeMutablePointer<CChar>?
        var length = unsafe PQgetCopyData(pointer, &message, waiting ? 0 : 1)
        if length == 0 {
            readWithoutWaiting()
            length = unsafe PQgetCopyData(pointer, &message, 1)
        }
        // libpq allocated the message; it is copied, then freed.
        defer { unsafe PQfreemem(message) }
        switch length {
        case 0: return .nothingYet
        case ..<0: return .end
        default:
            unsafe bytes.append(contentsOf: UnsafeRawBufferPointer(start: message, count: Int(length)))
            return .data
        }
    }
}
