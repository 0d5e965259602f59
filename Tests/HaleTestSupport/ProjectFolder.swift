package import Foundation

/// Where the project stands, for tests that read its own files.
package enum ProjectFolder {
    /// Its folder.
    package static let root = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
}
