package import HaleDomain

/// What is wrong with a file that people edit, or with what they said in its place on the command line: where, what, and
/// what to do about it, always in one line.
package struct FileProblem: Sendable, Hashable, CustomStringConvertible {
    /// The kinds of files, each with what its codes begin with.
    package enum Kind: String, Sendable {
        /// Health models and their tests.
        case model = "HALE-MODEL"
        /// Rules, their tests, and playbooks.
        case rule = "HALE-RULE"
        /// Receivers and routes.
        case receiver = "HALE-DELIVERY"
    }

    /// What can be wrong.
    package enum Fault: Sendable {
        /// The file cannot be read, or there is none of that name.
        case unreadable
        /// The file is not YAML, or a key stands twice.
        case syntax
        /// A key that such files do not have.
        case unknownKey
        /// A key that is needed is missing.
        case missingKey
        /// A value that its key cannot have.
        case badValue
        /// Weights of which nothing can be a share.
        case weights
        /// Bands, or other edges, that overlap.
        case overlap
        /// An expression that is not allowed or that PostgreSQL does not understand.
        case expression
        /// A template that is none, or that names no signal.
        case template
        /// Models, or rules, that do not go together.
        case set
        /// A name that stands twice, or that nobody has.
        case name
        /// An address that may not be connected to.
        case destination
        /// A secret that is missing or is none.
        case secret
        /// What cannot be done as things stand.
        case refused
    }

    /// What kind of file it is about.
    package let kind: Kind
    /// What is wrong with it.
    package let fault: Fault
    /// The file; nil for what was not said in one.
    package let file: String?
    /// Line in the file, counted from 1.
    package let line: Int?
    /// Position in the line, counted from 1.
    package let column: Int?
    /// What is wrong and what to do, in words.
    package let message: String

    /// A problem at a place of a file, or of none.
    package init(
        _ kind: Kind, _ fault: Fault, file: String? = nil, line: Int? = nil, column: Int? = nil, _ message: String
    ) {
        self.kind = kind
        self.fault = fault
        self.file = file
        self.line = line
        self.column = column
        self.message = message
    }

    /// The code, for searching.
    package var code: String { "\(kind.rawValue)-00\(number)" }

    /// The number of a fault among those of its kind of file; it is never used again for another.
    private var number: Int {
        switch (kind, fault) {
        case (_, .unreadable): 1
        case (_, .syntax): 2
        case (_, .unknownKey): 3
        case (_, .missingKey): 4
        case (.model, .weights), (.rule, .expression), (.receiver, .name): 6
        case (.model, .overlap), (.rule, .template), (.receiver, .destination): 7
        case (.model, .expression), (.rule, .set), (.receiver, .secret): 8
        case (.model, .set), (.receiver, .refused): 9
        // What a kind of file has no number for is a value that cannot stand there.
        default: 5
        }
    }

    /// `file:line:column: what [code]`; a place that is not known is left out.
    package var description: String {
        var place = ""
        if let file {
            place = file
            if let line { place += ":\(line)" }
            if line != nil, let column { place += ":\(column)" }
            place += ": "
        }
        return "\(place)\(message) [\(code)]"
    }
}

/// Everything that is wrong with files of one kind.
package struct FileFailure: UserFacingError, CustomStringConvertible {
    /// The problems, in the order of the files.
    package let problems: [FileProblem]

    package init(problems: [FileProblem]) {
        self.problems = problems
    }

    /// A single problem.
    package init(_ problem: FileProblem) {
        problems = [problem]
    }

    /// One problem a line.
    package var description: String { lines.joined(separator: "\n") }

    package var entries: [ErrorEntry] {
        problems.map {
            ErrorEntry(
                text: $0.description, code: $0.code, message: $0.message, file: $0.file, line: $0.line,
                column: $0.column.map(String.init))
        }
    }
}

extension FileFailure {
    /// What `read` makes of each of several files; throws everything that is wrong with any of them.
    package static func collecting<Source, Value>(
        _ sources: [Source], _ read: (Source) throws(FileFailure) -> Value
    ) throws(FileFailure) -> [Value] {
        var values: [Value] = []
        var problems: [FileProblem] = []
        for source in sources {
            do { values.append(try read(source)) } catch { problems += error.problems }
        }
        guard problems.isEmpty else { throw FileFailure(problems: problems) }
        return values
    }
}
