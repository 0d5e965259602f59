import Glibc

/// An entry of the operating system's list of users.
package struct SystemUser: Equatable, Sendable {
    /// Name of the user.
    package var name: String
    /// Number of the user.
    package var userID: UInt32
    /// Number of the user's own group.
    package var groupID: UInt32
}

// Who runs this process, and who else there is.
extension OperatingSystem {
    /// Number of the user this process acts as; 0 is root.
    package static var effectiveUserID: UInt32 { geteuid() }

    /// The user of that name, nil when unknown.
    package static func user(named name: String) -> SystemUser? {
        unsafe user { (entry, buffer, length, found) in unsafe getpwnam_r(name, entry, buffer, length, found) }
    }

    /// The user of that number, nil when unknown.
    package static func user(numbered userID: UInt32) -> SystemUser? {
        unsafe user { (entry, buffer, length, found) in unsafe getpwuid_r(userID, entry, buffer, length, found) }
    }

    private typealias UserLookup = (
        UnsafeMutablePointer<passwd>, UnsafeMutablePointer<CChar>, Int,
        UnsafeMutablePointer<UnsafeMutablePointer<passwd>?>
    ) -> Int32

    private static func user(_ lookUp: UserLookup) -> SystemUser? {
        var entry = unsafe passwd()
        var found: UnsafeMutablePointer<passwd>?
        // Entries of directory services can be long; 64 KiB is what such services bound them to.
        var buffer = [CChar](repeating: 0, count: 65_536)
        guard unsafe lookUp(&entry, &buffer, buffer.count, &found) == 0, unsafe found != nil,
            let name = unsafe entry.pw_name
        else { return nil }
        return unsafe SystemUser(name: String(cString: name), userID: entry.pw_uid, groupID: entry.pw_gid)
    }
}
