import Glibc
import SystemPackage

/// What the operating system says about a path.
package struct FileStatus: Equatable, Sendable {
    /// What kind of thing the path names.
    package enum Kind: Equatable, Sendable {
        /// A file with content.
        case file
        case directory
        /// A symbolic link.
        case link
        /// A Unix-domain socket.
        case socket
        /// Anything else, such as a device.
        case other
    }

    /// What the path names.
    package var kind: Kind
    /// Numeric user that owns it.
    package var ownerID: UInt32
    /// Permission bits, for instance `0o700`.
    package var permissions: UInt32
    /// Device it is stored on; with `inode` it identifies the thing itself, whatever its name.
    package var device: UInt64
    /// Number of the thing on its device.
    package var inode: UInt64
    /// Count of names; 0 for a thing that was deleted while in use.
    package var links: UInt64
    /// Time of the last change of its content, in seconds since 1970.
    package var modifiedSeconds: Int64
}

extension FileStatus {
    init(_ status: Stat) {
        kind =
            switch status.type {
            case .regular: .file
            case .directory: .directory
            case .symbolicLink: .link
            case .socket: .socket
            default: .other
            }
        ownerID = status.userID.rawValue
        permissions = status.permissions.rawValue
        device = UInt64(status.deviceID.rawValue)
        inode = UInt64(status.inode.rawValue)
        links = UInt64(status.linkCount)
        modifiedSeconds = Int64(status.st_mtim.tv_sec)
    }
}
