import HaleDomain
import HaleSQL
import HaleStore
import Testing

@Suite struct `Texts between the marks of SQL` {
    private static let sql = SQL(
        name: "things/made", text: "select /*one*/ null /*end one*/ as one, /*two*/ 2 /*end two*/ as two")

    @Test func `a text stands in place of what is between its marks`() throws {
        let spliced = try Self.sql.splicing(["one": "1 + 1"])
        #expect(spliced.name == "things/made")
        #expect(spliced.text == "select 1 + 1 as one, /*two*/ 2 /*end two*/ as two")
        #expect(try Self.sql.splicing(["one": "a", "two": "b"]).text == "select a as one, b as two")
        #expect(try Self.sql.splicing([:]).text == Self.sql.text)
        #expect(try Self.sql.part("two") == " 2 ")
    }

    @Test(arguments: [
        "select 1", "select /*one*/ 1", "select 1 /*end one*/", "select /*end one*/ 1 /*one*/",
        "select /*one*/ 1 /*end one*/, /*one*/ 2 /*end one*/", "select /*one */ 1 /*end one*/",
    ])
    func `a file that does not have the mark, once and in order, is refused`(_ text: String) {
        let sql = SQL(name: "things/made", text: text)
        #expect(throws: StoreError.lostMark("one", statement: "things/made")) { try sql.splicing(["one": "2"]) }
        #expect(throws: StoreError.lostMark("one", statement: "things/made")) { try sql.part("one") }
    }

    @Test func `the refusal names the statement and the mark in one line`() {
        #expect(
            StoreError.lostMark("met", statement: "alerts/evaluate").description
                == "HALE-STORE-021: statement alerts/evaluate does not have the place /*met*/ … /*end met*/ once: "
                + "restore the file")
    }
}
