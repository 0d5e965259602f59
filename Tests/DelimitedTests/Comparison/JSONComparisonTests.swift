import Delimited
import Foundation
import HaleDomain
import HaleTestSupport
import Testing

/// Hale's reader of JSON beside Python's json module, over files that follow from seeds.
@Suite(.enabled(if: PythonReader.isInstalled, "python3 is not installed; its json module is what this compares with"))
struct JSONComparisonTests {
    /// What a reader made of a file: the names of the columns, and for each object its values, nil for a bad one.
    struct Answer: Codable, Equatable {
        var names: [String]
        var rows: [[String]?]

        /// The values by name, empty ones left out. A row without any is passed over.
        var values: [[String: String]?] {
            let values = rows.map { row in
                row.map { row in
                    Dictionary(zip(names, row).filter { !$0.1.isEmpty }, uniquingKeysWith: { first, _ in first })
                }
            }
            return values.filter { $0 != [:] }
        }
    }

    /// Flattens objects as the documentation says; numbers keep their digits.
    private static let program = """
        import json, sys
        class Bad(Exception): pass
        class Word(str): pass
        def constant(word): raise Bad(word)
        def pairs(items):
            keys = [key for key, _ in items]
            if len(set(keys)) < len(keys): raise Bad('twice')
            return dict(items)
        def texts(value):
            if isinstance(value, str) and not isinstance(value, Word):
                value.encode('utf-8')
                if chr(0) in value: raise Bad('NUL')
        def flat(value, path):
            for key, entry in value.items():
                key.encode('utf-8')
                place = path + [key]
                if isinstance(entry, dict): yield from flat(entry, place)
                else: yield '.'.join(place).strip(), entry
        def text(value):
            if value is None or value == []: return ''
            if value is True: return 'true'
            if value is False: return 'false'
            if isinstance(value, list): return 'list of %d' % len(value)
            texts(value)
            return value.strip()
        def word(token): return Word(token)
        decoder = json.JSONDecoder(parse_int=word, parse_float=word, parse_constant=constant, object_pairs_hook=pairs)
        def row(value):
            items = list(flat(value, []))
            keys = [key for key, _ in items]
            if len(set(keys)) < len(keys): raise Bad('twice')
            return {key: text(entry) for key, entry in items}
        answers = []
        for path in open(sys.argv[1], encoding='utf-8').read().splitlines():
            source = open(path, newline='', encoding='utf-8').read()
            names, rows = {}, []
            if path.endswith('.jsonl'):
                for line in source.split('\\n'):
                    if not line.strip(): continue
                    try: rows.append(row(decoder.decode(line.strip())))
                    except (Bad, ValueError, UnicodeEncodeError, AttributeError): rows.append(None)
            else:
                rows = [row(value) for value in decoder.decode(source.strip())]
            for values in rows:
                for name in (values or {}): names.setdefault(name)
            answers.append({'names': list(names),
                'rows': [None if values is None else [values.get(name, '') for name in names] for values in rows]})
        print(json.dumps(answers))
        """

    private func python(_ fixtures: [ReadingFixture]) throws -> [Answer] {
        let manifest = try #require(fixtures.first).directory.appending(path: "manifest")
        try Data(fixtures.map { $0.path + "\n" }.joined().utf8).write(to: manifest)
        let printed = try #require(output(of: "python3", ["-c", Self.program, manifest.path]))
        return try JSONDecoder().decode([Answer].self, from: printed)
    }

    private func hale(_ fixture: ReadingFixture, bufferByteCount: Int) throws -> Answer {
        let parts = try QuotedParts(fixture, limits: ReadingLimits(bufferByteCount: bufferByteCount))
        var answer = Answer(names: parts.survey.header.names, rows: parts.rows.map { $0.map(Self.listed) })
        // Bad objects go where their lines put them.
        let bad = Set(parts.problems.compactMap(\.line))
        var lines = parts.lines
        for line in bad.sorted() {
            let place = lines.firstIndex { $0 > line } ?? lines.count
            lines.insert(line, at: place)
            answer.rows.insert(nil, at: place)
        }
        return answer
    }

    /// A list as Python's side writes it: by its count.
    private static func listed(_ text: String) -> String {
        guard text.hasPrefix("["), let list = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [Any] else {
            return text
        }
        return "list of \(list.count)"
    }

    @Test func `four hundred files with one object a line, half of them damaged, are read alike`() throws {
        let fixtures = try (1...400).map { seed in
            try ReadingFixture(FuzzedJSON.lines(seed: UInt64(seed), isDamaged: seed % 2 == 0), name: "data.jsonl")
        }
        var badCount = 0
        for (seed, (fixture, python)) in zip(fixtures, try python(fixtures)).enumerated() {
            let answer = try hale(fixture, bufferByteCount: [13, 257, 65_536][seed % 3])
            let (own, other) = (answer.values, python.values)
            #expect(own.count == other.count, "seed \(seed + 1)")
            for (row, (own, other)) in zip(own, other).enumerated() {
                #expect(own == other, "seed \(seed + 1), row \(row + 1)")
            }
            badCount += python.rows.count { $0 == nil }
        }
        #expect(badCount > 100)
    }

    @Test func `two hundred lists, on one line and on many, are read alike`() throws {
        let fixtures = try (1...200).map { seed in
            try ReadingFixture(FuzzedJSON.list(seed: UInt64(seed)), name: "data.json")
        }
        for (seed, (fixture, python)) in zip(fixtures, try python(fixtures)).enumerated() {
            let answer = try hale(fixture, bufferByteCount: [13, 257, 65_536][seed % 3])
            #expect(answer.names == python.names, "seed \(seed + 1)")
            #expect(answer.values == python.values, "seed \(seed + 1)")
        }
    }
}

/// JSON that follows from a seed.
enum FuzzedJSON {
    private static let keys = ["id", "name", "a.b", "Zoë", "on", "日", "x y", "q\\\"q", "u\\u0041"]
    private static let scalars = [
        "null", "true", "false", "0", "-0", "1.50", "1e5", "-2.5E-07", "12345678901234567890123", "\"\"", "\"x\"",
        "\"Zo\\u00eb, \\\"q\\\"\"", "\"\\ud83d\\ude00\"", "\"a\\nb\"", "\"C:\\\\d\\/\\t|\"", "\"日本 😀\"", "[]",
        "[1, [2], {\"a\": 3}]",
        "[\"a,b\", null]",
    ]

    static func lines(seed: UInt64, isDamaged: Bool) -> String {
        var choices = SplitMix(seed: seed)
        var lines = ["{\"id\": 0, \"name\": \"first\"}"]
        for number in 1...Int.random(in: 1...20, using: &choices) {
            var line = object(number: number, depth: 0, &choices)
            if isDamaged, choices.oneIn(3) { line = damaged(line, &choices) }
            lines.append(line)
            if choices.oneIn(8) { lines.append("") }
        }
        return lines.joined(separator: "\n") + (choices.oneIn(2) ? "\n" : "")
    }

    static func list(seed: UInt64) -> String {
        var choices = SplitMix(seed: seed &+ 0x115)
        let objects = (0...Int.random(in: 0...20, using: &choices)).map { object(number: $0, depth: 0, &choices) }
        let isLong = choices.oneIn(2)
        return (isLong ? "[\n  " : "[") + objects.joined(separator: isLong ? ",\n  " : ",") + (isLong ? "\n]\n" : "]")
    }

    private static func object(number: Int, depth: Int, _ choices: inout SplitMix) -> String {
        var members = depth == 0 ? ["\"number\": \(number)"] : []
        var names = keys
        for _ in 0..<Int.random(in: 0...4, using: &choices) {
            let name = names.remove(at: Int.random(in: names.indices, using: &choices))
            let space = choices.oneIn(4) ? " " : ""
            let value =
                depth < 3 && choices.oneIn(4)
                ? object(number: number, depth: depth + 1, &choices) : choices.pick(scalars)
            members.append("\"\(name)\"\(space):\(space)\(value)")
        }
        return "{" + members.joined(separator: choices.oneIn(2) ? ", " : ",") + "}"
    }

    private static func damaged(_ line: String, _ choices: inout SplitMix) -> String {
        var scalars = Array(line.unicodeScalars)
        let pieces = Array("\"{}[],:\\0u-".unicodeScalars)
        for _ in 0..<Int.random(in: 1...2, using: &choices) where scalars.count > 1 {
            let place = Int.random(in: scalars.indices, using: &choices)
            switch Int.random(in: 0..<4, using: &choices) {
            case 0: scalars.remove(at: place)
            case 1: scalars.insert(choices.pick(pieces), at: place)
            case 2: scalars.removeLast(scalars.count - place)
            default: scalars.insert(contentsOf: Array("\"id\":1,\"id\":2,".unicodeScalars), at: min(1, place))
            }
        }
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        return String(text).isEmpty ? "{" : String(text)
    }
}
