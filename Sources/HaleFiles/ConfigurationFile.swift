import Foundation
import PrivateServer

/// A file that says how Hale works: settings, models, rules, receivers. What is there and cannot be read is an error,
/// because Hale would otherwise do something else than it was told.
package struct ConfigurationFile: Sendable {
    /// Why a file or a folder cannot be read.
    package struct Problem: Error, Sendable, Hashable, CustomStringConvertible {
        /// What is wrong and what to do, to be written after the path.
        package let description: String
    }

    /// The largest file that is read.
    package static let byteLimit = 8_388_608

    package let path: String

    /// The file, or the folder, at a path; nothing is looked at yet.
    package init(_ path: String) {
        self.path = path
    }

    /// Whether nothing has that name. A link to nothing is there, and so is what may not be looked at.
    package var isAbsent: Bool { OperatingSystem.isAbsent(path) }

    /// Its text; nil where nothing has that name.
    package func textIfPresent() throws(Problem) -> String? {
        isAbsent ? nil : try text()
    }

    /// Its text, where it is a file of a kind.
    package func text(of kind: FileProblem.Kind) throws(FileFailure) -> String {
        do { return try text() } catch {
            throw FileFailure(FileProblem(kind, .unreadable, file: path, error.description))
        }
    }

    /// The names in it, where it is a folder of files of a kind.
    package func namesIfPresent(of kind: FileProblem.Kind) throws(FileFailure) -> [String] {
        do { return try namesIfPresent() } catch {
            throw FileFailure(FileProblem(kind, .unreadable, file: path, error.description))
        }
    }

    package func text() throws(Problem) -> String {
        // Opening a named pipe would wait for its writer, so what it is is asked first.
        switch try kind() {
        case .file: break
        case .directory: throw Problem(description: "is a folder; a file is expected there")
        default: throw Problem(description: "is a pipe, socket or device; a file is expected there")
        }
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: Self.byteLimit + 1) ?? Data()
        } catch {
            throw Problem(description: "cannot be read: \(Self.reason(error)); correct that or remove it")
        }
        guard data.count <= Self.byteLimit else {
            throw Problem(description: "is larger than \(Self.byteLimit) bytes; is it the right file?")
        }
        guard let text = String(data: data, encoding: .utf8) else {
            throw Problem(description: "is not valid UTF-8; save it as UTF-8")
        }
        return text
    }

    /// The names in a folder, in their order; none where nothing has the folder's name.
    package func namesIfPresent() throws(Problem) -> [String] {
        guard !isAbsent else { return [] }
        guard try kind() == .directory else { throw Problem(description: "is no folder; a folder is expected there") }
        do {
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
        } catch {
            throw Problem(description: "cannot be read: \(Self.reason(error)); correct that or remove it")
        }
    }

    private func kind() throws(Problem) -> FileStatus.Kind {
        if let status = OperatingSystem.status(ofPath: path, followingLinks: true) { return status.kind }
        if isAbsent { throw Problem(description: "cannot be read: there is no such file; check the path") }
        if OperatingSystem.status(ofPath: path)?.kind == .link {
            throw Problem(description: "is a link to nothing that can be read; correct the link or remove it")
        }
        throw Problem(description: "cannot be read: permission denied; correct that or remove it")
    }

    private static func reason(_ error: any Error) -> String {
        let code = (error as? CocoaError)?.code
        return code == .fileReadNoPermission ? "permission denied" : error.localizedDescription
    }
}
