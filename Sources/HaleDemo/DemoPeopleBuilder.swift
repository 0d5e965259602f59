/// Makes the people of one account.
struct DemoPeopleBuilder {
    let number: Int
    let name: DemoAccountName
    let segment: DemoSegment
    let story: DemoStory
    let seats: Int
    let createdOn: Int
    let lostOn: Int?
    let troubles: [DemoTrouble]
    let hasAddOn: Bool
    var random: DemoRandom

    /// The people, those with a part to play first.
    mutating func people() -> [DemoPerson] {
        let names = DemoPersonNames(country: name.country)
        let address = DemoSlug(name.name, orElse: "account-\(number)").text + ".example"
        let roles = roles(count: headcount())
        let adopted = adoptedFeatures()
        // Whoever stayed without a champion found another one.
        let successor = successorJoinedOn == nil ? nil : roles.lastIndex(of: .champion)
        var used: Set<String> = []
        var people: [DemoPerson] = []
        for (position, role) in roles.enumerated() {
            let given = random.pick(names.given)
            let family = random.pick(names.family)
            var mailbox = DemoSlug(given, orElse: "team").text + "." + DemoSlug(family, orElse: "member").text
            if !used.insert(mailbox).inserted {
                mailbox += String(position + 1)
                used.insert(mailbox)
            }
            let joined = joinedOn(role: role, succeeds: role == .champion && position == successor)
            people.append(
                DemoPerson(
                    id: "P-" + DemoAccount.padded(position + 1, digits: 3),
                    name: name.country == .japan ? family + " " + given : given + " " + family,
                    email: mailbox + "@" + address, role: role, joinedOn: joined,
                    leftOn: leftOn(role: role, position: position, joinedOn: joined),
                    silentDays: role == .champion ? championSilentDays : nil,
                    activity: activity(of: role), features: favourites(among: adopted)))
        }
        return people
    }

    /// Whether a customer without a story has a champion.
    static func hasChampion(_ number: Int, segment: DemoSegment) -> Bool {
        number % 13 != 5 || segment == .enterprise
    }

    private var championSilentDays: Range<Int>? {
        switch story {
        case .championSilent: return -24 - number % 11..<0
        case .slowDecline where number % 3 != 0, .usageCliff where number % 3 != 0: return -16 - number % 9..<0
        default: return trouble(.championSilent).map { $0.startsOn..<$0.endsOn }
        }
    }

    private var successorJoinedOn: Int? {
        trouble(.championLeaves).flatMap { $0.endsOn < lostOn ?? 0 ? $0.endsOn : nil }
    }

    private func trouble(_ cause: DemoTrouble.Cause) -> DemoTrouble? { troubles.first { $0.cause == cause } }

    private mutating func headcount() -> Int {
        let ratio =
            switch story {
            case .growing: random.real(0.98...1.2)
            case .fewPeopleForSeats: random.real(0.22...0.33)
            case .unknown: 0.3
            case .onboarding: random.real(0.6...0.9)
            case .lukewarm: random.real(0.28...0.5)
            case .usageCliff: random.real(0.6...0.8)
            case .slowDecline: random.real(0.4...0.65)
            default: random.chance(0.7) ? random.real(0.84...1.06) : random.real(0.5...0.75)
            }
        return max(3, Int((Double(seats) * ratio * 1.05).rounded()))
    }

    private func roles(count: Int) -> [DemoPerson.Role] {
        guard story != .unknown else { return Array(repeating: .user, count: count) }
        var roles: [DemoPerson.Role] = []
        let needsChampion = story == .championLeft || story == .championSilent
        if needsChampion || number % 13 != 5 { roles.append(.champion) }
        if segment != .small || number % 2 == 0 || story == .detractorDecides { roles.append(.economicBuyer) }
        roles.append(.admin)
        if segment == .enterprise, !needsChampion { roles.append(.champion) }
        if successorJoinedOn != nil { roles.append(.champion) }
        while roles.count < count { roles.append(.user) }
        return roles
    }

    private mutating func joinedOn(role: DemoPerson.Role, succeeds: Bool) -> Int {
        let end = lostOn ?? 0
        if succeeds, let successorJoinedOn { return successorJoinedOn }
        if role != .user { return createdOn + min(random.integer(0...6), max(0, end - createdOn - 3)) }
        if story == .growing, random.chance(0.38) { return -random.integer(6...105) }
        let isEarly = random.chance(0.76)
        let latest = max(createdOn, isEarly ? min(createdOn + 60, end - 5) : end - 40)
        return random.integer(createdOn...latest)
    }

    private mutating func leftOn(role: DemoPerson.Role, position: Int, joinedOn: Int) -> Int? {
        if role == .champion, story == .championLeft { return -random.integer(6...34) }
        if role == .champion, let left = trouble(.championLeaves)?.startsOn, joinedOn < left { return left }
        // One of two champions left; the account keeps the other.
        if role == .champion, number == 100, position > 0 { return -47 }
        let end = lostOn ?? 0
        guard role == .user, random.chance(0.05), end - joinedOn > 120 else { return nil }
        return random.integer((joinedOn + 90)...(end - 1))
    }

    private mutating func activity(of role: DemoPerson.Role) -> Double {
        switch role {
        case .champion: return story == .lukewarm ? random.real(0.2...0.45) : random.real(0.5...0.8)
        case .admin: return random.real(0.25...0.5)
        case .economicBuyer: return random.real(0.06...0.14)
        case .user: break
        }
        return switch random.unit() {
        case ..<0.1: random.real(0.55...0.85)
        case ..<0.45: random.real(0.22...0.4)
        case ..<0.87: random.real(0.1...0.18)
        default: random.real(0.03...0.06)
        }
    }

    /// The features the account has taken up; most take up most of them.
    private mutating func adoptedFeatures() -> [Int] {
        var available = DemoFeature.all.indices.filter {
            hasAddOn || DemoFeature.all[$0].product != DemoContract.addOnProduct
        }
        let count =
            switch story {
            case .onboarding, .fewPeopleForSeats: random.integer(4...7)
            case .lukewarm: random.integer(2...4)
            case .slowDecline, .usageCliff: random.integer(2...5)
            default: random.integer(7...12)
            }
        var adopted: [Int] = []
        while adopted.count < count, !available.isEmpty {
            // The square favours the front of the list, where the features everybody knows are.
            let draw = random.unit()
            adopted.append(available.remove(at: Int(draw * draw * Double(available.count))))
        }
        return adopted
    }

    private mutating func favourites(among adopted: [Int]) -> [Int] {
        var rest = adopted
        var favourites: [Int] = []
        for _ in 0..<min(rest.count, random.integer(2...5)) {
            favourites.append(rest.remove(at: random.integer(0...(rest.count - 1))))
        }
        return favourites
    }
}
