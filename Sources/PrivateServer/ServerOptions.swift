/// Limits and places of a private server; the standard ones are right outside tests.
package struct ServerOptions: Equatable, Sendable {
    /// Whether a power cut may lose data.
    package enum Durability: Equatable, Sendable {
        /// Everything committed is on disk.
        case full
        /// Nothing is forced to disk; for tests.
        case none
    }

    /// Whether a power cut may lose data.
    package var durability: Durability
    /// Directory in which socket directories are made.
    package var socketParent: String
    /// Directory in which root's clusters are kept.
    package var privilegedClusterParent: String
    /// Wait for another command that is initialising, starting or stopping the same server.
    package var lockLimitSeconds: Int
    /// Wait for `initdb`.
    package var initialisationLimitSeconds: Int
    /// Wait for the server to accept connections.
    package var startLimitSeconds: Int
    /// Wait for the server to end.
    package var stopLimitSeconds: Int

    /// The standard options.
    package static let standard = ServerOptions()

    /// Options; what is not named is standard.
    package init(
        durability: Durability = .full, socketParent: String = "/tmp",
        privilegedClusterParent: String = "/var/lib/hale",
        lockLimitSeconds: Int = 180, initialisationLimitSeconds: Int = 120, startLimitSeconds: Int = 60,
        stopLimitSeconds: Int = 60
    ) {
        self.durability = durability
        self.socketParent = socketParent
        self.privilegedClusterParent = privilegedClusterParent
        self.lockLimitSeconds = lockLimitSeconds
        self.initialisationLimitSeconds = initialisationLimitSeconds
        self.startLimitSeconds = startLimitSeconds
        self.stopLimitSeconds = stopLimitSeconds
    }
}
