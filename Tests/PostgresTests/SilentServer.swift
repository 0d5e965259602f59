import Glibc

/// A socket that takes connections and never says anything.
final class SilentServer: Sendable {
    struct Failure: Error {}

    let directory: String
    private let descriptor: Int32

    init() throws {
        // The template is written to in place and read back while it is alive.
        var template = Array("/tmp/silent-XXXXXX".utf8CString)
        let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
            unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.map { unsafe String(cString: $0) }
        }
        guard let made else { throw Failure() }
        directory = made
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = "\(made)/.s.PGSQL.5432"
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { target in
            // The path is far shorter than the 108 bytes of the address.
            unsafe target.copyBytes(from: Array(path.utf8) + [0])
        }
        // The address is passed as its generic form, with its own size.
        let isBound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { generic in
                unsafe bind(descriptor, generic, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isBound, listen(descriptor, 8) == 0 else { throw Failure() }
    }

    deinit {
        close(descriptor)
        unsafe unlink("\(directory)/.s.PGSQL.5432")
        unsafe rmdir(directory)
    }
}
