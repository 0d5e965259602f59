import Foundation
import HaleDomain

/// A CSV file being written row by row; rows leave in chunks, so that memory stays flat.
final class DemoTable {
    /// Bytes collected before they are written.
    private static let chunkSizeBytes = 1 << 18

    private let kind: ImportKind
    private let path: String
    private let file: FileHandle
    private var buffer: [UInt8] = []
    private var rows = 0

    /// Creates the file of a kind in a directory, replacing an older one, and writes the header.
    init(kind: ImportKind, directory: String, columns: [String]) throws {
        self.kind = kind
        path = directory + "/" + kind.rawValue + ".csv"
        guard FileManager.default.createFile(atPath: path, contents: nil),
            let file = FileHandle(forWritingAtPath: path)
        else { throw DemoWritingError(path: path, reason: "cannot create the file; check the directory") }
        self.file = file
        buffer.reserveCapacity(Self.chunkSizeBytes + 1024)
        try write(columns)
        rows = 0
    }

    /// Adds one row.
    func write(_ fields: [String]) throws {
        for (position, field) in fields.enumerated() {
            if position > 0 { buffer.append(UInt8(ascii: ",")) }
            append(field)
        }
        buffer.append(UInt8(ascii: "\n"))
        rows += 1
        if buffer.count >= Self.chunkSizeBytes { try flush() }
    }

    /// Writes what is left and closes the file.
    func finish() throws -> DemoFile {
        try flush()
        do { try file.close() } catch { throw DemoWritingError(path: path, reason: "cannot close the file: \(error)") }
        return DemoFile(kind: kind, path: path, rows: rows)
    }

    private func append(_ field: String) {
        let needsQuotes = field.utf8.contains {
            $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        }
        guard needsQuotes else { return buffer.append(contentsOf: field.utf8) }
        buffer.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(UInt8(ascii: "\""))
    }

    private func flush() throws {
        do {
            try file.write(contentsOf: buffer)
        } catch {
            throw DemoWritingError(path: path, reason: "cannot write: \(error.localizedDescription)")
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Creates a directory and those above it.
    static func createDirectory(_ path: String) throws {
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw DemoWritingError(path: path, reason: "cannot create the directory: \(error.localizedDescription)")
        }
    }
}
