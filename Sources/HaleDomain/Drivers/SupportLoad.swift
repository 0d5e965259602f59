/// Open tickets by priority.
public struct OpenTickets: Sendable, Hashable {
    /// Open tickets of priority 1.
    public var priority1: Int
    /// Open tickets of priority 2.
    public var priority2: Int
    /// Open tickets of priority 3.
    public var priority3: Int

    /// Open tickets by priority.
    public init(priority1: Int = 0, priority2: Int = 0, priority3: Int = 0) {
        self.priority1 = priority1
        self.priority2 = priority2
        self.priority3 = priority3
    }

    /// All open tickets.
    public var total: Int { priority1 + priority2 + priority3 }
}

/// The load of open tickets (mathematics §1.5).
public enum SupportLoad {
    /// Value in 0...1: 1 without open tickets, halved by every 3 units of load.
    public static func value(of tickets: OpenTickets, model: HealthModel = .default) -> Double {
        let parameters = model.support
        let load =
            parameters.priority1Load * Double(tickets.priority1) + parameters.priority2Load * Double(tickets.priority2)
            + parameters.priority3Load * Double(tickets.priority3)
        return Real.halving(load, every: parameters.halvingLoad)
    }
}
