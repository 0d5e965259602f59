import HaleDomain

/// Makes the contracts of one account from its plan, and lives through their renewals.
struct DemoContractBuilder {
    /// The account's place in the rosters.
    let number: Int
    let story: DemoStory
    let plan: DemoContractPlan
    let segment: DemoSegment
    let seats: Int
    let calendar: DemoCalendar
    var random: DemoRandom
    /// What chance makes of the renewals.
    var fate: DemoRandom
    /// How the renewals went; known once the contracts are made.
    private(set) var life = DemoLife.quiet

    init(
        number: Int, story: DemoStory, plan: DemoContractPlan, segment: DemoSegment, seats: Int,
        calendar: DemoCalendar, random: DemoRandom, fate: DemoRandom
    ) {
        self.number = number
        self.story = story
        self.plan = plan
        self.segment = segment
        self.seats = seats
        self.calendar = calendar
        self.random = random
        self.fate = fate
    }

    /// Days since the start of the youngest accounts, by account number.
    private static let recentStarts = [8: -12, 37: -20, 61: -31, 89: -44, 111: -52, 141: -61, 163: -70, 198: -84]
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
        case .annualByItself: [livedThrough(rolling(endsOn: random.integer(66...364)))]
        case .annualByHand:
            livedThrough(
                byHand(endsOn: random.integer(66...364), earlierTerms: (number % 3 == 1 ? 1 : 2) + furtherTerms()))
        case .severalYears: [severalYears()]
        case .monthly: [livedThrough(monthly())]
        case .evergreen: [evergreen()]
        case .noticeGiven: [noticeGiven()]
        case .windowOpen: windowOpen()
        case .pastDue: byHand(endsOn: -random.integer(10...58), earlierTerms: 1)
        case .lapsed: byHand(endsOn: -random.integer(95...160), earlierTerms: 0)
        case .signedEarly: signedEarly()
        case .recentlyStarted: [recentlyStarted(startsOn: Self.recentStarts[number] ?? -40)]
        case .startsInFuture: [recentlyStarted(startsOn: random.integer(6...24))]
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
        let years = isOld ? 3 : random.pick([endsOn > 265 ? 2 : 1, 2, 2, 3, 3, 4]) + furtherTerms()
        var contract = contract(endsOn: endsOn, years: years)
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

    /// Years that a customer has been there beyond the two that always have facts: most have seen all of them.
    private mutating func furtherTerms() -> Int {
        let further = calendar.usageDays / 365 - 2
        guard further > 0 else { return 0 }
        return fate.chance(0.7) ? further : fate.integer(0...further)
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

/// Renewals that chance decides: those of the customers without a story.
extension DemoContractBuilder {
    /// A contract that renews by itself, up to the renewal at which the customer left.
    private mutating func livedThrough(_ contract: DemoContract) -> DemoContract {
        let months = 12
        var dates: [Int] = []
        var date = calendar.adding(months: months, to: contract.startsOn)
        while date < 0 {
            dates.append(date)
            date = calendar.adding(months: months * (dates.count + 1), to: contract.startsOn)
        }
        live(through: dates, mayStopEarly: contract.termMonths == 12)
        guard let loss = life.loss else { return contract }
        var contract = contract
        contract.endsOn = dates[loss.position]
        contract.cancelledOn = loss.day
        if contract.termMonths == 12 {
            contract.noticeDays = 30
            contract.noticeGivenOn = loss.day - fate.integer(32...60)
        }
        return contract
    }

    /// Contracts that are signed anew for every term, up to the one after which the customer did not sign.
    private mutating func livedThrough(_ contracts: [DemoContract]) -> [DemoContract] {
        let dates = contracts.dropLast().compactMap(\.endsOn)
        live(through: dates, mayStopEarly: false)
        guard let loss = life.loss else { return contracts }
        var kept = Array(contracts[...loss.position])
        kept[loss.position].outcome = .lost
        kept[loss.position].decidedOn = loss.day - fate.integer(-6...12)
        return kept
    }

    private mutating func live(through dates: [Int], mayStopEarly: Bool) {
        guard story.isOrdinary else { return }
        life = DemoLife(
            renewalDates: dates, mayStopEarly: mayStopEarly, isLukewarm: story == .lukewarm,
            hasChampion: DemoPeopleBuilder.hasChampion(number, segment: segment), calendar: calendar, random: &fate)
    }
}
