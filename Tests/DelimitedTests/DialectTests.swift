import Delimited
import HaleTestSupport
import Testing

@Suite struct DialectTests {
    static let samples: [(text: String, separator: Separator, columnCount: Int)] = [
        ("a,b,c\n1,2,3\n", .comma, 3),
        ("a;b;c\n1;2;3\n", .semicolon, 3),
        ("a\tb\tc\n1\t2\t3\n", .tab, 3),
        ("a|b|c\n1|2|3\n", .bar, 3),
        // Decimal commas in every row, and a comma in the header.
        ("name;amount, EUR\nx;1,5\ny;2,5\n", .semicolon, 2),
        ("a;b\n1,5;2,5\n3,5;4,5\n", .semicolon, 2),
        // Semicolons in texts.
        ("id,note\n1,a;b\n2,c;d\n", .comma, 2),
        ("id,note,tags\n1,x,a;b\n2,y,c\n", .comma, 3),
        // A quoted header that contains another separator.
        ("\"a;b\",\"c;d\",e\n1,2,3\n", .comma, 3),
        // Only a header.
        ("a;b;c", .semicolon, 3),
        ("a\tb\n", .tab, 2),
        // One column: there is no separator.
        ("name\nAnna\n", .comma, 1),
        // One ragged row does not mislead.
        ("a,b,c\n1,2,3\n1,2\n1,2,3\n", .comma, 3),
    ]

    @Test(arguments: samples)
    func `the separator is found from the header and the first records`(
        text: String, separator: Separator, columnCount: Int
    ) throws {
        let survey = try ReadingFixture(text).survey()
        #expect(survey.source.separator == separator)
        #expect(survey.header.names.count == columnCount)
    }

    @Test func `the separator line of Excel is obeyed and keeps its line number`() throws {
        let fixture = try ReadingFixture("sep=;\r\na;b,c\r\n1;2\r\n")
        #expect(try fixture.rows() == [["a", "b,c"], ["1", "2"]])
        #expect(try fixture.lines() == [3])
    }

    static let endings: [(text: String, ending: LineEnding)] = [
        ("a,b\n1,2\n", .lineFeed), ("a,b\r\n1,2\r\n", .carriageReturnLineFeed), ("a,b\r1,2\r", .carriageReturn),
        ("a,b\r\n1,2", .carriageReturnLineFeed), ("a,b\n1,2\r\n", .mixed), ("a,b", .none),
        // A line break inside quotes is part of the text, whatever it looks like.
        ("a,b\r\n1,\"x\ny\"\r\n", .carriageReturnLineFeed),
    ]

    @Test(arguments: endings)
    func `the line ending is said`(text: String, ending: LineEnding) throws {
        #expect(try ReadingFixture(text).survey().source.lineEnding == ending)
    }

    @Test func `a tab is space where it does not separate`() throws {
        #expect(try ReadingFixture("a, b\t,\tc\n 1,\t2 , \"3\" \n").rows() == [["a", "b", "c"], ["1", "2", "3"]])
        #expect(try ReadingFixture("a\tb\tc\n1\t\t3\n").rows() == [["a", "b", "c"], ["1", "", "3"]])
    }
}
