import Foundation
import Glibc
import Synchronization

extension OperatingSystem {
    /// Kept open as long as the process lives.
    private static let occupants = Mutex<[FileHandle]>([])

    /// Takes the places of standard input, output and error where whoever started the program closed them. Else the next
    /// file or connection that is opened gets such a place, and what is printed goes into it. Reading and writing there
    /// fails as on a closed one.
    package static func occupyStandardDescriptors() {
        for descriptor: Int32 in 0...2 where fcntl(descriptor, F_GETFD) == -1 && errno == EBADF {
            // The lowest free number is taken, which is this one.
            let isInput = descriptor == 0
            let path = "/dev/null"
            guard let handle = isInput ? FileHandle(forWritingAtPath: path) : FileHandle(forReadingAtPath: path) else {
                return
            }
            occupants.withLock { $0.append(handle) }
        }
    }
}
