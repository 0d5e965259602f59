import Delimited
import Foundation
import HaleTestSupport
import Testing

@Suite struct ImportFileTests {
    private func problem(_ path: String) -> ImportProblem? {
        do throws(ImportProblem) {
            _ = try ImportFile(path: path)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a missing file is refused`() throws {
        let fixture = try ReadingFixture("a\n1\n")
        let path = fixture.path + ".not"
        let found = try #require(problem(path))
        #expect(found.code == .missingFile)
        #expect(found.description == "\(path): no such file; check the path")
        #expect(problem("")?.code == .missingFile)
    }

    @Test func `a directory is refused, also behind a link`() throws {
        let fixture = try ReadingFixture("a\n1\n")
        #expect(problem(fixture.directory.path)?.code == .directory)
        let link = fixture.directory.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: fixture.directory)
        #expect(problem(link.path)?.code == .directory)
    }

    @Test func `a link to a file is followed`() throws {
        let fixture = try ReadingFixture("a\n1\n")
        let link = fixture.directory.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: URL(fileURLWithPath: fixture.path))
        #expect(try ImportFile(path: link.path).byteCount == 4)
    }

    @Test(.timeLimit(.minutes(30))) func `a named pipe is refused without waiting for its writer`() throws {
        let fixture = try ReadingFixture("a\n1\n")
        let pipe = fixture.directory.appendingPathComponent("pipe").path
        try #require(output(of: "mkfifo", [pipe]) != nil)
        let found = try #require(problem(pipe))
        #expect(found.code == .notARegularFile)
        #expect(found.message.contains("use - to read from standard input"))
    }

    @Test func `a device is refused`() {
        #expect(problem("/dev/null")?.code == .notARegularFile)
    }

    @Test(.enabled(if: NSUserName() != "root", "the superuser may read every file"))
    func `a file without permission is refused`() throws {
        let fixture = try ReadingFixture("a\n1\n")
        try FileManager.default.setAttributes([.posixPermissions: 0o000], ofItemAtPath: fixture.path)
        let found = try #require(problem(fixture.path))
        #expect(found.code == .unreadable)
        #expect(found.message == "cannot be opened: permission denied")
    }

    @Test(arguments: [[], [0xEF, 0xBB, 0xBF], Array("\n\r\n  \n".utf8)] as [[UInt8]])
    func `an empty file is refused`(bytes: [UInt8]) throws {
        let fixture = try ReadingFixture(bytes)
        #expect(try fixture.surveyProblem()?.code == .emptyFile)
    }

    static let foreign: [(start: [UInt8], message: String)] = [
        (
            [0x50, 0x4B, 3, 4] + Array("[Content_Types].xml".utf8),
            "is an Excel workbook (XLSX); save it as CSV"
        ),
        ([0x50, 0x4B, 3, 4] + Array("xxxx xl/workbook.xml".utf8), "is an Excel workbook (XLSX); save it as CSV"),
        ([0x50, 0x4B, 3, 4] + Array("data.csv".utf8), "is a ZIP archive; unpack it first"),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "is an old Office document (XLS); save it as CSV"),
        (Array("%PDF-1.7\n".utf8), "is a PDF document; export the data as CSV"),
        (Array("PAR1".utf8) + [0x15], "is a Parquet file; export the data as CSV"),
        (Array("BZh91AY&SY".utf8), "is packed with bzip2; unpack it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], "is packed with xz; unpack it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is packed with zstd; unpack it first"),
        (Array("\n<!DOCTYPE html><html>".utf8), "is a web page, not a CSV file; download the file again"),
    ]

    @Test(arguments: foreign)
    func `a file of another format is named`(start: [UInt8], message: String) throws {
        let fixture = try ReadingFixture(start + [UInt8](repeating: 0, count: 200), name: "export.csv")
        let found = try #require(problem(fixture.path))
        #expect(found.code == .foreignFormat)
        #expect(found.description == "\(fixture.path): \(message)")
    }

    @Test func `a workbook packed with gzip is named too`() throws {
        let fixture = try ReadingFixture(gzipMember([0x50, 0x4B, 3, 4] + Array("xl/workbook.xml".utf8)))
        #expect(problem(fixture.path)?.code == .foreignFormat)
        let twice = try ReadingFixture(gzipMember(gzipMember(Array("a\n1\n".utf8))))
        #expect(problem(twice.path)?.message == "is packed with gzip twice; unpack it once")
    }

    @Test func `standard input is read twice and leaves no file behind`() throws {
        let fixture = try ReadingFixture("unused")
        let spool = fixture.directory.appendingPathComponent("spool")
        try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
        let pipe = Pipe()
        try pipe.fileHandleForWriting.write(contentsOf: Data("a,b\n1,2\n3,4\n".utf8))
        try pipe.fileHandleForWriting.close()
        let file = try ImportFile(standardInput: pipe.fileHandleForReading, temporaryDirectory: spool)
        #expect(try FileManager.default.contentsOfDirectory(atPath: spool.path).isEmpty)
        #expect(file.name == "standard input")
        let survey = try Survey(of: file) { (_) throws(ImportProblem) in [] }
        #expect(survey.source.recordCount == 2)
        let reader = try survey.reader()
        #expect(try reader.next()?.texts == ["1", "2"])
        #expect(try reader.next()?.texts == ["3", "4"])
        #expect(try reader.next() == nil)
    }

    @Test func `an empty standard input is refused by name`() throws {
        let pipe = Pipe()
        try pipe.fileHandleForWriting.close()
        let found = #expect(throws: ImportProblem.self) {
            _ = try ImportFile(standardInput: pipe.fileHandleForReading)
        }
        #expect(found?.code == .emptyFile)
        #expect(found?.file == "standard input")
    }

    @Test func `standard input that cannot be kept is refused`() throws {
        let fixture = try ReadingFixture("unused")
        let pipe = Pipe()
        try pipe.fileHandleForWriting.close()
        let found = #expect(throws: ImportProblem.self) {
            _ = try ImportFile(
                standardInput: pipe.fileHandleForReading,
                temporaryDirectory: fixture.directory.appendingPathComponent("not there"))
        }
        #expect(found?.code == .temporaryFile)
    }
}
