/// The facts of the running test's database as lines of text, `-` for what is missing, in order of their ids.
enum StoredFacts {
    static func accounts() async throws -> [String] {
        try await lines(
            "account.external_id",
            [
                "account.external_id", "account.name", "account.segment", "account.lifecycle_stage", "account.country",
                "account.industry", "csm.email",
                "parent.external_id", "account.created_on",
            ],
            from: """
                hale_data.account as account
                left join hale_data.csm as csm on csm.csm_id = account.csm_id
                left join hale_data.account as parent on parent.account_id = account.parent_account_id
                """)
    }

    static func people() async throws -> [String] {
        try await lines(
            "account.external_id, person.external_id",
            [
                "account.external_id", "person.external_id", "person.name", "email", "role", "left_on",
            ],
            from: "hale_data.person as person join hale_data.account as account using (account_id)")
    }

    /// The newest terms.
    static func contracts() async throws -> [String] {
        try await lines(
            "contract.external_id",
            [
                "contract.external_id", "account.external_id", "product", "arr_minor", "currency", "seats", "starts_on",
                "ends_on", "term_months", "auto_renew", "notice_given_on", "cancelled_on",
            ],
            from: """
                hale_data.contract as contract
                join hale_data.account as account using (account_id)
                join hale_data.contract_terms_on('infinity') as terms
                    on terms.account_id = contract.account_id and terms.contract_id = contract.contract_id
                """)
    }

    static func decisions() async throws -> [String] {
        try await lines(
            "contract.external_id, renewal_on",
            [
                "contract.external_id", "renewal_on", "decided_on", "outcome", "basis",
            ],
            from:
                "hale_data.settled_renewal_on('2100-01-01') as decided join hale_data.contract as contract using (account_id, contract_id)"
        )
    }

    static func invoices() async throws -> [String] {
        try await lines(
            "invoice.external_id",
            [
                "invoice.external_id", "account.external_id", "due_on", "paid_on", "amount_minor", "currency",
            ],
            from: "hale_data.invoice as invoice join hale_data.account as account using (account_id)")
    }

    static func tickets() async throws -> [String] {
        try await lines(
            "ticket.external_id",
            [
                "ticket.external_id", "account.external_id", instant("opened_at"), instant("closed_at"), "priority",
                "subject",
            ],
            from: "hale_data.ticket as ticket join hale_data.account as account using (account_id)")
    }

    static func responses() async throws -> [String] {
        try await lines(
            "responded_at, response_key",
            [
                "response_key", "account.external_id", "person.external_id", "score", instant("responded_at"),
                "comment",
                "survey",
            ],
            from: """
                hale_data.nps_response as response
                join hale_data.account as account using (account_id)
                left join hale_data.person as person using (account_id, person_id)
                """)
    }

    static func touchpoints() async throws -> [String] {
        try await lines(
            "occurred_at, touchpoint_key",
            [
                "account.external_id", "person.external_id", "kind", instant("occurred_at"), "note",
            ],
            from: """
                hale_data.touchpoint as touchpoint
                join hale_data.account as account using (account_id)
                left join hale_data.person as person using (account_id, person_id)
                """)
    }

    static func usage() async throws -> [String] {
        try await lines(
            "occurred_at, person.external_id",
            [
                "account.external_id", "person.external_id", "feature.name", instant("occurred_at"), "quantity",
            ],
            from: """
                hale_data.usage_event as event
                join hale_data.account as account using (account_id)
                left join hale_data.person as person using (account_id, person_id)
                left join hale_data.feature as feature using (feature_id)
                """)
    }

    static func csms() async throws -> [String] {
        try await lines("email", ["email", "name", "capacity_minutes", "time_zone", "locale"], from: "hale_data.csm")
    }

    static func features() async throws -> [String] {
        try await lines("name", ["name", "is_key", "product"], from: "hale_data.feature")
    }

    static func rates() async throws -> [String] {
        try await lines("day, currency", ["day", "currency", "rate"], from: "hale_data.fx_rate")
    }

    static func holidays() async throws -> [String] {
        try await lines("country, day", ["country", "day"], from: "hale_data.holiday")
    }

    /// Everything that imports write, table by table.
    static func all() async throws -> [String] {
        var lines = try await csms() + features() + rates() + holidays() + accounts() + people()
        lines += try await contracts() + decisions() + invoices() + tickets() + responses() + touchpoints() + usage()
        return lines
    }

    private static func instant(_ column: String) -> String {
        "to_char(\(column) at time zone 'UTC', 'YYYY-MM-DD HH24:MI')"
    }

    private static func lines(_ order: String, _ columns: [String], from tables: String) async throws -> [String] {
        let texts = columns.map { "coalesce((\($0))::text, '-')" }.joined(separator: ", ")
        return try await ImportFixture.texts("select concat_ws('|', \(texts)) as text from \(tables) order by \(order)")
    }
}
