package import HaleDomain

/// The made-up company: "Northlight", which sells a collaborative planning product, with 200 accounts and two years of
/// facts. The same seed and anchor give the same bytes on every machine.
///
/// The stories of the accounts are listed at `DemoStory`, the states of their contracts at `DemoContractPlan`. All
/// facts lie before the anchor, except ends and starts of contracts and public holidays.
package struct DemoCompany: Sendable {
    /// Accounts of the company.
    package static let accountCount = 200

    private let seed: UInt64
    private let anchor: Day

    /// A company seen from the morning of the anchor day.
    package init(seed: UInt64 = 20_260_101, anchor: Day) {
        self.seed = seed
        self.anchor = anchor
    }

    /// Writes one CSV file per import kind into a directory, which is created where it is missing, and returns the
    /// files in the order in which they are to be imported.
    ///
    /// Throws an error of one line that names the path when a file cannot be written.
    package func write(to directory: String) throws -> [DemoFile] {
        try DemoTable.createDirectory(directory)
        let calendar = DemoCalendar(anchor: anchor)
        let portfolio = DemoPortfolio(seed: seed, calendar: calendar)
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
