/// Open tickets by priority.
package struct OpenTickets: Sendable, Hashable {
    /// Open tickets of priority 1.
    package var priority1: Int
    /// Open tickets of priority 2.
    package var priority2: Int
    /// Open tickets of priority 3.
    package var priority3: Int

    /// Open tickets by priority.
    package init(priority1: Int = 0, priority2: Int = 0, priority3: Int = 0) {
        self.priority1 = priority1
        self.priority2 = priority2
        self.priority3 = priority3
    }

    /// All open tickets.
    package var total: Int { priority1 + priority2 + priority3 }
}

/// The load of open tickets (mathematics §1.5).
package enum SupportLoad {
    /// Value in 0...1: 1 without open tickets, halved by every 3 units of load.
    package static func value(of tickets: OpenTickets, model: HealthModel) -> Double {
        let parameters = model.support
        let load =
            parameters.priority1Load * Double(tickets.priority1) + parameters.priority2Load * Double(tickets.priority2)
            + parameters.priority3Load * Double(tickets.priority3)
        return Real.halving(load, every: parameters.halvingLoad)
    }
}
