import HaleDomain
import HaleStore
import HaleTestSupport
import Testing

/// A file with values, then one without these columns, then one that has the columns and no values.
struct AbsenceCase: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    let full: String
    let without: String
    let empty: String
    /// What of the row is looked at, as one text.
    let shown: String
    let kept: String
    let cleared: String

    var testDescription: String { kind.rawValue }

    static let all: [AbsenceCase] = [
        AbsenceCase(
            kind: .csms, full: "email,name,locale\nann@example.com,Ann,de\n", without: "email\nann@example.com\n",
            empty: "email,name\nann@example.com,\n",
            shown: "select concat_ws('/', coalesce(name, '-'), coalesce(locale, '-')) as text from hale_data.csm",
            kept: "Ann/de", cleared: "-/de"),
        AbsenceCase(
            kind: .features, full: "feature,is_key,product\nboards,true,Plan\n", without: "feature\nboards\n",
            empty: "feature,product\nboards,\n",
            shown: "select concat_ws('/', is_key, coalesce(product, '-')) as text from hale_data.feature",
            kept: "t/Plan", cleared: "t/-"),
        AbsenceCase(
            kind: .accounts, full: "account_id,name,segment,country\nA1,Acme,SMB,DE\n",
            without: "account_id,name\nA1,Acme\n", empty: "account_id,name,segment\nA1,Acme,\n",
            shown: """
                select concat_ws('/', coalesce(segment, '-'), coalesce(country, '-')) as text
                from hale_data.account where external_id = 'A1'
                """, kept: "SMB/DE", cleared: "-/DE"),
        AbsenceCase(
            kind: .people, full: "person_id,account_id,name,role,left_on\nP1,A1,Ada,champion,2026-01-31\n",
            without: "person_id,account_id\nP1,A1\n", empty: "person_id,account_id,left_on\nP1,A1,\n",
            shown: "select concat_ws('/', name, role, coalesce(left_on::text, '-')) as text from hale_data.person",
            kept: "Ada/champion/2026-01-31", cleared: "Ada/champion/-"),
        AbsenceCase(
            kind: .contracts,
            full: "contract_id,account_id,arr,currency,starts_on,seats,notice_days\nK1,A1,1000,EUR,2026-01-01,50,60\n",
            without: "contract_id,account_id,arr,currency,starts_on\nK1,A1,1000,EUR,2026-01-01\n",
            empty: "contract_id,account_id,arr,currency,starts_on,seats\nK1,A1,1000,EUR,2026-01-01,\n",
            shown: """
                select concat_ws('/', coalesce(seats::text, '-'), coalesce(notice_days::text, '-')) as text
                from hale_data.contract_version order by valid_from desc, recorded_at desc limit 1
                """, kept: "50/60", cleared: "-/60"),
        AbsenceCase(
            kind: .tickets,
            full: "ticket_id,account_id,opened_at,closed_at,priority,subject\nT1,A1,2026-01-05,2026-01-06,p1,Login\n",
            without: "ticket_id,account_id,opened_at\nT1,A1,2026-01-05\n",
            empty: "ticket_id,account_id,opened_at,closed_at\nT1,A1,2026-01-05,\n",
            shown: """
                select concat_ws(
                    '/', coalesce((closed_at at time zone 'UTC')::date::text, '-'), priority, subject) as text
                from hale_data.ticket
                """, kept: "2026-01-06/1/Login", cleared: "-/1/Login"),
        AbsenceCase(
            kind: .invoices,
            full: "invoice_id,account_id,due_on,paid_on,amount,currency\nI1,A1,2026-01-31,2026-02-02,75,EUR\n",
            without: "invoice_id,account_id,due_on\nI1,A1,2026-01-31\n",
            empty: "invoice_id,account_id,due_on,paid_on\nI1,A1,2026-01-31,\n",
            shown: """
                select concat_ws(
                    '/', coalesce(paid_on::text, '-'), coalesce(amount_minor::text, '-'),
                    coalesce(currency, '-')) as text
                from hale_data.invoice
                """, kept: "2026-02-02/7500/EUR", cleared: "-/7500/EUR"),
        AbsenceCase(
            kind: .nps,
            full: "response_id,account_id,person_id,score,responded_at,comment,survey\nR1,A1,P1,9,2026-01-10,Good,Q1\n",
            without: "response_id,account_id,score,responded_at\nR1,A1,9,2026-01-10\n",
            empty: "response_id,account_id,score,responded_at,comment\nR1,A1,9,2026-01-10,\n",
            shown: """
                select concat_ws(
                    '/', coalesce(response.comment, '-'), coalesce(response.survey, '-'),
                    coalesce(person.external_id, '-')) as text
                from hale_data.nps_response as response
                left join hale_data.person as person on person.person_id = response.person_id
                """, kept: "Good/Q1/P1", cleared: "-/Q1/P1"),
    ]
}

/// A column that a file does not have says nothing; a column without a value says that there is none.
@Suite(.database)
struct `Columns that are absent or empty` {
    @Test(arguments: AbsenceCase.all)
    func `absent ones keep what is known and empty ones clear it`(_ example: AbsenceCase) async throws {
        let database = try TestDatabase.shared.database
        if example.kind != .accounts {
            try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        }
        #expect(try await ImportFixture.load(example.kind, example.full, into: database).inserted == 1)
        let without = try await ImportFixture.load(example.kind, example.without, into: database)
        #expect([without.inserted, without.updated, without.unchanged] == [0, 0, 1])
        #expect(try await ImportFixture.texts(example.shown) == [example.kept])
        let empty = try await ImportFixture.load(example.kind, example.empty, into: database)
        #expect([empty.inserted, empty.updated, empty.unchanged] == [0, 1, 0])
        #expect(try await ImportFixture.texts(example.shown) == [example.cleared])
    }
}
