import Testing

/// Three accounts whose figures can be counted by hand, scored on 2026-03-01 and on 2026-03-02, a Monday.
enum SmallPortfolio {
    /// The newest scored day.
    static let day = "2026-03-02"
    /// A name that fills two columns a letter in part, and needs quotes in CSV.
    static let wideName = "Grüße, \"日本\" 株式会社 mit einem langen Namen"

    /// The files in the order of a first load.
    static let files: [(kind: String, text: String)] = [
        (
            "csms",
            """
            email,name,capacity_minutes
            ana@example.com,Ana,30

            """
        ),
        (
            "accounts",
            """
            account_id,name,segment,csm_email
            A-1,Acme,enterprise,ana@example.com
            A-2,=1+1,,ana@example.com
            A-3,"Grüße, ""日本"" 株式会社 mit einem langen Namen",,

            """
        ),
        (
            "contracts",
            """
            contract_id,account_id,arr,currency,seats,starts_on,ends_on,auto_renew
            C-1,A-1,12000,EUR,10,2025-05-01,2026-05-01,false
            C-2,A-2,5000.50,EUR,4,2025-02-20,2026-02-20,false

            """
        ),
        (
            "usage",
            """
            account_id,person_id,occurred_at,quantity
            A-1,P-1,2026-01-20T10:00:00Z,1
            A-1,P-1,2026-02-10T10:00:00Z,5
            A-1,P-1,2026-02-10T11:00:00Z,1
            A-1,P-2,2026-03-01T09:00:00Z,2
            A-1,P-3,2026-03-02T09:00:00Z,7

            """
        ),
        (
            "nps",
            """
            response_id,account_id,person_id,score,responded_at
            R-1,A-1,P-1,9,2026-02-20T08:00:00Z

            """
        ),
        (
            "tickets",
            """
            ticket_id,account_id,opened_at,closed_at,priority
            T-1,A-1,2026-02-25T08:00:00Z,,p2
            T-2,A-1,2026-02-01T08:00:00Z,2026-02-03T08:00:00Z,p1

            """
        ),
    ]

    /// Imports the files through the command line and scores the two days.
    static func load(as user: CommandLineUser) async throws {
        for file in files {
            let run = try await user.run("import", file.kind, "-", input: file.text)
            #expect(run.status == 0, "import \(file.kind): \(run.errors)")
        }
        let run = try await user.run("score", "--from", "2026-03-01", "--to", day)
        #expect(run.status == 0, "score: \(run.errors)")
    }

    /// Somebody on the running test's database, which holds the portfolio.
    static func user() async throws -> CommandLineUser {
        let user = try CommandLineUser.ofTestDatabase()
        try await load(as: user)
        return user
    }
}
