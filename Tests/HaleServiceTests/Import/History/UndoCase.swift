import HaleDomain
import Testing

/// Two files of a kind, of which the second changes rows of the first where the kind knows changes, and adds some.
struct UndoCase: Sendable, CustomTestStringConvertible {
    let kind: ImportKind
    var before: [(kind: ImportKind, text: String)] = []
    let first: String
    let second: String

    var testDescription: String { kind.rawValue }

    private static let accounts: (ImportKind, String) = (.accounts, "account_id,name\nA-1,Acme\nA-2,Bolt\n")

    static let all: [UndoCase] = [
        UndoCase(
            kind: .csms,
            first: "email,name,capacity_minutes,time_zone,locale\nana@example.com,Ana,30,Europe/Berlin,de\n",
            second:
                "email,name,capacity_minutes,time_zone,locale\nana@example.com,Anna,60,UTC,en\nbo@example.com,Bo,,,\n"),
        UndoCase(
            kind: .features, first: "feature,is_key,product\nreports,true,Base\n",
            second: "feature,is_key,product\nreports,false,Plus\nexport,true,Base\n"),
        UndoCase(
            kind: .holidays, first: "country,day\nDE,2026-05-01\n",
            second: "country,day\nDE,2026-05-01\nFR,2026-07-14\n"),
        UndoCase(
            kind: .fxRates, first: "day,currency,rate\n2026-01-01,USD,0.9123456789\n",
            second: "day,currency,rate\n2026-01-01,USD,0.95\n2026-02-01,USD,0.91\n"),
        UndoCase(
            kind: .spend, first: "month,channel,amount,currency\n2026-01-01,ads,100.50,EUR\n",
            second: "month,channel,amount,currency\n2026-01-01,ads,90,USD\n2026-02-01,ads,5,EUR\n"),
        UndoCase(
            kind: .leads, first: "lead_id,created_on,channel,qualified_on,won_on\nL1,2026-01-05,ads,2026-01-06,\n",
            second:
                "lead_id,created_on,channel,qualified_on,won_on\nL1,2026-01-04,events,,2026-02-01\nL2,2026-01-05,,,\n"),
        UndoCase(
            kind: .accounts, before: [(.csms, "email\nana@example.com\n")],
            first: """
                account_id,name,segment,lifecycle_stage,country,industry,csm_email,parent_account_id,created_on
                A-1,Acme,smb,active,DE,Mining,ana@example.com,,2024-01-31
                A-2,Bolt,,,,,,A-1,

                """,
            second: """
                account_id,name,segment,lifecycle_stage,country,industry,csm_email,parent_account_id,created_on
                A-1,Acme Inc.,enterprise,churning,FR,Steel,,A-3,2024-02-01
                A-2,Bolt,,,,,,A-1,
                A-3,Third,,,,,ana@example.com,,

                """),
        UndoCase(
            kind: .people, before: [accounts],
            first: "person_id,account_id,name,email,role,left_on\nP-1,A-1,Zoë,zoe@example.com,champion,\n",
            second: """
                person_id,account_id,name,email,role,left_on
                P-1,A-1,Zoe,z@example.com,user,2026-01-31
                P-1,A-2,Other,,,

                """),
        UndoCase(
            kind: .contracts, before: [accounts],
            first: """
                contract_id,account_id,arr,currency,product,seats,starts_on,ends_on
                C-1,A-1,1200,EUR,base,10,2025-01-01,2026-01-01

                """,
            second: """
                contract_id,account_id,arr,currency,product,seats,starts_on,ends_on
                C-1,A-1,2400,EUR,base,20,2025-01-01,2027-01-01
                C-2,A-2,500,EUR,base,1,2025-06-01,2026-06-01
                C-3,A-2,600,EUR,base,1,2026-06-01,2027-06-01

                """),
        UndoCase(
            kind: .usage, before: [accounts],
            first: """
                account_id,person_id,feature,occurred_at,quantity,event_id
                A-1,P-1,reports,2026-01-31T23:00:00Z,2,e-1
                A-1,P-1,reports,2026-01-31T23:00:00Z,2,

                """,
            second: """
                account_id,person_id,feature,occurred_at,quantity,event_id
                A-1,P-1,reports,2026-01-31T23:00:00Z,2,e-1
                A-1,P-2,export,2026-01-31T10:00:00Z,0,e-2
                A-1,P-1,reports,2026-02-01T00:00:00Z,1,
                A-2,P-1,export,2026-02-28T10:00:00Z,3,e-1

                """),
        UndoCase(
            kind: .nps, before: [accounts],
            first: """
                response_id,account_id,person_id,score,responded_at,comment,survey
                R-1,A-1,P-1,9,2026-01-05T12:00:00Z,"good, ""really"" so",winter

                """,
            second: """
                response_id,account_id,person_id,score,responded_at,comment,survey
                R-1,A-1,P-2,3,2026-01-06T12:00:00Z,,spring
                ,A-2,,7,2026-01-07T12:00:00Z,fine,

                """),
        UndoCase(
            kind: .tickets, before: [accounts],
            first: "ticket_id,account_id,opened_at,closed_at,priority,subject\nT-1,A-1,2026-01-05T08:00:00Z,,p1,Down\n",
            second: """
                ticket_id,account_id,opened_at,closed_at,priority,subject
                T-1,A-1,2026-01-05T08:30:00Z,2026-01-06T08:00:00Z,p2,Up again
                T-2,A-2,2026-01-07T08:00:00Z,,,

                """),
        UndoCase(
            kind: .invoices, before: [accounts],
            first: "invoice_id,account_id,due_on,paid_on,amount,currency\nI-1,A-1,2026-02-01,,10.50,EUR\n",
            second: """
                invoice_id,account_id,due_on,paid_on,amount,currency
                I-1,A-1,2026-02-15,2026-02-10,11,USD
                I-2,A-2,2026-03-01,,5,EUR

                """),
        UndoCase(
            kind: .touchpoints, before: [(.csms, "email\nana@example.com\n"), accounts],
            first:
                "account_id,occurred_at,kind,person_id,csm_email,note\nA-1,2026-01-05T08:00:00Z,call,P-1,ana@example.com,hi\n",
            second: "account_id,occurred_at,kind,person_id,csm_email,note\nA-2,2026-01-06T08:00:00Z,email,P-9,,\n"),
    ]
}
