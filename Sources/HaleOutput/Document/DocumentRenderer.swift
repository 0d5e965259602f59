/// Turns a document into the text of a format, ending in a line break unless it is empty.
package struct DocumentRenderer: Sendable {
    /// What the output can show.
    package let capabilities: TerminalCapabilities

    /// A renderer for an output.
    package init(_ capabilities: TerminalCapabilities) {
        self.capabilities = capabilities
    }

    /// The whole text to write to standard output.
    package func render(_ document: Document, _ format: OutputFormat) -> String {
        switch format {
        case .table: PlainText(document, capabilities: capabilities).text
        case .json: JSONText(document.json).text + "\n"
        case .csv: CSVText(document, isForTerminal: capabilities.isTerminal).text
        case .markdown: MarkdownText(document, unicode: capabilities.unicode).text
        }
    }
}
