import HaleDomain

/// A kind of import with a column of dates, how a row of it is written, and where the dates are stored.
struct DatedKind: Sendable, CustomStringConvertible {
    let kind: ImportKind
    /// The column of dates.
    let column: String
    let header: String
    /// A line of the file: the variant and number make its ids, so that several files go into one database.
    let line: @Sendable (_ variant: Character, _ number: Int, _ date: String) -> String
    /// The stored dates of a variant as `number YYYY-MM-DD`, the parameter `$1` being the variant.
    let query: String

    var description: String { "\(kind.rawValue).\(column)" }

    static let all = [
        DatedKind(
            kind: .usage, column: "occurred_at", header: "account_id,feature,occurred_at,quantity",
            line: { "A1,\($0),\($2),\($1)" },
            query: """
                select event.quantity || ' ' || event.day as text
                from hale_data.usage_event as event join hale_data.feature as feature using (feature_id)
                where feature.name = $1::text and event.day = (event.occurred_at at time zone 'UTC')::date
                """),
        DatedKind(
            kind: .tickets, column: "opened_at", header: "ticket_id,account_id,opened_at",
            line: { "\($0)\($1),A1,\($2)" },
            query: """
                select substr(external_id, 2) || ' ' || (opened_at at time zone 'UTC')::date as text
                from hale_data.ticket where left(external_id, 1) = $1::text
                """),
        DatedKind(
            kind: .invoices, column: "due_on", header: "invoice_id,account_id,due_on",
            line: { "\($0)\($1),A1,\($2)" },
            query: """
                select substr(external_id, 2) || ' ' || due_on as text
                from hale_data.invoice where left(external_id, 1) = $1::text
                """),
        DatedKind(
            kind: .contracts, column: "starts_on", header: "contract_id,account_id,arr,currency,starts_on",
            line: { "\($0)\($1),A1,100,EUR,\($2)" },
            query: """
                select substr(contract.external_id, 2) || ' ' || version.starts_on as text
                from hale_data.contract_version as version
                join hale_data.contract as contract using (account_id, contract_id)
                where left(contract.external_id, 1) = $1::text
                """),
        DatedKind(
            kind: .nps, column: "responded_at", header: "response_id,account_id,score,responded_at",
            line: { "\($0)\($1),A1,9,\($2)" },
            query: """
                select substr(response_key, 2) || ' ' || (responded_at at time zone 'UTC')::date as text
                from hale_data.nps_response where left(response_key, 1) = $1::text
                """),
        DatedKind(
            kind: .touchpoints, column: "occurred_at", header: "account_id,occurred_at,note",
            line: { "A1,\($2),\($0)\($1)" },
            query: """
                select substr(note, 2) || ' ' || (occurred_at at time zone 'UTC')::date as text
                from hale_data.touchpoint where left(note, 1) = $1::text
                """),
        DatedKind(
            kind: .accounts, column: "created_on", header: "account_id,name,created_on",
            line: { "\($0)\($1),Name,\($2)" },
            query: """
                select substr(external_id, 2) || ' ' || created_on as text
                from hale_data.account where left(external_id, 1) = $1::text and external_id <> 'A1'
                """),
        DatedKind(
            kind: .people, column: "left_on", header: "person_id,account_id,left_on",
            line: { "\($0)\($1),A1,\($2)" },
            query: """
                select substr(external_id, 2) || ' ' || left_on as text
                from hale_data.person where left(external_id, 1) = $1::text
                """),
        DatedKind(
            kind: .holidays, column: "day", header: "country,day", line: { "\($0)\($1),\($2)" },
            query: """
                select substr(country, 2) || ' ' || day as text
                from hale_data.holiday where left(country, 1) = $1::text
                """),
        DatedKind(
            kind: .fxRates, column: "day", header: "day,currency,rate", line: { "\($2),XX\($0),\($1)" },
            query: """
                select rate || ' ' || day as text
                from hale_data.fx_rate where currency = 'XX' || $1::text
                """),
        DatedKind(
            kind: .leads, column: "created_on", header: "lead_id,created_on", line: { "\($0)\($1),\($2)" },
            query: """
                select substr(lead_id, 2) || ' ' || created_on as text
                from hale_data.lead where left(lead_id, 1) = $1::text
                """),
    ]

    static let usage = all[0]
}

/// Dates of 2025 of which all but one can be read day first and month first and mean another day each way.
struct OpenDates: Sendable {
    /// The order in which a file writes day and month.
    enum Order: String, CaseIterable, Sendable {
        case dayFirst = "day first"
        case monthFirst = "month first"
    }

    /// Month and day of each row; every pair of different numbers up to 12, and the one date that decides.
    let days: [(month: Int, day: Int)]

    /// The date that decides is the row of this number, from 1.
    init(decidingRow: Int) {
        var days: [(month: Int, day: Int)] = []
        for month in 1...12 { for day in 1...12 where day != month { days.append((month, day)) } }
        days.insert((3, 25), at: decidingRow - 1)
        self.days = days
    }

    /// Rows.
    static let count = 12 * 11 + 1

    /// The dates as a file in this order has them.
    func written(_ order: Order, separator: String = "/") -> [String] {
        days.map { date in
            let numbers = order == .dayFirst ? [date.day, date.month] : [date.month, date.day]
            return (numbers.map(Self.padded) + ["2025"]).joined(separator: separator)
        }
    }

    /// What has to be stored: `number YYYY-MM-DD`, in order of the text.
    var stored: [String] {
        days.enumerated().map { "\($0 + 1) 2025-\(Self.padded($1.month))-\(Self.padded($1.day))" }.sorted()
    }

    static func padded(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
}
