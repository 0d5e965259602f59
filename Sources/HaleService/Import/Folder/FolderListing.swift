import Delimited
import Foundation

/// What lies in a folder: files of data, the mappings beside them, and what is passed over.
struct FolderListing: Sendable {
    struct DataFile: Sendable {
        let name: String
        let path: String
        /// The mapping file of the same name, where there is one.
        let mappingPath: String?
        /// Whether it may just as well be a text for people.
        let mayBeProse: Bool
    }

    /// The most files that are looked at.
    static let fileLimit = 1_000

    /// In the order of their names.
    let files: [DataFile]
    let passedOver: [FolderPlan.PassedOver]

    init(folder: String) throws(ImportProblem) {
        let entries: [String]
        do {
            entries = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            let reason =
                FileManager.default.isReadableFile(atPath: folder) ? error.localizedDescription : "permission denied"
            throw ImportProblem(.unreadable, file: folder, "cannot be read: \(reason)")
        }
        guard entries.count <= Self.fileLimit else {
            throw ImportProblem(
                .directory, file: folder,
                "has \(entries.count) entries, more than the \(Self.fileLimit) that are looked at; name a smaller folder"
            )
        }
        let mappings = Set(entries.filter { Self.mappingEndings.contains(Self.ending(of: $0)) })
        var files: [DataFile] = []
        var passedOver: [FolderPlan.PassedOver] = []
        var mappingsInUse: Set<String> = []
        for name in entries where !mappings.contains(name) {
            let path = Self.path(of: name, in: folder)
            if let reason = Self.reason(toPassOver: name, at: path) {
                passedOver.append(FolderPlan.PassedOver(file: name, reason: reason))
                continue
            }
            let own = Self.mappingEndings.map { "\(Self.base(of: name)).\($0)" }.first(where: mappings.contains)
            if let own { mappingsInUse.insert(own) }
            files.append(
                DataFile(
                    name: name, path: path,
                    mappingPath: own.map { Self.path(of: $0, in: folder) },
                    mayBeProse: Self.ending(of: name) == "txt"))
        }
        for name in mappings.subtracting(mappingsInUse).sorted() {
            let reason = name.hasPrefix(".") ? Self.hidden : "a mapping without a file of data of its name"
            passedOver.append(FolderPlan.PassedOver(file: name, reason: reason))
        }
        self.files = files
        self.passedOver = passedOver.sorted { $0.file < $1.file }
    }

    private static let dataEndings: Set<String> = ["csv", "tsv", "tab", "txt", "json", "jsonl", "ndjson"]
    private static let mappingEndings = ["yaml", "yml"]
    private static let workbookEndings: Set<String> = ["xlsx", "xls", "xlsm", "ods", "numbers"]
    private static let hidden = "hidden"

    /// Why something is no file of data; nil where it is one.
    private static func reason(toPassOver name: String, at path: String) -> String? {
        // What office programs keep beside a file that is open.
        guard !name.hasPrefix("."), !name.hasPrefix("~$"), !name.hasPrefix(".~") else { return hidden }
        if (try? URL(fileURLWithPath: path).resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true {
            return "a folder; import it by its own name"
        }
        let ending = ending(of: name)
        if workbookEndings.contains(ending) { return "a workbook; save its sheets as CSV" }
        return dataEndings.contains(ending) ? nil : "no .csv, .tsv, .txt, .json or .jsonl file, packed or not"
    }

    /// The path as the user would type it.
    private static func path(of name: String, in folder: String) -> String {
        folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
    }

    /// The last part of a name in lower case, that of a packed file without `.gz`.
    private static func ending(of name: String) -> String {
        let plain = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
        guard let dot = plain.lastIndex(of: "."), dot != plain.startIndex else { return "" }
        return plain[plain.index(after: dot)...].lowercased()
    }

    /// A name without its ending and `.gz`.
    private static func base(of name: String) -> String {
        let plain = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
        guard let dot = plain.lastIndex(of: "."), dot != plain.startIndex else { return plain }
        return String(plain[..<dot])
    }
}
