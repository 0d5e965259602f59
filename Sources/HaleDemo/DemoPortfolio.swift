/// Everything about the made-up company that is not a stream of facts: its accounts, their people and contracts.
struct DemoPortfolio {
    let accounts: [DemoAccount]

    /// The portfolio of a seed, seen from the calendar's anchor.
    init(seed: UInt64, accountCount: Int, calendar: DemoCalendar) {
        let names = DemoAccountName.all(count: accountCount, seed: seed)
        var accounts: [DemoAccount] = []
        var contractCount = 0
        for number in 1...accountCount {
            let account = Self.account(
                number, name: names[number - 1], seed: seed, calendar: calendar,
                firstContract: contractCount + 1)
            contractCount += account.contracts.count
            accounts.append(account)
        }
        self.accounts = accounts
    }

    /// The managers who look after an account.
    var managers: [DemoManager] {
        var emails: Set<String> = []
        return accounts.map(\.manager).filter { emails.insert($0.email).inserted }
    }

    private static func account(
        _ number: Int, name: DemoAccountName, seed: UInt64, calendar: DemoCalendar, firstContract: Int
    ) -> DemoAccount {
        var random = DemoRandom(seed: seed, purpose: .account, number: number)
        let place = DemoCompany.rosterPlace(ofAccount: number)
        let story = DemoStory(account: place)
        let segment = DemoSegment(account: place)
        let plan = DemoContractPlan(account: place, story: story)
        let seats = random.integer(segment.seats)
        var contractBuilder = DemoContractBuilder(
            number: place, story: story, plan: plan, segment: segment, seats: seats, calendar: calendar,
            random: DemoRandom(seed: seed, purpose: .contract, number: number),
            fate: DemoRandom(seed: seed, purpose: .life, number: number))
        var contracts = contractBuilder.contracts()
        for position in contracts.indices {
            contracts[position].id = "C-" + DemoAccount.padded(firstContract + position, digits: 4)
        }
        let createdOn: Int =
            switch plan {
            case .none: -random.integer(300...700)
            case .startsInFuture: -random.integer(15...30)
            default: (contracts.map(\.startsOn).min() ?? 0) - random.integer(0...9)
            }
        let life = contractBuilder.life
        let lostOn = life.loss?.day
        var peopleBuilder = DemoPeopleBuilder(
            number: place, name: name, segment: segment, story: story, seats: seats, createdOn: createdOn,
            lostOn: lostOn, troubles: life.troubles,
            hasAddOn: contracts.contains { $0.product == DemoContract.addOnProduct },
            random: DemoRandom(seed: seed, purpose: .people, number: number))
        return DemoAccount(
            number: number, name: name, segment: segment, story: story, plan: plan,
            manager: DemoManager.manager(ofAccount: number), createdOn: createdOn, lostOn: lostOn, life: life,
            seats: seats, contracts: contracts, people: peopleBuilder.people(),
            rhythm: DemoRhythm(account: place, story: story, calendar: calendar, random: &random),
            namesPeople: place % 12 != 5)
    }
}
