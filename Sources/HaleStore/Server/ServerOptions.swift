/// Limits and places of a private server; the standard ones are right outside tests.
public struct ServerOptions: Equatable, Sendable {
    /// Whether a power cut may lose data.
    public enum Durability: Equatable, Sendable {
        /// Everything committed is on disk.
        case full
        /// Nothing is forced to disk; for tests.
        case none
    }

    /// Whether a power cut may lose data.
    public var durability: Durability
    /// Directory in which socket directories are made.
    public var socketParent: String
    /// Directory in which root's clusters are kept.
    public var privilegedClusterParent: String
    /// Wait for another command that is initialising, starting or stopping the same server.
    public var lockLimitSeconds: Int
    /// Wait for `initdb`.
    public var initialisationLimitSeconds: Int
    /// Wait for the server to accept connections.
    public var startLimitSeconds: Int
    /// Wait for the server to end.
    public var stopLimitSeconds: Int

    /// The standard options.
    public static let standard = ServerOptions()

    /// Options; what is not named is standard.
    public init(
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
