/// How many more deliveries of each receiver a worker takes.
package enum ClaimBudget {
    /// Requests under way to one host, where no receiver of it asks for more.
    package static let hostLimit = 8
    /// Requests under way in all.
    package static let workerLimit = 256

    /// What is asked of one receiver.
    package struct Demand: Sendable, Hashable {
        /// Key of the receiver.
        package let receiver: Int64
        package let host: String
        /// Requests that it takes at once.
        package let concurrency: Int
        /// Requests of it that are under way.
        package let underWay: Int
        /// When it was sent to last, by any clock that all demands share.
        package let lastSent: Int64

        package init(receiver: Int64, host: String, concurrency: Int, underWay: Int, lastSent: Int64 = 0) {
            self.receiver = receiver
            self.host = host
            self.concurrency = concurrency
            self.underWay = underWay
            self.lastSent = lastSent
        }
    }

    /// Places by receiver, of those that have something due; those without one are left out. Where places are few, the
    /// receivers with the fewest requests under way come first, and among them the one that waited longest, so that none
    /// keeps the others from theirs.
    package static func places(_ demands: [Demand]) -> [Int64: Int] {
        var free = workerLimit - demands.reduce(0) { $0 + $1.underWay }
        var hosts: [String: Int] = [:]
        for demand in demands { hosts[demand.host] = max(hosts[demand.host] ?? hostLimit, demand.concurrency) }
        for demand in demands { hosts[demand.host, default: 0] -= demand.underWay }
        var places: [Int64: Int] = [:]
        for demand in demands.sorted(by: {
            ($0.underWay, $0.lastSent, $0.receiver) < ($1.underWay, $1.lastSent, $1.receiver)
        }) {
            let count = min(demand.concurrency - demand.underWay, hosts[demand.host] ?? 0, free)
            guard count > 0 else { continue }
            places[demand.receiver] = count
            hosts[demand.host, default: 0] -= count
            free -= count
        }
        return places
    }
}
