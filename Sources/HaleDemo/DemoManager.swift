/// A customer success manager of the made-up company.
struct DemoManager {
    let name: String
    let email: String
    let capacityMinutes: Int
    let timeZone: String
    let locale: String
    /// Accounts looked after, of 200.
    let accounts: Int

    static let all = [
        DemoManager("Ana Ribeiro", "ana.ribeiro", 180, "Europe/Lisbon", "pt-PT", accounts: 32),
        DemoManager("Jonas Weber", "jonas.weber", 240, "Europe/Berlin", "de-DE", accounts: 25),
        DemoManager("Aiko Tanaka", "aiko.tanaka", 300, "Asia/Tokyo", "ja-JP", accounts: 24),
        DemoManager("Chloé Martin", "chloe.martin", 240, "Europe/Paris", "fr-FR", accounts: 22),
        DemoManager("Kwame Mensah", "kwame.mensah", 210, "Europe/London", "en-GB", accounts: 30),
        DemoManager("Priya Nair", "priya.nair", 270, "Asia/Kolkata", "en-IN", accounts: 25),
        DemoManager("Zofia Kowalska", "zofia.kowalska", 240, "Europe/Warsaw", "pl-PL", accounts: 24),
        DemoManager("Miguel Hernández", "miguel.hernandez", 180, "America/Chicago", "es-US", accounts: 18),
    ]

    /// The manager of an account; neighbours in number belong to different managers.
    static func manager(ofAccount number: Int) -> DemoManager {
        var place = number * 83 % DemoCompany.accountCount
        for manager in all {
            if place < manager.accounts { return manager }
            place -= manager.accounts
        }
        return all[0]
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
