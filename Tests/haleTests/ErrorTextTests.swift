import Foundation
import HaleTestSupport
import Testing

/// Errors are told apart by type, case and code: their text is for people, and changes with version and language.
@Suite struct `The text of an error` {
    private static let sources = ProjectFolder.root.appending(path: "Sources")

    /// The library that encrypts tells its reasons in its text alone.
    private static let exempt = "WebhookFault.swift"

    @Test func `is never searched`() throws {
        let methods = "contains|hasPrefix|hasSuffix|firstRange|firstMatch|wholeMatch|matches"
        let search = try Regex(#"((message|[dD]escription)\??|"\\\((error|failure|problem|\$0)\)")\.(\#(methods))[ (]"#)
        let files = try FileManager.default.subpathsOfDirectory(atPath: Self.sources.path)
            .filter { $0.hasSuffix(".swift") }
        #expect(files.contains { $0.hasSuffix(Self.exempt) })
        for file in files where !file.hasSuffix(Self.exempt) {
            let text = try String(contentsOf: Self.sources.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") {
                #expect(!line.contains(search), "\(file): \(line)")
            }
        }
    }
}
