import HaleDomain

/// Makes the contracts of one account from its plan.
struct DemoContractBuilder {
    let number: Int
    let plan: DemoContractPlan
    let segment: DemoSegment
    let seats: Int
    let calendar: DemoCalendar
    var random: DemoRandom

    /// Days since the start of the youngest accounts, by account number.
    private static let recentStarts = [8: -12, 37: -20, 61: -31, 89: -44, 111: -52, 141: -61, 163: -70, 198: -84]
    /// Last days of the lost accounts, by account number.
    private static let lostDays = [
        11: -63, 39: -112, 64: -171, 82: -228, 109: -290, 132: -347, 156: -431, 194: -520,
    ]

    /// The contracts, oldest first, without ids.
    mutating func contracts() -> [DemoContract] {
        var contracts = mainContracts()
        guard let first = contracts.first else { return [] }
        if DemoContractPlan.withLiveAddOn.contains(number) {
            contracts.append(addOn(after: first, isLost: false))
        } else if DemoContractPlan.withLostAddOn.contains(number) {
            contracts.append(addOn(after: first, isLost: true))
        }
        return contracts
    }

    private mutating func mainContracts() -> [DemoContract] {
        switch plan {
        case .annualByItself: [rolling(endsOn: random.integer(66...364))]
        case .annualByHand: byHand(endsOn: random.integer(66...364), earlierTerms: number % 3 == 1 ? 1 : 2)
        case .severalYears: [severalYears()]
        case .monthly: [monthly()]
        case .evergreen: [evergreen()]
        case .noticeGiven: [noticeGiven()]
        case .windowOpen: windowOpen()
        case .pastDue: byHand(endsOn: -random.integer(10...58), earlierTerms: 1)
        case .lapsed: byHand(endsOn: -random.integer(95...160), earlierTerms: 0)
        case .signedEarly: signedEarly()
        case .recentlyStarted: [recentlyStarted(startsOn: Self.recentStarts[number] ?? -40)]
        case .startsInFuture: [recentlyStarted(startsOn: random.integer(6...24))]
        case .lost: [lost(on: Self.lostDays[number] ?? -200)]
        case .none: []
        }
    }

    /// A contract for the account's seats that started some years before the end of its current term.
    private mutating func contract(endsOn: Int, years: Int) -> DemoContract {
        var contract = DemoContract(
            arr: seats * random.integer(segment.seatPrice), seats: seats,
            startsOn: calendar.adding(months: -12 * years, to: endsOn), endsOn: endsOn, termMonths: 12)
        contract.noticeDays = segment == .enterprise ? random.pick([60, 90]) : random.pick([30, 30, 60])
        return contract
    }

    private mutating func rolling(endsOn: Int) -> DemoContract {
        let isOld = DemoContractPlan.withLostAddOn.contains(number)
        var contract = contract(endsOn: endsOn, years: isOld ? 3 : random.pick([endsOn > 265 ? 2 : 1, 2, 2, 3, 3, 4]))
        contract.renewsItself = true
        return contract
    }

    /// A contract that is signed anew for every term, with the terms before it as contracts of their own.
    private mutating func byHand(endsOn: Int, earlierTerms: Int) -> [DemoContract] {
        var current = contract(endsOn: endsOn, years: 1)
        if random.chance(0.5) { current.noticeDays = nil }
        var contracts = [current]
        for term in 0..<earlierTerms {
            var earlier = current
            earlier.endsOn = calendar.adding(months: -12 * (term + 1), to: endsOn)
            earlier.startsOn = calendar.adding(months: -12 * (term + 2), to: endsOn)
            let growth = random.real(-0.06...0.22)
            let seats = max(2, Int(Double(contracts[0].seats ?? 2) * (1 - growth)))
            earlier.arr = contracts[0].arr * seats / max(1, contracts[0].seats ?? 1)
            earlier.seats = seats
            if number % 3 == 0 {
                earlier.outcome = .renewed
                earlier.decidedOn = calendar.adding(months: -12 * (term + 1), to: endsOn) - random.integer(3...35)
            }
            contracts.insert(earlier, at: 0)
        }
        return contracts
    }

    private mutating func severalYears() -> DemoContract {
        let years = random.pick([2, 2, 3])
        let isOld = DemoContractPlan.withLostAddOn.contains(number)
        var contract = contract(endsOn: isOld ? random.integer(70...260) : random.integer(70...560), years: years)
        contract.termMonths = 12 * years
        contract.renewsItself = number % 2 == 0
        return contract
    }

    private mutating func monthly() -> DemoContract {
        let start = -random.integer(100...900)
        var months = 1
        while calendar.adding(months: months, to: start) <= 0 { months += 1 }
        var contract = contract(endsOn: calendar.adding(months: months, to: start), years: 1)
        contract.startsOn = start
        contract.termMonths = 1
        contract.renewsItself = true
        contract.noticeDays = nil
        return contract
    }

    private mutating func evergreen() -> DemoContract {
        var contract = contract(endsOn: 0, years: 1)
        contract.startsOn = -random.integer(200...1_200)
        contract.endsOn = nil
        contract.termMonths = nil
        contract.noticeDays = 60
        return contract
    }

    private mutating func noticeGiven() -> DemoContract {
        var contract = rolling(endsOn: random.integer(36...70))
        contract.noticeDays = 30
        contract.noticeGivenOn = -random.integer(3...20)
        return contract
    }

    private mutating func windowOpen() -> [DemoContract] {
        if number % 5 == 1 {
            var contract = rolling(endsOn: random.integer(36...60))
            contract.noticeDays = 30
            return [contract]
        }
        return byHand(endsOn: random.integer(3...60), earlierTerms: number % 2 == 0 ? 1 : 0)
    }

    private mutating func signedEarly() -> [DemoContract] {
        var contracts = byHand(endsOn: random.integer(15...85), earlierTerms: number % 2)
        contracts[contracts.count - 1].renewalSignedOn = -random.integer(2...28)
        return contracts
    }

    private mutating func recentlyStarted(startsOn: Int) -> DemoContract {
        var contract = contract(endsOn: calendar.adding(months: 12, to: startsOn), years: 1)
        contract.startsOn = startsOn
        contract.renewsItself = number % 2 == 0
        return contract
    }

    /// Half of the lost accounts cancelled after giving notice (one in the middle of a term), half did not sign.
    private mutating func lost(on day: Int) -> DemoContract {
        var contract = rolling(endsOn: day)
        if number % 2 == 0 {
            contract.noticeDays = 30
            contract.noticeGivenOn = day - random.integer(32...60)
            contract.cancelledOn = day
            if number == 132 { contract.endsOn = calendar.adding(months: 4, to: day) }
        } else {
            contract.renewsItself = false
            contract.startsOn = calendar.adding(months: -12, to: day)
            contract.outcome = .lost
            contract.decidedOn = day - random.integer(-6...12)
        }
        return contract
    }

    private mutating func addOn(after main: DemoContract, isLost: Bool) -> DemoContract {
        var contract = contract(endsOn: isLost ? -random.integer(45...300) : random.integer(70...330), years: 1)
        if contract.startsOn < main.startsOn {
            contract.startsOn = main.startsOn
            contract.endsOn = calendar.adding(months: 12, to: main.startsOn)
        }
        contract.product = DemoContract.addOnProduct
        contract.arr = max(600, main.arr * random.integer(18...34) / 100)
        contract.seats = nil
        contract.renewsItself = !isLost
        if isLost, let end = contract.endsOn {
            contract.outcome = .lost
            contract.decidedOn = end - random.integer(2...20)
        }
        return contract
    }
}
