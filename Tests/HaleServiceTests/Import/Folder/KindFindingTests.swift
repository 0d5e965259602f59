import Delimited
import HaleDomain
import HaleService
import Testing

/// A header and the kind that it is, or what is said where it is none.
struct HeaderCase: Sendable, CustomTestStringConvertible {
    let header: String
    var file = "data.csv"
    let kind: String

    var testDescription: String { "\(file): \(header)" }

    /// One for every kind, with the columns that it cannot do without and some more.
    static let kinds: [HeaderCase] = [
        HeaderCase(header: "email,name,capacity_minutes", kind: "csms"),
        HeaderCase(header: "E mail,Name", kind: "csms"),
        HeaderCase(header: "feature,is_key", kind: "features"),
        HeaderCase(header: "country,day", kind: "holidays"),
        HeaderCase(header: "day,currency,rate", kind: "fx_rates"),
        HeaderCase(header: "account_id,name,segment,csm_email", kind: "accounts"),
        HeaderCase(header: "Account ID,NAME,Region,Fax,Street,City,Zip", kind: "accounts"),
        HeaderCase(header: "person_id,account_id,name,email,role", kind: "people"),
        HeaderCase(header: "contract_id,account_id,arr,starts_on,ends_on", kind: "contracts"),
        HeaderCase(header: "contract_id,account_id,mrr,starts_on", kind: "contracts"),
        HeaderCase(header: "account_id,feature,occurred_at", kind: "usage"),
        HeaderCase(header: "contract_id,occurred_at", kind: "usage"),
        HeaderCase(header: "account_id,score,responded_at", kind: "nps"),
        HeaderCase(header: "ticket_id,account_id,opened_at", kind: "tickets"),
        HeaderCase(header: "invoice_id,account_id,due_on,amount,currency", kind: "invoices"),
        HeaderCase(header: "account_id,occurred_at,kind,note", kind: "touchpoints"),
        HeaderCase(header: "month,channel,amount", kind: "spend"),
        HeaderCase(header: "lead_id,created_on,channel", kind: "leads"),
        // Other products' exports, by the headers of their presets.
        HeaderCase(header: "CustomerNumber,Email,NPSScore,ResponseDate", kind: "nps"),
        HeaderCase(header: "Record ID,First Name,Last Name,Email,Associated Company IDs", kind: "people"),
        // A name decides where the columns leave two.
        HeaderCase(header: "account_id,occurred_at", file: "Usage 2026.csv", kind: "usage"),
        HeaderCase(header: "account_id,occurred_at", file: "our-touchpoints.csv", kind: "touchpoints"),
    ]

    /// What is left out, and a part of the reason.
    static let none: [HeaderCase] = [
        HeaderCase(header: "x,y,z", kind: "no kind has its columns (x, y, z)"),
        // E-mail addresses alone make nobody a CSM.
        HeaderCase(header: "email,first,last,phone,city", kind: "no kind has its columns"),
        HeaderCase(
            header: "account_id,name,email,role", kind: "like people (account_id, name, email, role), but without "),
        HeaderCase(header: "contract_id,account_id,seats,starts_on", kind: "without arr or mrr"),
        HeaderCase(header: "ticket_id,opened_at,subject", kind: "without account_id"),
    ]
}

@Suite struct `Kinds found by columns` {
    @Test(arguments: HeaderCase.kinds)
    func `a file is what has the most of its columns`(_ header: HeaderCase) throws {
        let folder = try FolderFixture([header.file: header.header + "\n"])
        let plan = try folder.plan()
        #expect(plan.questions.isEmpty)
        #expect(plan.found == ["\(header.file) \(header.kind)"], "\(plan.reasons)")
    }

    @Test func `every kind is found by its required columns`() throws {
        for kind in ImportKind.allCases {
            let columns = kind.columns.filter(\.isRequired).map(\.name)
            let either: [ImportKind: [String]] = [.contracts: ["arr"], .usage: ["account_id", "feature"]]
            // Contacts with accounts have no column of their own that is required.
            let more = kind == .touchpoints ? ["note"] : either[kind] ?? []
            let folder = try FolderFixture(["data.csv": (columns + more).joined(separator: ",") + "\n"])
            #expect(try folder.plan().found == ["data.csv \(kind.rawValue)"])
        }
    }

    @Test(arguments: HeaderCase.none)
    func `what fits no kind is left out with what is missing`(_ header: HeaderCase) throws {
        let plan = try FolderFixture([header.file: header.header + "\n"]).plan()
        #expect(plan.items.isEmpty)
        #expect(plan.reasons[header.file]?.contains(header.kind) == true, "\(plan.reasons)")
        #expect(plan.passedOver.map(\.isData) == [true])
    }

    @Test(arguments: ["data.csv", "usage-and-touchpoints.csv", "usages.csv"])
    func `where two kinds fit equally nothing is guessed`(file: String) throws {
        let folder = try FolderFixture([
            file: "account_id,occurred_at,person_id\nA1,2026-01-05,p1\n", "accounts.csv": "account_id,name\nA1,Acme\n",
        ])
        let plan = try folder.plan()
        let question = try #require(plan.questions.first)
        #expect(question.code == .undecidedKind)
        #expect(
            question.message.contains(
                "fit usage and touchpoints equally well; say which it is with "
                    + "--kind \(file)=usage or --kind \(file)=touchpoints, or leave it out with --kind \(file)=none"))
        let answered = try folder.plan { $0.identities[file] = .named("touchpoints") }
        #expect(answered.questions.isEmpty)
        #expect(answered.found == ["accounts.csv accounts", "\(file) touchpoints"])
        #expect(answered.items[1].basis == .given)
        let without = try folder.plan { $0.identities[file] = FolderAnswers.Identity.none }
        #expect(without.found == ["accounts.csv accounts"])
        #expect(without.reasons[file] == "left out as asked")
    }

    @Test func `an answer may be a preset, and one that does not fit is refused with what is missing`() throws {
        let folder = try FolderFixture(["q.csv": "CustomerNumber,NPSScore,ResponseDate\nA1,9,2026-01-05\n"])
        let plan = try folder.plan { $0.identities["q.csv"] = .named("nps-open-data") }
        #expect(plan.found == ["q.csv nps"])
        let wrong = try folder.plan { $0.identities["q.csv"] = .named("nps") }
        #expect(wrong.questions.map(\.column) == ["account_id", "score", "responded_at"])
        let unknown = try folder.plan { $0.identities["q.csv"] = .named("npss") }
        #expect(unknown.questions.map(\.code) == [.unknownPreset])
    }

    @Test func `an answer for a file that is not there is refused`() throws {
        let folder = try FolderFixture(["accounts.csv": "account_id,name\nA1,Acme\n"])
        #expect(throws: ImportProblem.self) { try folder.plan { $0.identities["account.csv"] = .named("accounts") } }
    }
}
