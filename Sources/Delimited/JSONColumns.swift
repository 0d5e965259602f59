/// The columns of a JSON file: the paths of the values of all its objects, in the order in which they come.
struct JSONColumns: Hashable {
    let layout: JSONLayout
    /// The names of the columns.
    private(set) var names: [String] = []
    /// Whether objects go by their numbers, because several begin on one line.
    private(set) var isNumbered = false

    private var places: [[UInt8]: Int] = [:]
    private var objectCount = 0
    /// The only object's values that are lists of objects.
    private var lists: [String] = []

    /// Reads the whole file for its columns. Objects that cannot be read are left to the reader.
    init(of file: ImportFile, layout: JSONLayout, plan: ReadingPlan) throws(ImportProblem) {
        self.layout = layout
        let stream = TextStream(file: file, plan: plan, expectedSHA256: nil)
        var objects = JSONObjects(stream: stream, layout: layout)
        var latestLine = 0
        var problem: ImportProblem?
        while true {
            do throws(ImportProblem) {
                guard let line = try objects.next() else { break }
                if line <= latestLine { isNumbered = true }
                latestLine = line
                objectCount += 1
                try add(objects.scanner, file: file.name, line: line)
            } catch {
                guard error.scope == .record else { throw error }
                problem = problem ?? error
            }
        }
        guard names.isEmpty else { return }
        throw problem
            ?? ImportProblem(
                .emptyFile, file: file.name, "is empty: a list of objects, or one object a line, is needed")
    }

    /// The place of a path's column.
    func place(of path: ArraySlice<UInt8>) -> Int? { places[Array(path)] }

    /// The problem of a file whose only object holds the rows in a list; nil for any other.
    func wrapper(in file: ImportFile) -> ImportProblem? {
        guard objectCount == 1, let list = lists.first else { return nil }
        return ImportProblem(
            .badJSON, file: file.name,
            "is one object, and the rows stand in its list \"\(list)\"; save that list alone (jq .\(list))")
    }

    private mutating func add(_ scanner: JSONObjectScanner, file: String, line: Int) throws(ImportProblem) {
        for value in scanner.values {
            let path = Array(scanner.paths[value.path])
            if case .listOfObjects = value.kind, objectCount == 1 {
                lists.append(String(decoding: path, as: UTF8.self))
            }
            guard places[path] == nil else { continue }
            let name = UnseenText.key(String(decoding: path, as: UTF8.self))
            guard names.count < ReadingLimits.pathLimit, name.count <= ReadingLimits.columnNameCharacterLimit else {
                throw ImportProblem(
                    .columnLimit, file: file, line: line,
                    "the objects up to here have more than \(ReadingLimits.pathLimit) different values, or one whose name "
                        + "is longer than \(ReadingLimits.columnNameCharacterLimit) characters; names should be those of "
                        + "columns, not of rows")
            }
            places[path] = names.count
            names.append(name)
        }
    }
}
