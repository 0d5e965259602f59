/// Writes invoices: each contract is billed in advance, by the month, the quarter or the year.
struct DemoInvoiceWriter {
    static let columns = ["invoice_id", "account_id", "due_on", "paid_on", "amount", "currency"]
    /// Days from the start of a billing period to the day the invoice is due.
    private static let paymentTermDays = 14
    /// From that many days before the anchor on, an account with overdue bills stopped paying.
    private static let stoppedPayingDays = 75

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar
    let seed: UInt64

    /// Writes every invoice that is due before the anchor and not older than the usage.
    func write(to table: DemoTable) throws {
        var count = 0
        for account in portfolio.accounts {
            var random = DemoRandom(seed: seed, purpose: .invoice, number: account.number)
            let period = billingMonths(of: account, random: &random)
            for contract in account.contracts {
                try write(contract, of: account, period: period, count: &count, random: &random, to: table)
            }
        }
    }

    private func billingMonths(of account: DemoAccount, random: inout DemoRandom) -> Int {
        let isTroubled = account.story == .billingOverdue || account.life.troubles.contains { $0.cause == .unpaidBills }
        if account.plan == .monthly || isTroubled { return 1 }
        return switch account.segment {
        case .enterprise: random.pick([3, 12, 12])
        case .midMarket: random.pick([1, 3, 12])
        case .small: random.pick([1, 1, 3, 12])
        }
    }

    private func write(
        _ contract: DemoContract, of account: DemoAccount, period: Int, count: inout Int, random: inout DemoRandom,
        to table: DemoTable
    ) throws {
        let end = min(contract.billedUntil ?? 0, account.lostOn ?? 0, 0)
        var start = contract.startsOn
        var periods = 0
        while start < end {
            let due = start + Self.paymentTermDays
            if due >= -calendar.usageDays, due < 0 {
                count += 1
                try write(contract, of: account, due: due, period: period, count: count, random: &random, to: table)
            }
            periods += 1
            start = calendar.adding(months: period * periods, to: contract.startsOn)
        }
    }

    private func write(
        _ contract: DemoContract, of account: DemoAccount, due: Int, period: Int, count: Int, random: inout DemoRandom,
        to table: DemoTable
    ) throws {
        let delay = random.chance(0.06) ? random.integer(5...24) : -random.integer(0...11)
        let hasStopped = account.story == .billingOverdue && due > -Self.stoppedPayingDays
        let strike = account.life.troubles.first { $0.cause == .unpaidBills && $0.isGoingOn(due) }
        // What was not paid is paid when the trouble is over, or never.
        let paid = strike.map { $0.endsOn < account.lostOn ?? .max ? $0.endsOn : 0 } ?? due + delay
        let minor = contract.arr * 100 * period / 12
        try table.write([
            "I-" + DemoAccount.padded(count, digits: 5), account.id, calendar.text(due),
            hasStopped || paid >= 0 ? "" : calendar.text(paid),
            "\(minor / 100)." + DemoAccount.padded(minor % 100, digits: 2), contract.currency,
        ])
    }
}
