import Crypto
import Foundation

/// The bytes of a file exactly as given, read from its start in chunks, with their count and SHA-256.
package final class RawBytes {
    private let handle: FileHandle
    private let fileName: String
    private let chunkByteCount: Int
    private var hash = SHA256()
    private(set) var byteCount = 0

    init(handle: FileHandle, fileName: String, chunkByteCount: Int) {
        self.handle = handle
        self.fileName = fileName
        self.chunkByteCount = chunkByteCount
    }

    /// Appends the next chunk; false at the end of the file.
    func append(to buffer: inout [UInt8]) throws(ImportProblem) -> Bool {
        let chunk: Data
        do {
            // Every reader keeps its own place, so two readers of one file do not disturb each other.
            try handle.seek(toOffset: UInt64(byteCount))
            chunk = try handle.read(upToCount: chunkByteCount) ?? Data()
        } catch {
            throw ImportProblem(.unreadable, file: fileName, "cannot be read: \(error.localizedDescription)")
        }
        guard !chunk.isEmpty else { return false }
        hash.update(data: chunk)
        byteCount += chunk.count
        buffer.append(contentsOf: chunk)
        return true
    }

    /// The SHA-256 of all bytes read so far, in hexadecimal digits.
    var sha256: String {
        hash.finalize().map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}
