/// The directory of the private server's socket: made by and open to nobody but the user who runs the server.
enum SocketDirectory {
    /// Makes the directory, or checks the one that is there.
    static func prepare(_ layout: ServerLayout) throws(ServerError) {
        let path = layout.socketDirectory
        let owner = layout.serverUser
        _ = try OperatingSystem.makeDirectory(path, permissions: 0o700)
        try verify(layout)
        // In a shared directory such as /tmp only the owner can replace what was just checked.
        guard let status = OperatingSystem.status(ofPath: path) else {
            throw .socketDirectoryNotADirectory(path: path)
        }
        if status.ownerID != owner.userID { try OperatingSystem.setOwner(path, owner) }
        if status.permissions != 0o700 { try OperatingSystem.setPermissions(path, 0o700) }
    }

    /// Throws when the path is taken by a link or a file, or belongs to somebody else. An absent one is in order.
    static func verify(_ layout: ServerLayout) throws(ServerError) {
        let path = layout.socketDirectory
        guard let status = OperatingSystem.status(ofPath: path) else { return }
        guard status.kind == .directory else { throw .socketDirectoryNotADirectory(path: path) }
        // Root makes the directory before it gives it to the server's user.
        let trusted = [layout.serverUser.userID, OperatingSystem.effectiveUserID]
        guard trusted.contains(status.ownerID) else {
            throw .socketDirectoryForeign(path: path, owner: ServerLayout.name(of: status.ownerID))
        }
    }
}
