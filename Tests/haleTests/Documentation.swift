import Foundation
import HaleTestSupport

/// README.md, CONTRIBUTING.md and the pages of docs.
enum Documentation {
    /// A text of the repository.
    struct Page: Sendable {
        /// The path from the repository's root.
        let path: String
        let text: String

        /// The lines with their numbers, from 1.
        var lines: [(number: Int, text: String)] {
            text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
                (number: $0.offset + 1, text: String($0.element))
            }
        }

        /// The pieces of code in it.
        var code: [Code] {
            var pieces: [Code] = []
            var language: String?
            // A span that the line before left open.
            var span: Code?
            for (number, line) in lines {
                let trimmed = line.trimmingCharacters(in: .whitespaces)
                if trimmed.hasPrefix("```") {
                    language = language == nil ? String(trimmed.dropFirst(3)) : nil
                } else if let language {
                    pieces.append(Code(line: number, language: language, text: line))
                } else if trimmed.isEmpty {
                    span = nil
                } else {
                    pieces += Code.spans(of: trimmed, at: number, open: &span)
                }
            }
            return pieces
        }
    }

    /// A line of a fenced block, with the block's language, or a span in backticks, with none.
    struct Code: Sendable {
        let line: Int
        let language: String?
        let text: String

        /// What stands in backticks in a line; `open` is a span that begins in one line and ends in another.
        static func spans(of line: String, at number: Int, open: inout Code?) -> [Code] {
            var spans: [Code] = []
            for (position, part) in line.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
                if position > 0 {
                    if let span = open { spans.append(span) }
                    open = open == nil ? Code(line: number, language: nil, text: "") : nil
                }
                open = open.map { Code(line: $0.line, language: nil, text: $0.text + part) }
            }
            open = open.map { Code(line: $0.line, language: nil, text: $0.text + " ") }
            return spans
        }

        /// What stands in backticks in a line by itself.
        static func spans(of line: String) -> [String] {
            var open: Code?
            return spans(of: line, at: 1, open: &open).map(\.text)
        }
    }

    /// The root of the repository.
    static let root = ProjectFolder.root

    /// What users read: README.md first, then the pages of docs in order of name.
    static func ofUsers() throws -> [Page] {
        try [page("README.md")] + pages(below: "docs", endingIn: ".md")
    }

    /// One text.
    static func page(_ path: String) throws -> Page {
        Page(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
    }

    /// The texts of a folder, in order of name.
    static func pages(below folder: String, endingIn ending: String) throws -> [Page] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { $0.hasSuffix(ending) }.sorted().map { try page("\(folder)/\($0)") }
    }
}
