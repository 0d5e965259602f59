/// A command's whole answer, before its format is chosen.
package struct Document: Sendable, Equatable {
    /// Something to know about the answer.
    package enum Notice: Sendable, Equatable {
        /// Good to know.
        case note(String)
        /// May make the answer wrong or incomplete.
        case warning(String)

        /// The text with its kind in words: "warning: …".
        package var text: String {
            switch self {
            case .note(let text): "note: " + text
            case .warning(let text): "warning: " + text
            }
        }
    }

    /// A part of the answer.
    package struct Section: Sendable, Equatable {
        /// The heading of the part; in CSV the value of the section column, if there is one.
        package var title: String?
        /// Lines above the table.
        package var lines: [String]
        /// The table; nil for a part of lines alone.
        package var table: Table?

        /// A part of an answer.
        package init(title: String? = nil, lines: [String] = [], table: Table? = nil) {
            self.title = title
            self.lines = lines
            self.table = table
        }
    }

    /// What is answered; the first line is the heading.
    package var titles: [String]
    /// What to know about the answer. Not part of CSV and JSON.
    package var notices: [Notice]
    /// The parts in order.
    package var sections: [Section]
    /// The heading of a first column that says each row's section in CSV; nil for none.
    package var sectionKey: String?
    /// The answer for programs; it does not depend on the rest.
    package var json: JSONValue

    /// An answer of several parts.
    package init(
        titles: [String] = [], notices: [Notice] = [], sections: [Section] = [], sectionKey: String? = nil,
        json: JSONValue
    ) {
        self.titles = titles
        self.notices = notices
        self.sections = sections
        self.sectionKey = sectionKey
        self.json = json
    }

    /// An answer of one table.
    package init(titles: [String] = [], notices: [Notice] = [], table: Table, json: JSONValue) {
        self.init(titles: titles, notices: notices, sections: [Section(table: table)], json: json)
    }
}
