package import Foundation

/// Temporary files without a name: one lives as long as its handle, and nothing of it is left, however the program ends.
package enum Spool {
    /// Makes one, for a file that problems name.
    package static func open(
        for name: String, in directory: URL = FileManager.default.temporaryDirectory
    ) throws(ImportProblem) -> FileHandle {
        let url = directory.appendingPathComponent("hale-import-\(UUID().uuidString)")
        let isCreated = FileManager.default.createFile(
            atPath: url.path, contents: nil, attributes: [.posixPermissions: 0o600])
        do {
            guard isCreated else { throw CocoaError(.fileWriteUnknown) }
            let handle = try FileHandle(forUpdating: url)
            // Before anything is written, so that no end of the program leaves rows behind.
            try FileManager.default.removeItem(at: url)
            return handle
        } catch {
            throw problem(name, in: directory, error)
        }
    }

    /// The problem of a temporary file that cannot be made or written.
    package static func problem(
        _ name: String, in directory: URL = FileManager.default.temporaryDirectory, _ error: any Error
    ) -> ImportProblem {
        ImportProblem(
            .temporaryFile, file: name, "cannot be copied to \(directory.path): \(error.localizedDescription)")
    }
}
