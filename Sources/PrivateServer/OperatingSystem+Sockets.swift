import Glibc

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

extension OperatingSystem {
    /// Whether somebody listens on a Unix-domain socket. The connection is closed at once.
    package static func connects(toSocket path: String) -> SocketAnswer {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard bytes.count < room else { return .failed(reason: "its path has more than \(room - 1) bytes") }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC | O_NONBLOCK, 0)
        guard descriptor >= 0 else { return .failed(reason: message(errno)) }
        defer { _ = close(descriptor) }
        let result = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { rebound in
                unsafe connect(descriptor, rebound, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        // A full queue of connections means somebody is there.
        if result == 0 || errno == EAGAIN { return .listening }
        return switch errno {
        case ENOENT: .absent
        case ECONNREFUSED: .refused
        default: .failed(reason: message(errno))
        }
    }
}
