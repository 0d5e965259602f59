import Delimited
import HaleFiles

/// The columns of a file that go into the table over which a mapping's expressions are evaluated: those that an expression
/// names, under that name, and those that are taken as they are.
struct DerivationColumns {
    /// The names in the table.
    private(set) var names: [String] = []
    /// For each of them the column of the file, counted from 0; nil for an optional one that the file lacks.
    private(set) var indices: [Int?] = []
    private var nameByIndex: [Int: String] = [:]

    /// What PostgreSQL reads of a name.
    private static let nameByteLimit = 63

    /// The columns that expressions name and the ones that are taken. Throws where a name cannot be told from another, or
    /// there are too many.
    init(
        _ source: SourceColumns, header: Header, named: Set<String>, taken: [Int], file: String
    ) throws(ImportProblem) {
        var places: [String: Int] = [:]
        for (place, name) in source.names.enumerated() where named.contains(name) {
            let short = String(name.prefix(Self.nameByteLimit))
            if let other = places.updateValue(place, forKey: short) {
                let columns = [other, place].map { Self.shown($0, of: header, else: source.names) }
                throw ImportProblem(
                    .duplicateColumn, file: file,
                    "the mapping's expressions use \(columns[0]) and \(columns[1]), which are alike in the "
                        + "\(Self.nameByteLimit) characters that an expression can tell apart; rename one of them")
            }
            add(short, index: place < source.presentCount ? place : nil)
        }
        for index in taken where nameByIndex[index] == nil { add(Self.fieldName(index, besides: places), index: index) }
        guard names.count <= ReadingLimits.derivationColumnLimit else {
            throw ImportProblem(
                .columnLimit, file: file,
                "the mapping uses \(names.count) columns of the file, and its expressions can use "
                    + "\(ReadingLimits.derivationColumnLimit) at most")
        }
    }

    /// The name in the table of a column of the file, counted from 0.
    func name(of index: Int) -> String? { nameByIndex[index] }

    private mutating func add(_ name: String, index: Int?) {
        names.append(name)
        indices.append(index)
        if let index { nameByIndex[index] = name }
    }

    private static func fieldName(_ index: Int, besides places: [String: Int]) -> String {
        var name = "hale_field_\(index)"
        while places[name] != nil { name += "_" }
        return name
    }

    /// How a column is called in a problem: by its header, not all of a long one.
    private static func shown(_ place: Int, of header: Header, else names: [String]) -> String {
        let name = header.names.indices.contains(place) ? header.names[place] : names[place]
        return "\"\(name.count > shownCharacterLimit ? "\(name.prefix(shownCharacterLimit))…" : name)\""
    }

    private static let shownCharacterLimit = 80
}
