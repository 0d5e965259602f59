package import Foundation

/// A file that has been opened for import: readable, a regular file, and not one of another format by mistake.
///
/// It can be read any number of times from its start. Standard input is copied to a temporary file without a name first.
package final class ImportFile: Sendable {
    /// The file as the user named it, or `standard input`.
    package let name: String
    /// The bytes of the file as given; a progress bar's total.
    package let byteCount: Int
    /// Whether the file is packed with gzip, by its first bytes.
    package let isCompressed: Bool

    private let handle: FileHandle

    /// Opens a file, or standard input when the path is `-`.
    package convenience init(path: String) throws(ImportProblem) {
        if path == "-" {
            try self.init(standardInput: FileHandle.standardInput)
            return
        }
        try self.init(handle: Self.open(path), name: path)
    }

    /// Opens a file that stands for another one: problems name that one.
    package convenience init(path: String, shownAs name: String) throws(ImportProblem) {
        try self.init(handle: Self.open(path), name: name)
    }

    /// A temporary file without a name that stands for another one: problems name that one.
    package convenience init(spool: FileHandle, shownAs name: String) throws(ImportProblem) {
        try self.init(handle: spool, name: name)
    }

    /// Copies a stream that can be read only once, such as a pipe, to a temporary file and opens that.
    package convenience init(
        standardInput: FileHandle, temporaryDirectory: URL = FileManager.default.temporaryDirectory
    ) throws(ImportProblem) {
        let name = "standard input"
        try self.init(
            handle: Self.spool(standardInput, name: name, temporaryDirectory: temporaryDirectory), name: name)
    }

    private init(handle: FileHandle, name: String) throws(ImportProblem) {
        self.handle = handle
        self.name = name
        do {
            byteCount = Int(try handle.seekToEnd())
        } catch {
            throw ImportProblem(.unreadable, file: name, "cannot be read: \(error.localizedDescription)")
        }
        guard byteCount > 0 else { throw Self.empty(name) }
        var start: [UInt8] = []
        _ = try RawBytes(handle: handle, fileName: name, chunkByteCount: 2).append(to: &start)
        isCompressed = start == Gunzip.magic
        let head = try head()
        guard !head.isEmpty else { throw Self.empty(name) }
        if let format = ForeignFormat(head: head) { throw ImportProblem(.foreignFormat, file: name, format.message) }
    }

    /// A stream of the file's bytes from the start.
    package func rawBytes(chunkByteCount: Int) -> RawBytes {
        RawBytes(handle: handle, fileName: name, chunkByteCount: chunkByteCount)
    }

    /// The first bytes of the file, unpacked; fewer than the sample's limit only when the file is that short.
    package func head() throws(ImportProblem) -> [UInt8] {
        let limit = ReadingLimits.sampleByteLimit
        let bytes = FileBytes(of: self, bufferByteCount: limit)
        var head: [UInt8] = []
        while head.count < limit, try bytes.append(to: &head) {}
        return Array(head.prefix(limit))
    }

    package static func empty(_ name: String) -> ImportProblem {
        ImportProblem(.emptyFile, file: name, "is empty; a header line with the names of the columns is needed")
    }

    /// Opens a path after looking what it is, because opening a named pipe would wait for its writer.
    package static func open(_ path: String) throws(ImportProblem) -> FileHandle {
        let files = FileManager.default
        guard files.fileExists(atPath: path) else {
            throw ImportProblem(.missingFile, file: path, "no such file; check the path")
        }
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let type = try? files.attributesOfItem(atPath: target)[.type] as? FileAttributeType
        switch type {
        case .typeRegular?: break
        case .typeDirectory?:
            throw ImportProblem(.directory, file: path, "is a directory; name the file in it")
        default:
            throw ImportProblem(
                .notARegularFile, file: path, "is a pipe, socket or device; use - to read from standard input")
        }
        do {
            return try FileHandle(forReadingFrom: URL(fileURLWithPath: target))
        } catch {
            let reason = files.isReadableFile(atPath: target) ? error.localizedDescription : "permission denied"
            throw ImportProblem(.unreadable, file: path, "cannot be opened: \(reason)")
        }
    }

    /// Copies a stream to a file that is removed at once and lives as long as its handle.
    private static func spool(
        _ stream: FileHandle, name: String, temporaryDirectory: URL
    ) throws(ImportProblem) -> FileHandle {
        let copy = try Spool.open(for: name, in: temporaryDirectory)
        do {
            while let chunk = try stream.read(upToCount: ReadingLimits.standard.bufferByteCount), !chunk.isEmpty {
                try copy.write(contentsOf: chunk)
            }
            return copy
        } catch {
            throw Spool.problem(name, in: temporaryDirectory, error)
        }
    }
}
