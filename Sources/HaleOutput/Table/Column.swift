/// What a column of a table holds and how it may be narrowed.
package struct Column: Sendable, Equatable {
    /// What the cells are; it sets the alignment, and in CSV money takes a second column for the currency.
    package enum Content: Sendable, CaseIterable {
        /// Words.
        case text
        /// Integers and numbers.
        case number
        case money
        /// Days.
        case date
        /// Percentages.
        case percent
        /// Bands and other coloured words.
        case band
        case sparkline
        /// Points around an axis.
        case scoreBar
    }

    /// Where a cell stands in its column.
    package enum Alignment: Sendable, CaseIterable {
        /// At the left.
        case leading
        /// At the right.
        case trailing
        /// At the right, with decimal points under each other.
        case decimalPoint
    }

    /// What happens to a text wider than its column.
    package enum Overflow: Sendable, Equatable {
        /// Cut, ending in an ellipsis.
        case truncate
        /// Broken into at most this many lines.
        case wrap(maximumLines: Int)
    }

    /// The heading people read.
    package let title: String
    /// The heading scripts read, in CSV.
    package let key: String
    /// What the cells are.
    package let content: Content
    /// Where the cells stand.
    package let alignment: Alignment
    /// How much the column is wanted: when room is short, the lowest is left out first, among equals the rightmost.
    package let priority: Int
    /// The columns of the terminal below which it is not narrowed; nil when it is not narrowed at all.
    package let minimumWidth: Int?
    /// The columns of the terminal beyond which it is not widened; nil for what its cells need.
    package let maximumWidth: Int?
    /// What happens to a wider text.
    package let overflow: Overflow

    /// The priority of a column that names none.
    package static let defaultPriority = 50

    /// A column. Without a key CSV uses the title; without an alignment numbers align at the decimal point and all else
    /// at the left.
    package init(
        _ title: String, key: String? = nil, content: Content = .text, alignment: Alignment? = nil,
        priority: Int = Column.defaultPriority, minimumWidth: Int? = nil, maximumWidth: Int? = nil,
        overflow: Overflow = .truncate
    ) {
        self.title = title
        self.key = key ?? title
        self.content = content
        self.priority = priority
        self.minimumWidth = minimumWidth.map { max(1, $0) }
        self.maximumWidth = maximumWidth.map { max(1, $0) }
        self.overflow = overflow
        self.alignment = alignment ?? content.alignment
    }
}

extension Column.Content {
    /// Where cells of this content stand unless the column says otherwise.
    var alignment: Column.Alignment {
        switch self {
        case .number, .money, .percent: .decimalPoint
        case .text, .date, .band, .sparkline, .scoreBar: .leading
        }
    }
}
