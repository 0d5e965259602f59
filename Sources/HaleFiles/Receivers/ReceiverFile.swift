package import HaleDomain

/// What `alerts/receivers.yaml` says: receivers, routes, and who is told when a receiver is stopped.
package struct ReceiverFile: Sendable, Hashable {
    /// Its name in the folder `alerts`.
    package static let name = "receivers.yaml"

    /// The file; nil where there is none.
    package var path: String?
    package var receivers: [Receiver] = []
    /// The routes, in the order in which they are asked; nil where the file says nothing of them.
    package var routes: [AlertRoute]?
    /// Receivers that are told when another one is stopped.
    package var administrators: [String] = []
    /// Where Hale's own pages are.
    package var externalURL = ""

    /// Nothing.
    package init() {}

    /// The file of the first of some folders that has one; nothing where none has.
    package static func read(folders: [String]) throws(FileFailure) -> ReceiverFile {
        for folder in folders {
            let path = "\(folder)/\(name)"
            let text: String?
            do {
                // A file in the folder's place holds no receivers, and nobody would be told of anything.
                _ = try ConfigurationFile(folder).namesIfPresent()
                text = try ConfigurationFile(path).textIfPresent()
            } catch {
                let place = ConfigurationFile(path).isAbsent ? folder : path
                throw FileFailure(FileProblem(.receiver, .unreadable, file: place, error.description))
            }
            if let text { return try read(text, path: path) }
        }
        return ReceiverFile()
    }

    /// A file's text.
    package static func read(_ yaml: String, path: String) throws(FileFailure) -> ReceiverFile {
        try ReceiverReader.read(yaml, file: path)
    }
}
