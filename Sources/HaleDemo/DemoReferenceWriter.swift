import HaleDomain

/// Writes the files that are small and not streams of facts: who there is, what was agreed, and the calendar.
struct DemoReferenceWriter {
    static let managerColumns = ["email", "name", "capacity_minutes", "time_zone", "locale"]
    static let featureColumns = ["feature", "is_key", "product"]
    static let holidayColumns = ["country", "day"]
    static let accountColumns = [
        "account_id", "name", "segment", "lifecycle_stage", "country", "industry", "csm_email", "parent_account_id",
        "created_on",
    ]
    static let personColumns = ["person_id", "account_id", "name", "email", "role", "left_on"]
    static let contractColumns = [
        "contract_id", "account_id", "arr", "currency", "product", "seats", "starts_on", "ends_on", "term_months",
        "auto_renew", "notice_days", "notice_given_on", "renewal_signed_on", "cancelled_on", "outcome", "decided_on",
    ]

    let portfolio: DemoPortfolio
    let calendar: DemoCalendar

    func writeManagers(to table: DemoTable) throws {
        for manager in portfolio.managers {
            try table.write([
                manager.email, manager.name, String(manager.capacityMinutes), manager.timeZone, manager.locale,
            ])
        }
    }

    func writeFeatures(to table: DemoTable) throws {
        for feature in DemoFeature.all {
            try table.write([feature.name, String(feature.isKey), feature.product])
        }
    }

    func writeHolidays(to table: DemoTable) throws {
        for country in DemoCountry.allCases {
            for day in calendar.holidays(of: country) {
                try table.write([country.rawValue, calendar.text(day)])
            }
        }
    }

    func writeAccounts(to table: DemoTable) throws {
        for account in portfolio.accounts {
            try table.write([
                account.id, account.name.name, account.segment.rawValue, account.lifecycleStage,
                account.name.country.rawValue, account.name.industry, account.manager.email,
                account.name.parent.map(DemoAccount.id) ?? "", calendar.text(account.createdOn),
            ])
        }
    }

    func writePeople(to table: DemoTable) throws {
        for account in portfolio.accounts {
            for person in account.people {
                try table.write([
                    person.id, account.id, person.name, person.email, person.role.rawValue, day(person.leftOn),
                ])
            }
        }
    }

    func writeContracts(to table: DemoTable) throws {
        for account in portfolio.accounts {
            for contract in account.contracts {
                try table.write([
                    contract.id, account.id, String(contract.arr), contract.currency, contract.product,
                    number(contract.seats), calendar.text(contract.startsOn), day(contract.endsOn),
                    number(contract.termMonths), String(contract.renewsItself), number(contract.noticeDays),
                    day(contract.noticeGivenOn), day(contract.renewalSignedOn), day(contract.cancelledOn),
                    contract.outcome?.rawValue ?? "", day(contract.decidedOn),
                ])
            }
        }
    }

    private func day(_ offset: Int?) -> String { offset.map(calendar.text) ?? "" }

    private func number(_ value: Int?) -> String { value.map { String($0) } ?? "" }
}
