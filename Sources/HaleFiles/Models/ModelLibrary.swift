import Delimited
import Foundation
package import HaleDomain
package import Yams

/// A model file with the model it describes.
package struct ModelFile: Sendable {
    /// The file as messages name it: its path, or `shipped NAME`.
    package let file: String
    /// The file's text.
    package let text: String
    package let model: HealthModel
    /// Where its expressions stand.
    package let places: [String: Mark]
    /// What it is for, from the first lines of the file.
    package let purpose: String

    /// Reads a model from the text of a file.
    /// - Parameters:
    ///   - base: What a file means that names nothing.
    ///   - isComplete: Whether a file that names drivers of that model must speak of all of them.
    package init(
        text: String, file: String, base: HealthModel = HealthModel(), isComplete: Bool = false
    ) throws(FileFailure) {
        self.file = file
        self.text = text
        (model, places) = try ModelReader.reading(text, file: file, base: base, isComplete: isComplete)
        let comment = text.split(separator: "\n").prefix { $0.hasPrefix("#") }
        let sentences = comment.map { $0.drop { $0 == "#" || $0 == " " } }.joined(separator: " ")
        purpose = sentences.firstIndex(of: ".").map { String(sentences[...$0]) } ?? sentences
    }
}

/// The models at hand: those that ship with the program, and those of `models` folders, which go before them.
package struct ModelLibrary: Sendable {
    private let folders: [String]
    /// The version whose shipped models they are.
    package let shipped: ShippedModels

    /// The shipped models, and those of folders, the first of which goes before the others.
    package init(folders: [String] = [], shipped: ShippedModels = .newest) {
        self.folders = folders
        self.shipped = shipped
    }

    /// The same folders with other shipped models.
    package func with(_ shipped: ShippedModels) -> ModelLibrary {
        ModelLibrary(folders: folders, shipped: shipped)
    }

    /// The names of all models at hand.
    package var names: [String] {
        get throws(FileFailure) {
            var own: [String] = []
            for folder in folders { own += try Self.files(in: folder).map { String($0.dropLast(".yaml".count)) } }
            return Set(own + shipped.names()).sorted()
        }
    }

    /// The files of a folder, which need not be there, in the order of their names.
    private static func files(in folder: String) throws(FileFailure) -> [String] {
        try ConfigurationFile(folder).namesIfPresent(of: .model).filter { $0.hasSuffix(".yaml") }
    }

    /// The model of a file outside the folders, that somebody wrote; one that names drivers must speak of all of them.
    package func file(path: String) throws(FileFailure) -> ModelFile {
        try ModelFile(
            text: try ConfigurationFile(path).text(of: .model), file: path, base: shipped.base, isComplete: true)
    }

    /// The model of a name.
    package func file(named name: String) throws(FileFailure) -> ModelFile {
        let found = try source(of: name)
        guard let found else {
            let names = try names
            let nearest = NearestNames.question(names, to: name)
            throw FileFailure(
                FileProblem(
                    .model, .unreadable, file: "model \(name)",
                    "is not known; \(nearest ?? "there are \(names.joined(separator: ", "))")"))
        }
        let file = try ModelFile(
            text: found.text, file: found.file, base: shipped.base, isComplete: found.file != shipped.label(name))
        guard file.model.name == name else {
            throw FileFailure(
                FileProblem(.model, .set, file: file.file, "the model is named \(file.model.name), its file \(name)"))
        }
        return file
    }

    /// The text of `NAME.yaml`: of the first folder that has it, else the shipped one.
    package func source(of name: String) throws(FileFailure) -> (file: String, text: String)? {
        for folder in folders {
            let path = "\(folder)/\(name).yaml"
            let file = ConfigurationFile(path)
            if !file.isAbsent { return (path, try file.text(of: .model)) }
        }
        return shipped.text(of: name).map { (shipped.label(name), $0) }
    }

    /// The files of tests: those of the folders, and the shipped ones of models that no folder has.
    package func tests() throws(FileFailure) -> [(file: String, text: String)] {
        var files: [(file: String, text: String)] = []
        for folder in folders {
            for name in try Self.files(in: "\(folder)/tests") {
                let path = "\(folder)/tests/\(name)"
                files.append((path, try ConfigurationFile(path).text(of: .model)))
            }
        }
        for name in shipped.names(below: "tests/") {
            let isReplaced = folders.contains { !ConfigurationFile("\($0)/\(name).yaml").isAbsent }
            guard !isReplaced, let text = shipped.text(of: "tests/\(name)") else { continue }
            files.append((shipped.label("tests/\(name)"), text))
        }
        return files
    }

    /// The models in force: those of the names in their order, and `default` for every account that is left.
    package func set(_ names: [String]) throws(FileFailure) -> ModelSet {
        let wanted = names.filter { $0 != HealthModel.default.name } + [HealthModel.default.name]
        var seen: Set<String> = []
        return ModelSet(
            files: try FileFailure.collecting(wanted) { name throws(FileFailure) in
                guard seen.insert(name).inserted else {
                    throw FileFailure(
                        FileProblem(.model, .set, file: "model \(name)", "stands twice among the models in force"))
                }
                return try file(named: name)
            })
    }
}
