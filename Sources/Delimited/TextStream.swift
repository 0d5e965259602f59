/// The text of a file as UTF-8, read piece by piece from its start.
final class TextStream {
    /// The text in memory, of which everything before `position` has been read.
    private(set) var buffer: [UInt8] = []
    /// Where reading goes on.
    var position = 0
    /// The line of the file that this is on, counted from 1.
    var line = 1
    /// Whether the text in memory is the last of the file.
    private(set) var isEnd = false
    let fileName: String
    let limits: ReadingLimits
    private let bytes: FileBytes
    private let expectedSHA256: String?
    private var decoder: TextDecoder

    /// A stream at the start of the text. With a checksum, reaching the end of a file that has another one is a problem: the
    /// file has changed since.
    init(file: ImportFile, plan: ReadingPlan, expectedSHA256: String?) {
        fileName = file.name
        limits = plan.limits
        self.expectedSHA256 = expectedSHA256
        bytes = FileBytes(of: file, bufferByteCount: plan.limits.bufferByteCount)
        decoder = TextDecoder(encoding: plan.encoding, byteOrderMarkByteCount: plan.byteOrderMarkByteCount)
    }

    /// The bytes of the file as given, packed or not, that have been read so far.
    var bytesConsumed: Int { bytes.rawByteCount }

    /// The SHA-256 of those bytes.
    var sha256: String { bytes.sha256 }

    /// The bytes in memory that have not been read.
    var remainingCount: Int { buffer.count - position }

    /// Moves the rest to the front of the buffer and reads on.
    func fill() throws(ImportProblem) {
        if position > 0 {
            buffer.removeSubrange(0..<position)
            position = 0
        }
        let start = buffer.count
        if try bytes.append(to: &buffer) {
            do { try decoder.decode(&buffer, from: start) } catch { throw undecodable(error) }
        } else {
            do { try decoder.finish() } catch { throw undecodable(error) }
            isEnd = true
            if let expectedSHA256, expectedSHA256 != sha256 {
                throw ImportProblem(
                    .changedWhileReading, file: fileName, "has changed while it was read; import it again")
            }
        }
    }

    /// Passes over lines, whatever is on them, up to the beginning of one; false where the file ends before it.
    func skipLines(to wanted: Int) throws(ImportProblem) -> Bool {
        while line < wanted {
            while position < buffer.count, buffer[position] != 0x0A, buffer[position] != 0x0D { position += 1 }
            guard let next = lineEnd(at: position) else {
                if isEnd { return false }
                try fill()
                continue
            }
            position = next
            line += 1
        }
        return true
    }

    /// The start of the line behind the line break at a position; nil when more text is needed to tell, or none is there.
    func lineEnd(at position: Int) -> Int? {
        guard position < buffer.count else { return nil }
        guard buffer[position] == 0x0D else { return position + 1 }
        guard position + 1 < buffer.count else { return isEnd ? position + 1 : nil }
        return buffer[position + 1] == 0x0A ? position + 2 : position + 1
    }

    private func undecodable(_ fault: TextDecoder.Fault) -> ImportProblem {
        let name =
            switch fault {
            case .invalidUTF8: "UTF-8"
            case .invalidUTF16: "UTF-16"
            }
        return ImportProblem(
            .encoding, file: fileName, line: line, "the text is not valid \(name); save the file as UTF-8")
    }
}
