package import Delimited
package import HaleDomain
package import HaleStore

/// What a folder was found to hold, before anything of it is imported.
package struct FolderPlan: Sendable {
    /// A file that can be imported.
    package struct Item: Sendable {
        /// The file's name in the folder.
        package let file: String
        package let path: String
        /// What it was found to be.
        package let fit: KindFit
        /// What made it that.
        package let basis: Basis
        /// The file's columns that have a name.
        package let namedCount: Int
        package let rows: Int
        /// How its dates and numbers are written, and what else is not as in most files.
        package let formats: [String]
        /// The file's columns that go nowhere.
        package let unused: [String]
        /// Notes of its receipt that say no more than the plan.
        let said: Set<String>
        /// The formats that were given for it.
        let given: GivenFormats
        /// Which day ends of terms name, where that was given.
        let termEnd: TermEnd?

        /// The notes of its receipt that say more than the plan did.
        package func furtherNotes(_ receipt: ImportStore.Receipt) -> [String] {
            receipt.notes.filter { !said.contains($0) && !$0.hasPrefix(ColumnResolution.unusedNote) }
        }
    }

    /// What made a file what it is.
    package enum Basis: String, Sendable {
        case columns
        /// Its columns left several, and its name has decided.
        case name
        /// The mapping file beside it.
        case mapping
        /// The user.
        case given
    }

    /// Something that is left out.
    package struct PassedOver: Sendable, Equatable {
        /// Its name in the folder.
        package let file: String
        /// Why.
        package let reason: String
        /// Whether somebody may have meant it to be imported.
        package var isData = false
    }

    /// The folder as the user named it.
    package let folder: String
    /// What can be imported, in the order in which it goes in.
    package let items: [Item]
    /// What is left out.
    package let passedOver: [PassedOver]
    /// What the user has to say first; while there is any, nothing is imported.
    package let questions: [ImportProblem]
}

/// What the user says about the files of a folder, each by its name.
package struct FolderAnswers: Sendable {
    /// What a file is.
    package enum Identity: Sendable, Equatable {
        /// A kind, or a preset of this name.
        case named(String)
        /// Nothing to import.
        case none
    }

    /// What files are, by name.
    package var identities: [String: Identity] = [:]
    /// The order of dates, by file; that of the empty name holds for all others.
    package var dateFormats: [String: DateFormat] = [:]
    /// The decimal mark, by file; that of the empty name holds for all others.
    package var decimalMarks: [String: DecimalMark] = [:]
    /// Which day ends of terms name, by file; that of the empty name holds for all others.
    package var termEnds: [String: TermEnd] = [:]

    /// No answers.
    package init() {}

    /// The names that answers are given for.
    var files: Set<String> {
        Set(identities.keys).union(dateFormats.keys).union(decimalMarks.keys).union(termEnds.keys).subtracting([""])
    }

    func formats(of file: String) -> GivenFormats {
        GivenFormats(
            dateFormat: dateFormats[file] ?? dateFormats[""], decimalMark: decimalMarks[file] ?? decimalMarks[""])
    }
}
