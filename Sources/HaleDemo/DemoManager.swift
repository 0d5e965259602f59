/// A customer success manager of the made-up company.
struct DemoManager {
    let name: String
    let email: String
    let capacityMinutes: Int
    let timeZone: String
    let locale: String
    /// Accounts looked after, of each 200.
    let accounts: Int

    private static let team = [
        DemoManager("Ana Ribeiro", "ana.ribeiro", 180, "Europe/Lisbon", "pt-PT", accounts: 32),
        DemoManager("Jonas Weber", "jonas.weber", 240, "Europe/Berlin", "de-DE", accounts: 25),
        DemoManager("Aiko Tanaka", "aiko.tanaka", 300, "Asia/Tokyo", "ja-JP", accounts: 24),
        DemoManager("Chloé Martin", "chloe.martin", 240, "Europe/Paris", "fr-FR", accounts: 22),
        DemoManager("Kwame Mensah", "kwame.mensah", 210, "Europe/London", "en-GB", accounts: 30),
        DemoManager("Priya Nair", "priya.nair", 270, "Asia/Kolkata", "en-IN", accounts: 25),
        DemoManager("Zofia Kowalska", "zofia.kowalska", 240, "Europe/Warsaw", "pl-PL", accounts: 24),
        DemoManager("Miguel Hernández", "miguel.hernandez", 180, "America/Chicago", "es-US", accounts: 18),
    ]

    /// Family names of the further teams, beside those of the first one.
    private static let furtherNames = ["Lindqvist", "Okafor"]

    /// The manager of an account; neighbours in number belong to different managers, and every 200 accounts have a team.
    static func manager(ofAccount number: Int) -> DemoManager {
        var place = number * 83 % DemoCompany.rosterSize
        for (position, manager) in team.enumerated() {
            if place < manager.accounts {
                return manager.colleague(position, team: (number - 1) / DemoCompany.rosterSize)
            }
            place -= manager.accounts
        }
        return team[0]
    }

    /// The one in a further team who works as this one does: the same given name, another family name.
    private func colleague(_ position: Int, team number: Int) -> DemoManager {
        guard number > 0 else { return self }
        let given = name.split(separator: " ")[0]
        let families = Self.team.map { String($0.name.split(separator: " ")[1]) } + Self.furtherNames
        let family = families[(position + number) % families.count]
        return DemoManager(
            "\(given) \(family)", DemoSlug("\(given)", orElse: "csm").text + "." + DemoSlug(family, orElse: "csm").text,
            capacityMinutes, timeZone, locale, accounts: accounts)
    }

    private init(
        _ name: String, _ mailbox: String, _ capacityMinutes: Int, _ timeZone: String, _ locale: String, accounts: Int
    ) {
        self.name = name
        email = mailbox + "@example.com"
        self.capacityMinutes = capacityMinutes
        self.timeZone = timeZone
        self.locale = locale
        self.accounts = accounts
    }
}
