/// Turns a document into the text of a format, ending in a line break unless it is empty.
public struct DocumentRenderer: Sendable {
    /// What the output can show.
    public let capabilities: TerminalCapabilities

    /// A renderer for an output.
    public init(_ capabilities: TerminalCapabilities) {
        self.capabilities = capabilities
    }

    /// The whole text to write to standard output.
    public func render(_ document: Document, _ format: OutputFormat) -> String {
        switch format {
        case .table: PlainText(document, capabilities: capabilities).text
        case .json: JSONText(document.json).text + "\n"
        case .csv: CSVText(document, isForTerminal: capabilities.isTerminal).text
        case .markdown: MarkdownText(document, unicode: capabilities.unicode).text
        }
    }
}
