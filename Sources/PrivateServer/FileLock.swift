/// A lock that this process holds on a file until the value ends; the operating system frees it when the process dies.
package final class FileLock: Sendable {
    private let descriptor: Int32

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    deinit {
        OperatingSystem.release(descriptor)
    }
}
