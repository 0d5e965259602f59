package import HaleDelivery
package import HaleOutput

/// What `hale digest` prints and sends: answers of other commands as one mail.
package struct DigestDocument {
    /// The widest line of the part that is text, in characters.
    private static let columns = 78

    private let documents: [Document]
    private let csm: String?

    /// A CSM's day, or everybody's where no CSM is named; the first title of the first document is the subject.
    package init(_ documents: [Document], csm: String?) {
        self.documents = documents
        self.csm = csm
    }

    /// Whether there is nothing to tell.
    package var isEmpty: Bool {
        documents.flatMap(\.sections).allSatisfy { $0.table?.rows.isEmpty ?? true }
    }

    package var text: String {
        let renderer = DocumentRenderer(
            TerminalCapabilities(isTerminal: false, columns: Self.columns, colour: false, unicode: true))
        return documents.map { renderer.render($0, .table) }.joined(separator: "\n")
    }

    package var html: String { HTMLText(documents).text }

    package var mail: DigestMail {
        DigestMail(csm: csm, subject: documents.first?.titles.first ?? "Hale", text: text, html: html)
    }
}
