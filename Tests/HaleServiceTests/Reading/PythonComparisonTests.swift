import Foundation
import HaleService
import Testing

/// Reads files of random fields with Hale and with Python's csv module, and compares.
@Suite struct PythonComparisonTests {
    private static let isPythonInstalled = output(of: "python3", ["-c", "import csv, json"]) != nil

    /// Writes random rows with csv.writer and prints them, trimmed as Hale does, as JSON.
    private static let program = """
        import csv, json, random, sys
        path, seed, separator, ending = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
        random.seed(seed)
        pieces = ['a', 'Zoë', '"', '""', separator, '\\n', '\\r\\n', ' ', '日本', '5', '😀', "'"]
        rows = [['id', 'name', 'note']]
        for number in range(200):
            rows.append([str(number)] + [''.join(random.choices(pieces, k=random.randrange(6))) for _ in range(2)])
        with open(path, 'w', newline='', encoding='utf-8') as file:
            csv.writer(file, delimiter=separator, lineterminator=ending).writerows(rows)
        with open(path, newline='', encoding='utf-8') as file:
            read = list(csv.reader(file, delimiter=separator))
        print(json.dumps([[field.strip(' \\t\\r\\n') for field in row] for row in read]))
        """

    @Test(
        .enabled(if: isPythonInstalled, "python3 is not installed; its csv module is what this test compares with"),
        arguments: [",", ";", "\t"], ["\n", "\r\n"])
    func `random fields read as Python reads them`(separator: String, ending: String) throws {
        let fixture = try ReadingFixture("unused")
        for seed in 1...4 {
            let printed = try #require(
                output(of: "python3", ["-c", Self.program, fixture.path, String(seed), separator, ending]))
            let expected = try JSONDecoder().decode([[String]].self, from: printed)
            for bufferByteCount in [1 + seed, 64, 65_536] {
                #expect(try fixture.rows(limits: ReadingLimits(bufferByteCount: bufferByteCount)) == expected)
            }
        }
    }
}
