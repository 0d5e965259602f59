/// The bytes of a file from its start, unpacked where it is packed.
final class FileBytes {
    private let raw: RawBytes
    private let gunzip: Gunzip?
    private let fileName: String

    init(of file: ImportFile, bufferByteCount: Int) {
        raw = file.rawBytes(chunkByteCount: bufferByteCount)
        gunzip = file.isCompressed ? Gunzip(outputByteCount: bufferByteCount) : nil
        fileName = file.name
    }

    /// The bytes of the file read so far, as given.
    var rawByteCount: Int { raw.byteCount }

    /// The SHA-256 of the bytes read so far, as given.
    var sha256: String { raw.sha256 }

    /// Appends the next bytes; false at the end.
    func append(to buffer: inout [UInt8]) throws(ImportProblem) -> Bool {
        guard let gunzip else { return try raw.append(to: &buffer) }
        let raw = raw
        let fileName = fileName
        return try gunzip.append(
            to: &buffer,
            refill: { (input: inout [UInt8]) throws(ImportProblem) -> Bool in try raw.append(to: &input) },
            problem: { ImportProblem(.damagedGzip, file: fileName, $0.message) })
    }
}
