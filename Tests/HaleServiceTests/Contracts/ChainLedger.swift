import HaleDomain

/// A contract of a made-up chain, and what follows from it by going through its days one by one.
struct ChainContract: Sendable {
    var id: String
    var account: String
    var arr: Int
    var currency: String
    var product: String
    var starts: Day
    /// First day not covered.
    var ends: Day?
    var months: Int
    var renewsItself: Bool
    var noticeOn: Day?
    var outcome: String?
    var decidedOn: Day?
    var cancelledOn: Day?

    /// The renewal dates up to a day, as long as it goes on.
    func renewals(until day: Day) -> [Day] {
        guard renewsItself else { return [ends].compactMap { $0 }.filter { $0 <= day } }
        return (1...600).map { starts.adding(months: $0 * months) }.prefix { $0 <= day }.map { $0 }
    }

    /// The first day that its term does not cover and on which it does not go on; nil while it goes on.
    func stops(seen day: Day) -> Day? {
        guard renewsItself else { return ends }
        guard let noticeOn, noticeOn <= day else { return nil }
        return renewal(after: noticeOn)
    }

    /// The end of the term of a day where it renews by itself: where an end is given, not before that.
    func renewal(after day: Day) -> Day? {
        (1...600).map { starts.adding(months: $0 * months) }.first { $0 > day && $0 >= (ends ?? $0) }
    }

    func isCancelled(on day: Day) -> Bool { cancelledOn.map { $0 <= day } ?? false }

    /// Whether it runs on a day, by what is known on that day.
    func isLive(on day: Day) -> Bool {
        guard starts <= day, !isCancelled(on: day) else { return false }
        return stops(seen: day).map { day < $0 } ?? true
    }

    var csv: String {
        func text(_ day: Day?) -> String { day?.description ?? "" }
        let terms: [String] = [id, account, arr.description, currency, product, text(starts), text(ends)]
        let rest: [String] = [
            months.description, renewsItself.description, text(noticeOn), outcome ?? "", text(decidedOn),
            text(cancelledOn),
        ]
        return (terms + rest).joined(separator: ",")
    }
}

/// The contracts of made-up accounts, and a ledger of them that goes contract by contract and day by day.
struct ChainLedger: Sendable {
    let contracts: [ChainContract]

    /// Chains with gaps, overlaps, late and early renewals, notices, cancellations, several products and currencies.
    init(accounts: Int, seed: UInt64, from first: Day) {
        var numbers = SplitMix(seed: seed)
        func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &numbers) }
        func chance(_ share: Double) -> Bool { Double.random(in: 0..<1, using: &numbers) < share }
        // Every month has such a day.
        func early(_ day: Day) -> Day { day - day.firstOfMonth > 27 ? day - 4 : day }
        var all: [ChainContract] = []
        for account in 0..<accounts {
            for product in chance(0.6) ? ["P"] : ["P", "Q"] {
                var starts = early(first + below(300))
                let currency = chance(0.3) ? "USD" : "EUR"
                for _ in 0..<4 {
                    let months = [3, 6, 12, 12][below(4)]
                    var next = ChainContract(
                        id: "k\(all.count)", account: "a\(account)", arr: 100 * (1 + below(50)), currency: currency,
                        product: product, starts: starts, ends: starts.adding(months: months), months: months,
                        renewsItself: false)
                    let kind = Double(below(1000)) / 1000
                    if kind < 0.2 {
                        next.renewsItself = true
                        // An end may be given, or not: it is whole terms after the start.
                        next.ends = chance(0.5) ? starts.adding(months: months * (1 + below(2))) : nil
                        if chance(0.5) { next.noticeOn = starts + below(700) }
                        if chance(0.3) { next.cancelledOn = starts + 1 + below(700) }
                    } else if kind < 0.3 {
                        next.cancelledOn = starts + 1 + below(months * 30 + 40)
                    } else if kind < 0.45 {
                        next.outcome = chance(0.5) ? "lost" : "renewed"
                        next.decidedOn = next.ends.map { $0 - below(60) + below(120) }.map { max($0, starts + 1) }
                    } else if kind < 0.55 {
                        next.noticeOn = next.ends.map { max(starts + 1, $0 - 10 - below(60)) }
                    }
                    all.append(next)
                    if next.renewsItself { break }
                    let gap: Int = [0, 0, 0, 0, below(40) - 20, below(120)][below(6)]
                    starts = early(starts.adding(months: months) + gap)
                    if starts <= next.starts { break }
                }
            }
        }
        contracts = all
    }

    func value(_ contract: ChainContract) -> Int { contract.currency == "USD" ? contract.arr / 2 : contract.arr }

    /// When the contract that follows begins, as seen on a day.
    func followsOn(_ contract: ChainContract, seen: Day) -> Day? {
        guard let stops = contract.stops(seen: seen) else { return nil }
        return contracts.filter { other in
            other.account == contract.account && other.product == contract.product && other.id != contract.id
                && other.starts > contract.starts && other.starts > stops - 90 && other.starts <= stops + 90
                && other.starts <= seen
        }.map(\.starts).min()
    }

    /// What was decided of a contract's renewals, as seen on a day: date, outcome and basis.
    func decisions(_ contract: ChainContract, seen: Day) -> [String] {
        let stops = contract.stops(seen: seen)
        var found: [String] = []
        func add(_ day: Day, _ outcome: String, _ basis: String) {
            found.append("\(contract.id) \(day) \(outcome) \(basis)")
        }
        let cut: Day? = contract.cancelledOn.flatMap { cancelled in
            guard cancelled <= seen else { return nil }
            if let stops { return cancelled <= stops ? stops : nil }
            return contract.renewal(after: max(cancelled - 1, contract.starts))
        }
        for day in contract.renewals(until: seen) where contract.renewsItself {
            if let stops, day >= stops { continue }
            if contract.isCancelled(on: day) { continue }
            add(day, "renewed", "rolled")
        }
        if let cut {
            add(cut, "lost", "cut")
        } else if let stops, stops <= seen {
            if let outcome = contract.outcome, let decided = contract.decidedOn, decided <= seen {
                add(stops, outcome, "said")
            } else if followsOn(contract, seen: seen) != nil {
                add(stops, "renewed", "follow")
            } else if contract.noticeOn.map({ $0 <= seen }) ?? false {
                add(stops, "lost", "notice")
            } else if seen >= stops + 90 {
                add(stops, "lost", "lapsed")
            }
        }
        return found
    }

    /// ARR that is held on a day as seen on another: live, or ended and renewed late; and what is not decided.
    func held(on day: Day, seen: Day, account: String) -> (held: Int, undecided: Int) {
        var (held, undecided) = (0, 0)
        for contract in contracts where contract.account == account && contract.starts <= day {
            // Notices and cancellations of the day, by all that is known when it is looked at.
            let stops = contract.stops(seen: day)
            guard let stops, stops <= day else {
                if !contract.isCancelled(on: day) { held += value(contract) }
                continue
            }
            let isCut = contract.cancelledOn.map { $0 < stops && $0 <= seen } ?? false
            let follows = followsOn(contract, seen: seen)
            let decision = decisions(contract, seen: seen).last { $0.contains(" \(stops) ") }
            if let follows {
                if follows > day && !isCut { held += value(contract) }
            } else if decision?.contains("renewed") == true && day < stops + 90 && !isCut {
                held += value(contract)
            }
            let isCancelled = contract.cancelledOn.map { $0 <= stops && $0 <= seen } ?? false
            if decision == nil && !isCancelled { undecided += value(contract) }
        }
        return (held, undecided)
    }
}
