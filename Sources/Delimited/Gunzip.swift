import CZlib

/// Unpacks a gzip stream of one or more members while it is read; the one place that touches zlib.
@safe final class Gunzip {
    /// The first two bytes of every gzip member.
    static let magic: [UInt8] = [0x1F, 0x8B]

    /// Why a stream cannot be unpacked.
    enum Fault: Error, Equatable {
        case truncated
        case damaged(String)
        case trailingBytes

        var message: String {
            switch self {
            case .truncated: "the gzip data ends too early; copy or download the file again"
            case .damaged(let reason): "the gzip data is damaged (\(reason)); copy or download the file again"
            case .trailingBytes: "something that is not gzip follows the packed data; pack the file again"
            }
        }
    }

    private enum State {
        case insideMember
        case betweenMembers
    }

    // zlib keeps a pointer to its stream record, so the record needs an address that never changes.
    private let stream: UnsafeMutablePointer<z_stream>
    private var output: [UInt8]
    private var input: [UInt8] = []
    private var position = 0
    private var state = State.betweenMembers
    private var hasMember = false

    /// An unpacker that gives at most `outputByteCount` bytes at a time.
    init(outputByteCount: Int) {
        output = [UInt8](repeating: 0, count: outputByteCount)
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        // 16 + 15: gzip framing, the largest window. It can only fail for want of memory or a wrong library.
        let result = unsafe inflateInit2_(stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
        precondition(result == Z_OK, "zlib cannot be used: code \(result)")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deinitialize(count: 1)
        unsafe stream.deallocate()
    }

    /// Appends the next unpacked bytes, reading packed ones with `refill`; false at the end of the last member.
    func append(
        to buffer: inout [UInt8], refill: (inout [UInt8]) throws(ImportProblem) -> Bool,
        problem: (Fault) -> ImportProblem
    ) throws(ImportProblem) -> Bool {
        while true {
            // Output that zlib still holds is never lost here: it takes the checksum at a member's end only after it has
            // given all of the member's bytes.
            if position == input.count {
                input.removeAll(keepingCapacity: true)
                position = 0
                guard try refill(&input) else {
                    guard state == .betweenMembers, hasMember else { throw problem(.truncated) }
                    return false
                }
            }
            do throws(Fault) {
                guard try startMember() else { continue }
                if try inflateOnce(into: &buffer) > 0 { return true }
            } catch {
                throw problem(error)
            }
        }
    }

    /// Looks for the next member where one has ended; false when more input is needed.
    private func startMember() throws(Fault) -> Bool {
        guard state == .betweenMembers else { return true }
        // Tapes and some tools pad the last member with zero bytes.
        while hasMember, position < input.count, input[position] == 0 { position += 1 }
        guard position < input.count else { return false }
        guard input[position] == Self.magic[0] else { throw .trailingBytes }
        unsafe inflateReset(stream)
        state = .insideMember
        hasMember = true
        return true
    }

    /// Unpacks once from what has been read; gives the count of bytes appended.
    private func inflateOnce(into buffer: inout [UInt8]) throws(Fault) -> Int {
        var result = Z_OK
        var unusedOutput = 0
        var unusedInput = 0
        // The pointers are valid inside the closures only, and zlib uses them only during this call.
        unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.pointee.next_in = source.baseAddress.map { unsafe $0 + position }
                unsafe stream.pointee.avail_in = UInt32(source.count - position)
                unsafe stream.pointee.next_out = target.baseAddress
                unsafe stream.pointee.avail_out = UInt32(target.count)
                result = unsafe inflate(stream, Z_NO_FLUSH)
                unusedOutput = unsafe Int(stream.pointee.avail_out)
                unusedInput = unsafe Int(stream.pointee.avail_in)
            }
        }
        position = input.count - unusedInput
        let count = output.count - unusedOutput
        buffer.append(contentsOf: output[..<count])
        switch result {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END: state = .betweenMembers
        default:
            let reason = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "code \(result)"
            throw .damaged(reason)
        }
        return count
    }
}
