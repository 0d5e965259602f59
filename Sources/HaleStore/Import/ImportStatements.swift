package import HaleSQL

/// The statements of one kind of import that is staged, in the order in which they run.
package struct ImportStatements: Sendable {
    /// The values that the last statement takes.
    package enum Parameters: Sendable {
        /// The columns of the file.
        case columns
        /// The columns, whether it is a first load of history, the receipt.
        case columnsHistoryReceipt
        /// The same and the reporting currency.
        case columnsHistoryReceiptCurrency
        /// The receipt, whether it is history, the file's checksum.
        case receiptHistoryChecksum
        /// The same and the columns of the file.
        case receiptHistoryChecksumColumns
    }

    /// Makes the staging table.
    package let staging: SQL
    /// Reports what is wrong with rows.
    package let check: SQL?
    /// Whether the check takes the reporting currency.
    package let checkTakesCurrency: Bool
    /// Reports what is wrong with amounts; takes the reporting currency.
    package let moneyCheck: SQL?
    /// Reports what is probably wrong, unless the user says that it is meant so; takes the reporting currency.
    package let doubts: SQL?
    /// Whether rows name accounts that must be known.
    package let namesAccounts: Bool
    /// Whether rows name CSMs that must be known.
    package let namesCSMs: Bool
    /// Whether unknown people are created.
    package let createsPeople: Bool
    /// Whether rows name people of their account.
    package let namesPeople: Bool
    /// Gives internal ids to new things.
    package let keys: SQL?
    /// Writes the facts and counts them.
    package let apply: SQL
    /// What `apply` takes.
    package let parameters: Parameters
    /// What changes that every score depends on; nil where rows concern their account alone.
    package let commonChange: CommonChange?

    init(
        staging: SQL, check: SQL? = nil, checkTakesCurrency: Bool = false, moneyCheck: SQL? = nil,
        doubts: SQL? = nil, namesAccounts: Bool = true, namesCSMs: Bool = false, createsPeople: Bool = false,
        namesPeople: Bool = false, keys: SQL? = nil, apply: SQL, parameters: Parameters,
        commonChange: CommonChange? = nil
    ) {
        self.staging = staging
        self.check = check
        self.checkTakesCurrency = checkTakesCurrency
        self.moneyCheck = moneyCheck
        self.doubts = doubts
        self.namesAccounts = namesAccounts
        self.namesCSMs = namesCSMs
        self.createsPeople = createsPeople
        self.namesPeople = namesPeople || createsPeople
        self.keys = keys
        self.apply = apply
        self.parameters = parameters
        self.commonChange = commonChange
    }

    /// Customer success managers.
    package static let csms = ImportStatements(
        staging: SQL.ImportCsms.staging, check: SQL.ImportCsms.check, namesAccounts: false,
        apply: SQL.ImportCsms.apply, parameters: .columns)
    /// Features of the product.
    package static let features = ImportStatements(
        staging: SQL.ImportFeatures.staging, check: SQL.ImportFeatures.check, namesAccounts: false,
        apply: SQL.ImportFeatures.apply, parameters: .columns, commonChange: .features)
    /// Public holidays.
    package static let holidays = ImportStatements(
        staging: SQL.ImportHolidays.staging, namesAccounts: false, apply: SQL.ImportHolidays.apply,
        parameters: .columns, commonChange: .holidays)
    /// Exchange rates.
    package static let fxRates = ImportStatements(
        staging: SQL.ImportFxRates.staging, check: SQL.ImportFxRates.check, doubts: SQL.ImportFxRates.doubts,
        namesAccounts: false,
        apply: SQL.ImportFxRates.apply, parameters: .columns, commonChange: .exchangeRates)
    package static let accounts = ImportStatements(
        staging: SQL.ImportAccounts.staging, check: SQL.ImportAccounts.check, namesAccounts: false,
        namesCSMs: true, keys: SQL.ImportAccounts.keys, apply: SQL.ImportAccounts.apply, parameters: .columns)
    /// People of accounts.
    package static let people = ImportStatements(
        staging: SQL.ImportPeople.staging, check: SQL.ImportPeople.check, namesPeople: true,
        apply: SQL.ImportPeople.apply, parameters: .columns)
    /// Contracts and their terms.
    package static let contracts = ImportStatements(
        staging: SQL.ImportContracts.staging, check: SQL.ImportContracts.check, checkTakesCurrency: true,
        moneyCheck: SQL.ImportContracts.checkMoney,
        keys: SQL.ImportContracts.keys, apply: SQL.ImportContracts.apply,
        parameters: .columnsHistoryReceiptCurrency)
    /// NPS responses.
    package static let nps = ImportStatements(
        staging: SQL.ImportNps.staging, check: SQL.ImportNps.check, createsPeople: true, apply: SQL.ImportNps.apply,
        parameters: .receiptHistoryChecksumColumns)
    /// Support tickets.
    package static let tickets = ImportStatements(
        staging: SQL.ImportTickets.staging, check: SQL.ImportTickets.check, apply: SQL.ImportTickets.apply,
        parameters: .columnsHistoryReceipt)
    package static let invoices = ImportStatements(
        staging: SQL.ImportInvoices.staging, check: SQL.ImportInvoices.check, checkTakesCurrency: true,
        moneyCheck: SQL.ImportInvoices.checkMoney,
        apply: SQL.ImportInvoices.apply, parameters: .columnsHistoryReceiptCurrency)
    /// Contacts with accounts.
    package static let touchpoints = ImportStatements(
        staging: SQL.ImportTouchpoints.staging, check: SQL.ImportTouchpoints.check, namesCSMs: true,
        createsPeople: true,
        apply: SQL.ImportTouchpoints.apply, parameters: .receiptHistoryChecksum)
    /// Spend on sales and marketing.
    package static let spend = ImportStatements(
        staging: SQL.ImportSpend.staging, check: SQL.ImportSpend.check, checkTakesCurrency: true,
        moneyCheck: SQL.ImportSpend.checkMoney, namesAccounts: false,
        apply: SQL.ImportSpend.apply, parameters: .columnsHistoryReceiptCurrency)
    package static let leads = ImportStatements(
        staging: SQL.ImportLeads.staging, check: SQL.ImportLeads.check, namesAccounts: false,
        apply: SQL.ImportLeads.apply, parameters: .columnsHistoryReceipt)
}
