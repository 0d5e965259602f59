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

/// An entry of the operating system's list of users.
package struct SystemUser: Equatable, Sendable {
    /// Name of the user.
    package var name: String
    /// Number of the user.
    package var userID: UInt32
    /// Number of the user's own group.
    package var groupID: UInt32
}

/// What came of connecting to a Unix-domain socket.
package enum SocketAnswer: Equatable, Sendable {
    /// Somebody listens.
    case listening
    /// There is no socket of that name.
    case absent
    /// The socket is there, nobody listens.
    case refused
    /// Connecting failed for another reason.
    case failed(reason: String)
}
