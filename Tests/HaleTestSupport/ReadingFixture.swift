package import Delimited
package import Foundation
import HaleFiles

/// A file in a directory of its own that is removed with the last reference to it.
package final class ReadingFixture {
    package let directory: URL
    package let path: String

    package init(_ bytes: [UInt8], name: String = "data.csv") throws {
        directory = FileManager.default.temporaryDirectory.appendingPathComponent("hale-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        let file = directory.appendingPathComponent(name)
        try Data(bytes).write(to: file)
        path = file.path
    }

    package convenience init(_ text: String, name: String = "data.csv") throws {
        try self.init(Array(text.utf8), name: name)
    }

    deinit {
        try? FileManager.default.removeItem(at: directory)
    }

    /// Pass one with these columns, matched by name; columns that the file does not have are left out.
    package func survey(
        _ columns: [ColumnDefinition] = [], given: GivenFormats = GivenFormats(), limits: ReadingLimits = .standard
    ) throws -> Survey {
        let path = path
        return try Survey(of: ImportFile(path: path), given: given, limits: limits) {
            (header) throws(ImportProblem) in
            try Resolution(header: header, kindColumns: columns, file: path).columns
        }
    }

    /// The problem that pass one stops with.
    package func surveyProblem(limits: ReadingLimits = .standard) throws -> ImportProblem? {
        do {
            _ = try survey(limits: limits)
            return nil
        } catch let problem as ImportProblem {
            return problem
        }
    }

    /// All records, header first, after both passes.
    package func rows(limits: ReadingLimits = .standard) throws -> [[String]] {
        let survey = try survey(limits: limits)
        let reader = try survey.reader()
        var rows = [survey.header.names]
        while let record = try reader.next() { rows.append(record.texts.map { $0 ?? "" }) }
        return rows
    }

    /// The lines that the records start in.
    package func lines(limits: ReadingLimits = .standard) throws -> [Int] {
        let reader = try survey(limits: limits).reader()
        var lines: [Int] = []
        while let record = try reader.next() { lines.append(record.line) }
        return lines
    }
}

/// Runs a program of the system and gives what it prints; nil when it is not installed or fails.
package func output(of program: String, _ arguments: [String]) -> Data? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [program] + arguments
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? data : nil
}
