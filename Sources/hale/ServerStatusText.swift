import PrivateServer

/// A private server's state in one line.
struct ServerStatusText {
    let text: String

    init(_ status: ServerStatus) {
        switch status {
        case .running(let server): text = "running: PostgreSQL \(server.version), process \(server.processID)"
        case .starting(let process): text = "starting: process \(process)"
        case .stopping(let process): text = "stopping: process \(process)"
        case .unreachable(let process, let reason): text = "does not answer: process \(process), \(reason)"
        case .stopped: text = "stopped: any command starts it"
        case .absent: text = "not made yet: hale db up makes it"
        case .halfInitialised(let cluster, let missing):
            text = "half-initialised: \(cluster) has no \(missing); move it away and run hale db up"
        case .foreign(let error): text = error.description
        }
    }
}
