import Delimited
import Foundation
import HaleService
import Testing

/// What is said of a folder before anything of it goes in.
@Suite struct `The survey of a folder` {
    @Test func `files are in the order in which they need each other, then of their names`() throws {
        let folder = try FolderFixture([
            "a-usage.csv": "account_id,feature,occurred_at\n", "b.csv": "contract_id,account_id,arr,starts_on\n",
            "c.csv": "account_id,name\n", "d.csv": "email,name\n", "C2.csv": "account_id,name\n",
        ])
        #expect(
            try folder.plan().found == [
                "d.csv csms", "C2.csv accounts", "c.csv accounts", "b.csv contracts", "a-usage.csv usage",
            ])
    }

    @Test func `what is no file of data is named with its reason`() throws {
        let folder = try FolderFixture([
            "accounts.csv": "account_id,name\nA1,Acme\n", ".hidden.csv": "account_id,name\n",
            "~$accounts.csv": "account_id,name\n", "README.md": "# Read me\n", "README": "Read me\n",
            "notes.txt": "Call them on Monday.\n", "people.xlsx": "PK\u{3}\u{4}",
            "2025/accounts.csv": "account_id,name\n",
            "empty.csv": "", "lonely.yaml": "kind: accounts\n", "picture.png": "x",
        ])
        let plan = try folder.plan()
        #expect(plan.found == ["accounts.csv accounts"])
        #expect(plan.questions.isEmpty)
        let reasons = plan.reasons
        #expect(reasons[".hidden.csv"] == "hidden")
        #expect(reasons["~$accounts.csv"] == "hidden")
        #expect(reasons["people.xlsx"] == "a workbook; save its sheets as CSV")
        #expect(reasons["2025"] == "a folder; import it by its own name")
        #expect(reasons["lonely.yaml"] == "a mapping without a file of data of its name")
        #expect(reasons["empty.csv"]?.hasPrefix("is empty") == true)
        #expect(reasons["README"] == reasons["picture.png"])
        #expect(reasons["notes.txt"]?.hasPrefix("no kind has its columns") == true)
        #expect(reasons.count == 10)
        // Nobody meant a text to be imported.
        #expect(plan.passedOver.filter(\.isData).isEmpty)
    }

    @Test func `each file's formats, rows and unused columns are its own`() throws {
        let folder = try FolderFixture([
            "eu.csv": "contract_id;account_id;arr;starts_on;Fax\nK1;A1;1.200,50;31.01.2026;1\n",
            "us.csv": "contract_id,account_id,arr,starts_on\nK2,A2,\"1,200.50\",01/31/2026\nK3,A2,1.5,02/28/2026\n",
        ])
        let items = try folder.plan().items
        #expect(items.map(\.rows) == [1, 2])
        #expect(items.map(\.unused) == [["Fax"], []])
        #expect(
            items.map(\.formats) == [
                ["separator semicolon", "decimal comma (arr)", "day first (starts_on)"],
                ["decimal point (arr)", "month first (starts_on)"],
            ])
    }

    @Test func `dates that can be read both ways are asked for that file alone`() throws {
        let folder = try FolderFixture([
            "calls of may.csv": "account_id,occurred_at,note\nA1,03/04/2026,x\n",
            "usage.csv": "account_id,feature,occurred_at\nA1,f,31/05/2026\n",
        ])
        let plan = try folder.plan()
        #expect(plan.questions.map(\.code) == [.ambiguousDates])
        #expect(plan.questions.first?.message.contains("--date-format 'calls of may.csv=dmy'") == true)
        let answered = try folder.plan { $0.dateFormats["calls of may.csv"] = .mdy }
        #expect(answered.questions.isEmpty)
        #expect(
            answered.items.flatMap(\.formats).sorted() == [
                "day first (occurred_at)", "month first, as given (occurred_at)",
            ])
    }

    @Test func `a mapping of a file's name beside it is used, packed files included`() throws {
        let folder = try FolderFixture([
            "kunden.csv": "Nummer,Firma\nA1,Acme\n",
            "kunden.yaml": "kind: accounts\ncolumns: {account_id: Nummer, name: Firma}\n",
            "broken.csv": "a,b\n1,2\n", "broken.yml": "kind: accounts\ncolumns: {account_id: c, name: d}\n",
        ])
        let plan = try folder.plan()
        #expect(plan.found == ["kunden.csv accounts"])
        #expect(plan.items.first?.basis == .mapping)
        // A mapping that does not fit is a question, both columns of it, and no reason to look for another kind.
        #expect(plan.questions.map(\.code) == [.mappingContent, .mappingContent])
        #expect(plan.passedOver.isEmpty)
    }

    @Test func `a folder that cannot be read is refused`() throws {
        #expect(throws: ImportProblem.self) { try FolderSurvey(folder: "/no/such/folder").plan() }
    }
}
