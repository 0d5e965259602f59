package import HaleDomain

/// The made-up company: "Northlight", which sells a collaborative planning product. The same seed, anchor and size give the
/// same bytes on every machine.
///
/// The stories of the accounts are listed at `DemoStory`, the states of their contracts at `DemoContractPlan`, and why
/// customers left at `DemoHazard`. All facts lie before the anchor, except ends and starts of contracts and public
/// holidays.
package struct DemoCompany: Sendable {
    /// Accounts in the rosters of stories and contracts; a larger company goes through them again.
    static let rosterSize = 200

    private let seed: UInt64
    let anchor: Day
    private let years: Int
    private let accountCount: Int

    /// A company seen from the morning of the anchor day.
    package init(seed: UInt64 = DemoPlan.defaultSeed, anchor: Day, years: Int = 2, accounts: Int = 200) {
        self.seed = seed
        self.anchor = anchor
        self.years = years
        accountCount = accounts
    }

    /// An account's place in the rosters.
    static func rosterPlace(ofAccount number: Int) -> Int { (number - 1) % rosterSize + 1 }

    private func calendar() -> DemoCalendar { DemoCalendar(anchor: anchor, years: years) }

    func portfolio() -> DemoPortfolio {
        DemoPortfolio(seed: seed, accountCount: accountCount, calendar: calendar())
    }

    /// Writes one CSV file per import kind into a directory, which is created where it is missing, and returns the
    /// files in the order in which they are to be imported.
    ///
    /// Throws an error of one line that names the path when a file cannot be written.
    package func write(to directory: String) throws -> [DemoFile] {
        try DemoTable.createDirectory(directory)
        let calendar = calendar()
        let portfolio = portfolio()
        let reference = DemoReferenceWriter(portfolio: portfolio, calendar: calendar)
        func file(_ kind: ImportKind, _ columns: [String], _ rows: (DemoTable) throws -> Void) throws -> DemoFile {
            let table = try DemoTable(kind: kind, directory: directory, columns: columns)
            try rows(table)
            return try table.finish()
        }
        return [
            try file(.csms, DemoReferenceWriter.managerColumns, reference.writeManagers),
            try file(.features, DemoReferenceWriter.featureColumns, reference.writeFeatures),
            try file(.holidays, DemoReferenceWriter.holidayColumns, reference.writeHolidays),
            try file(.accounts, DemoReferenceWriter.accountColumns, reference.writeAccounts),
            try file(.people, DemoReferenceWriter.personColumns, reference.writePeople),
            try file(.contracts, DemoReferenceWriter.contractColumns, reference.writeContracts),
            try file(.usage, DemoUsageWriter.columns) { table in
                try DemoUsageWriter(portfolio: portfolio, calendar: calendar, seed: seed).write(to: table)
            },
            try file(.nps, DemoResponseWriter.columns) { table in
                try DemoResponseWriter(portfolio: portfolio, calendar: calendar, seed: seed).write(to: table)
            },
            try file(.tickets, DemoTicketWriter.columns) { table in
                try DemoTicketWriter(portfolio: portfolio, calendar: calendar, seed: seed).write(to: table)
            },
            try file(.invoices, DemoInvoiceWriter.columns) { table in
                try DemoInvoiceWriter(portfolio: portfolio, calendar: calendar, seed: seed).write(to: table)
            },
            try file(.touchpoints, DemoTouchpointWriter.columns) { table in
                try DemoTouchpointWriter(portfolio: portfolio, calendar: calendar, seed: seed).write(to: table)
            },
        ]
    }
}
