import HaleDomain
import HaleService
import HaleStore
import HaleTestSupport
import Postgres
import Testing

/// The ways to write the dates of a file that every kind has to read alike.
enum WrittenDates: String, CaseIterable, Sendable {
    case english, german, french, dutch, spanish, serials, seconds, milliseconds, besideYearFirst, compact

    private static let months: [WrittenDates: [String]] = [
        .english: ["Jan", "February", "Mar", "April", "May", "Jun", "July", "Aug", "Sept", "October", "Nov", "Dec"],
        .german: [
            "Januar", "Feb.", "März", "Apr.", "Mai", "Juni", "Juli", "Aug.", "September", "Okt.", "November", "Dez.",
        ],
        .french: [
            "janvier", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "octobre", "nov.", "déc.",
        ],
        .dutch: [
            "januari", "feb", "maart", "april", "mei", "juni", "juli", "augustus", "sept.", "oktober", "november",
            "dec.",
        ],
        .spanish: [
            "enero", "feb", "marzo", "abr", "mayo", "jun", "julio", "agosto", "septiembre", "oct", "noviembre", "dic",
        ],
    ]

    /// A day of 2025 as a file has it, the row being of a number.
    func text(month: Int, day: Int, row: Int) -> String {
        // 2025-01-01 is serial number 45658 and 20,089 days after 1970.
        let ordinal = Day(year: 2025, month: month, day: day).map { Int($0.daysSince2000) - 9_132 } ?? 0
        let numbers = (OpenDates.padded(month), OpenDates.padded(day))
        switch self {
        case .english: return "\(day) \(Self.months[self]?[month - 1] ?? "") 2025"
        case .german: return "\(day). \(Self.months[self]?[month - 1] ?? "") 2025"
        case .french, .dutch: return "\(day) \(Self.months[self]?[month - 1] ?? "") 2025"
        case .spanish: return "\(day) de \(Self.months[self]?[month - 1] ?? "") de 2025"
        case .serials: return "\(45_658 + ordinal)"
        case .seconds: return "\((20_089 + ordinal) * 86_400)"
        case .milliseconds: return "\((20_089 + ordinal) * 86_400)000"
        case .besideYearFirst:
            return row % 2 == 0 ? "2025-\(numbers.0)-\(numbers.1)" : "\(numbers.1)/\(numbers.0)/2025"
        case .compact: return "2025\(numbers.0)\(numbers.1)"
        }
    }

    /// What the receipt says of the column.
    var note: String {
        switch self {
        case .english, .german, .french, .dutch, .spanish: "month by its name"
        case .serials: "serial numbers of Excel"
        case .seconds: "seconds since 1970 (UTC)"
        case .milliseconds: "milliseconds since 1970 (UTC)"
        case .besideYearFirst: "day first, others year first"
        case .compact: "year first"
        }
    }
}

/// Files as people have them: their dates, words and ids on the way into the database.
@Suite(.database)
struct `Values as people write them` {
    private func accounts() async throws -> Database {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(.accounts, "account_id,name\nA1,Acme\n", into: database)
        return database
    }

    private func file(_ kind: DatedKind, _ dates: [String]) -> String {
        ([kind.header] + dates.enumerated().map { kind.line("B", $0 + 1, $1) }).joined(separator: "\n") + "\n"
    }

    @Test(arguments: DatedKind.all)
    func `dates are read alike in every kind, and the receipt says how`(_ kind: DatedKind) async throws {
        let dates = OpenDates(decidingRow: 1)
        let database = try await accounts()
        for form in WrittenDates.allCases {
            let written = dates.days.enumerated().map { form.text(month: $1.month, day: $1.day, row: $0 + 1) }
            let receipt = try await ImportFixture.load(kind.kind, file(kind, written), into: database) {
                $0.isDryRun = true
            }
            #expect(receipt.notes.contains("\(kind.column): \(form.note)"), "\(form): \(receipt.notes)")
            #expect(receipt.inserted == Int64(OpenDates.count), "\(form)")
        }
    }

    @Test(arguments: [DatedKind.usage, DatedKind.all[1], DatedKind.all[2]], WrittenDates.allCases)
    func `dates are stored as the days that they mean`(_ kind: DatedKind, _ form: WrittenDates) async throws {
        let database = try await accounts()
        let dates = OpenDates(decidingRow: 1)
        let written = dates.days.enumerated().map { form.text(month: $1.month, day: $1.day, row: $0 + 1) }
        try await ImportFixture.load(kind.kind, file(kind, written), into: database)
        let stored = try await TestDatabase.shared.query(kind.query, ["B"])
            .map { try $0.decode("text", as: String.self) }.sorted()
        #expect(stored == dates.stored)
    }

    @Test func `the date format of a mapping is that of the file, not of what is derived`() async throws {
        let database = try await accounts()
        let map = """
            kind: invoices
            columns: {invoice_id: id, account_id: account, due_on: due}
            derive: {paid_on: "cast(paid as date) + 1"}
            date_format: dmy
            """
        let receipt = try await ImportFixture.load(
            .invoices, "id,account,due,paid\nI1,A1,03/04/2026,2026-02-28\nI2,A1,05/04/2026,2026-03-01\n", map: map,
            into: database)
        let stored = try await ImportFixture.texts(
            "select due_on || ' ' || paid_on as text from hale_data.invoice order by external_id")
        #expect(stored == ["2026-04-03 2026-03-01", "2026-04-05 2026-03-02"])
        #expect(receipt.notes.contains("due_on: day first, as given"))
        #expect(receipt.notes.contains("paid_on: year first"))
    }

    @Test func `a rejected row of a column of numbers is read as one when it is replayed`() async throws {
        let database = try await accounts()
        // Two of the three rejected rows are no dates at all, so they alone do not tell what the third one counts.
        let receipt = try await ImportFixture.load(
            .tickets,
            "ticket_id,account_id,opened_at\nT1,A1,45658\nT2,A2,45659.5\nT3,A1,45660\nT4,A1,soon\nT5,A1,never\n",
            into: database
        ) { $0.allowedBadRows = 3 }
        #expect([receipt.inserted, receipt.rejected] == [2, 3])
        try await ImportFixture.load(.accounts, "account_id,name\nA2,Bolt\n", into: database)
        let outcome = try await ReplayStage(database).run(receipt: receipt.number, today: ImportFixture.today)
        #expect([outcome.receipt.inserted, outcome.receipt.rejected] == [1, 2])
        let stored = try await ImportFixture.texts(
            "select (opened_at at time zone 'UTC')::text as text from hale_data.ticket order by external_id")
        #expect(stored == ["2025-01-01 00:00:00", "2025-01-02 12:00:00", "2025-01-03 00:00:00"])
    }

    @Test func `a month is one where a month is meant, and no day`() async throws {
        let database = try await accounts()
        try await ImportFixture.load(
            .spend,
            "month,channel,amount,currency\n2026-01,ads,10,EUR\n02/2026,ads,11,EUR\nMärz 2026,ads,12,EUR\n2026-04-30,ads,13,EUR\n",
            into: database)
        #expect(
            try await ImportFixture.texts(
                "select month || ' ' || amount_minor as text from hale_data.spend order by month")
                == ["2026-01-01 1000", "2026-02-01 1100", "2026-03-01 1200", "2026-04-01 1300"])
        for (kind, text) in [
            (ImportKind.usage, "account_id,occurred_at\nA1,2026-01\n"),
            (.contracts, "contract_id,account_id,arr,starts_on\nK1,A1,10,2026-01\n"),
        ] {
            let lines = try await ImportFixture(text).refusal(kind, into: database)
            #expect(lines.first?.contains("\"2026-01\" is a month, not a day; write the day too") == true, "\(lines)")
        }
    }

    @Test func `priorities are levels or words`() async throws {
        let database = try await accounts()
        let words = [
            ("P0", 1), ("p1", 1), ("P2", 2), ("P3", 3), ("P4", 3), ("Sev 0", 1), ("Sev 1", 1), ("sev-2", 2),
            ("Severity 3", 3), ("SEV4", 3), ("1", 1), ("3", 3), ("1 - Critical", 1), ("4 - Low", 3), ("P2 (High)", 2),
            ("High (P1)", 1), ("Priority 2", 2), ("dringend", 1), ("Élevée", 2), ("hoog", 2), ("baja", 3),
            ("-", 3), ("n/a", 3),
        ]
        let rows = words.enumerated().map { "T\(100 + $0),A1,2026-01-05,\($1.0)\n" }.joined()
        let receipt = try await ImportFixture.load(
            .tickets, "ticket_id,account_id,opened_at,priority\n" + rows, into: database)
        let stored = try await ImportFixture.texts(
            "select priority::text as text from hale_data.ticket order by external_id")
        for (word, found) in zip(words, stored) { #expect(found == "\(word.1)", "\(word.0)") }
        #expect(stored.count == words.count)
        #expect(receipt.notes.contains("priority: 2 values such as \"-\", left empty"))
        for word in ["4", "0", "P6", "P", "soonish", "2 - soonish", "12"] {
            let file = try ImportFixture("ticket_id,account_id,opened_at,priority\nT1,A1,2026-01-05,\(word)\n")
            let lines = try await file.refusal(.tickets, into: database)
            #expect(lines.first?.contains("\"\(word)\" is not one of p1, p2, p3, sev 1, urgent") == true, "\(lines)")
        }
    }

    @Test func `answers of a survey may have their label`() async throws {
        let database = try await accounts()
        let words = [
            ("10 - Extremely likely", 10), ("0 - Not at all likely", 0), ("Extremely likely - 10", 10),
            ("7", 7), ("9 (likely)", 9), ("8/10", 8), ("5: neutral", 5), ("10 – Äußerst wahrscheinlich", 10),
            ("6.0", 6),
        ]
        let rows = words.enumerated().map { "R\(100 + $0),A1,2026-01-05,\($1.0)\n" }.joined()
        try await ImportFixture.load(.nps, "response_id,account_id,responded_at,score\n" + rows, into: database)
        let stored = try await ImportFixture.texts(
            "select score::text as text from hale_data.nps_response order by response_key")
        for (word, found) in zip(words, stored) { #expect(found == "\(word.1)", "\(word.0)") }
        #expect(stored.count == words.count)
        for (word, reason) in [
            ("11 - Extremely likely", "is more than 10"), ("-1", "is less than 0"),
            ("Extremely likely", "is not a number"),
            ("7.5", "is not a whole number"), ("P7", "is not a number"), ("7 of 9", "is not a number"),
            ("8/11", "is not a number"), ("n/a", "\"n/a\" is no value, and one is needed here"),
        ] {
            let file = try ImportFixture("response_id,account_id,responded_at,score\nR1,A1,2026-01-05,\(word)\n")
            let lines = try await file.refusal(.nps, into: database)
            #expect(lines.first?.contains(reason) == true, "\(word): \(lines)")
        }
    }

    @Test func `yes and no are read in five languages`() async throws {
        let database = try await accounts()
        let yes = ["true", "Yes", "JA", "Wahr", "oui", "VRAI", "waar", "Sí", "si", "Verdadero", "1", "J"]
        let no = ["false", "no", "Nein", "FALSCH", "non", "Faux", "nee", "Onwaar", "NO", "falso", "0", "n"]
        let rows = zip(yes, no).enumerated().map { "y\(100 + $0),\($1.0)\nz\(100 + $0),\($1.1)\n" }.joined()
        try await ImportFixture.load(.features, "feature,is_key\n" + rows, into: database)
        #expect(
            try await ImportFixture.number("select count(*) from hale_data.feature where is_key and name like 'y%'")
                == 12)
        #expect(
            try await ImportFixture.number("select count(*) from hale_data.feature where not is_key and name like 'z%'")
                == 12)
    }

    @Test(arguments: ["7.88E+09", "1E+12", "7,88E+09", "1.23456E+15"])
    func `an id that a spreadsheet has rounded is refused in every kind, with that reason`(_ id: String) async throws {
        let database = try await accounts()
        let reason = "is an id that a spreadsheet has turned into a rounded number"
        for (kind, text) in [
            (ImportKind.accounts, "account_id;name\n\(id);Acme\n"),
            (.usage, "account_id;occurred_at\n\(id);2026-01-05\n"),
            (.usage, "account_id;person_id;occurred_at\nA1;\(id);2026-01-05\n"),
            (.usage, "account_id;event_id;occurred_at\nA1;\(id);2026-01-05\n"),
            (.tickets, "ticket_id;account_id;opened_at\n\(id);A1;2026-01-05\n"),
        ] {
            let lines = try await ImportFixture(text).refusal(kind, into: database)
            #expect(lines.first?.contains("\"\(id)\" \(reason)") == true, "\(kind): \(lines)")
        }
    }

    @Test func `ids that only look a little like it are ids`() async throws {
        let database = try await accounts()
        let ids = ["1E05", "E+09", "7.88E-09", "A1E+09", "anne+09@example.com", "7.88E+9", "0.5E+09", "1e+", "12E+09"]
        let rows = ids.map { "A1,\($0),2026-01-05,\($0)\n" }.joined()
        let receipt = try await ImportFixture.load(
            .usage, "account_id,person_id,occurred_at,event_id\n" + rows, into: database)
        #expect(receipt.inserted == Int64(ids.count))
    }

    @Test func `long ids that all end in zeros are told in the receipt, others are not`() async throws {
        let database = try TestDatabase.shared.database
        func notes(_ ids: [String]) async throws -> [String] {
            try await ImportFixture.load(
                .accounts, "account_id,name\n" + ids.map { "\($0),N\n" }.joined(), into: database
            ) { $0.isDryRun = true }.notes.filter { $0.hasPrefix("account_id") }
        }
        let told = try await notes(["1234567890123450000", "A-1", "77"])
        #expect(told.count == 1)
        #expect(told.first?.contains("like \"1234567890123450000\": a spreadsheet may have rounded them") == true)
        #expect(try await notes(["1234567890123400", "2234567890123400", "3234567890123400"]).count == 1)
        // One or two zeros come about by chance, and one id with other digits shows that they were kept.
        #expect(try await notes(["1234567890123400", "2234567890123400"]).isEmpty)
        #expect(try await notes(["1234567890123450000", "1234567890123450001"]).isEmpty)
        #expect(try await notes(["123456789000000", "A234567890123450000"]).isEmpty)
    }
}
