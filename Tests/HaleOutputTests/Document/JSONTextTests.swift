import Foundation
import HaleDomain
import HaleOutput
import Testing

@Suite struct `JSON text` {
    @Test func `keys keep their order and levels are two spaces deep`() {
        let value: JSONValue = [
            "asOf": "2026-03-01",
            "accounts": [["accountId": "A-17", "arr": .money(minor: 1_234_500, currency: "EUR")]],
            "empty": [], "none": [:], "zebra": nil, "alpha": true,
        ]
        #expect(
            JSONText(value).text == """
                {
                  "asOf": "2026-03-01",
                  "accounts": [
                    {
                      "accountId": "A-17",
                      "arr": {
                        "minor": 1234500,
                        "currency": "EUR"
                      }
                    }
                  ],
                  "empty": [],
                  "none": {},
                  "zebra": null,
                  "alpha": true
                }
                """)
        #expect(JSONText(["a": [1, 2.5, false]], layout: .compact).text == #"{"a":[1,2.5,false]}"#)
    }

    @Test(arguments: [
        (JSONValue.number(0.1), "0.1"), (.number(41.2), "41.2"), (.number(0.1 + 0.2), "0.30000000000000004"),
        (.number(5), "5"),
        (.number(.nan), "null"), (.number(.infinity), "null"), (.integer(.max), "9223372036854775807"),
        (.integer(.min), "-9223372036854775808"),
        (JSONValue(nil as Double?), "null"), (JSONValue(nil as Int?), "null"), (JSONValue(UInt8(7)), "7"),
        (JSONValue(UInt64.max), "1.8446744073709552e+19"),
        (.money(minor: nil, currency: "EUR"), "null"),
    ])
    func `numbers are not rounded and missing ones are null`(value: JSONValue, expected: String) {
        #expect(JSONText(value).text == expected)
    }

    @Test(arguments: [
        ("Zoë 日本 👩‍👩‍👧", "\"Zoë 日本 👩‍👩‍👧\""), ("a\"b\\c/", #""a\"b\\c/""#), ("a\nb\r\tc", #""a\nb\r\tc""#),
        ("\u{1B}[2J\0", #""\u001b[2J\u0000""#), ("\u{9B}\u{7F}\u{202E}\u{2028}", #""\u009b\u007f\u202e\u2028""#),
        ("a\r\nb", #""a\r\nb""#),
    ])
    func `strings are escaped and UTF-8 is kept`(text: String, expected: String) {
        #expect(JSONText(.string(text)).text == expected)
    }

    @Test func `members are added at the end of an object`() {
        let object: JSONValue = ["a": 1]
        #expect(object.adding([JSONValue.Member("b", 2)]) == ["a": 1, "b": 2])
    }

    @Test(arguments: JSONText.Layout.allCases)
    func `Foundation reads back what was written`(layout: JSONText.Layout) throws {
        var random = SplitMix(seed: 7)
        for _ in 0..<300 {
            let value = Self.randomValue(depth: 3, using: &random)
            let text = JSONText([value], layout: layout).text
            let read = try JSONSerialization.jsonObject(with: Data(text.utf8))
            #expect(Self.matches([value], read), "\(text)")
        }
    }

    @Test func `a number reads back as exactly the same`() {
        var random = SplitMix(seed: 11)
        for _ in 0..<2000 {
            let number = Double(bitPattern: random.next())
            #expect(Double(JSONText(.number(number)).text) == (number.isFinite ? number : nil))
        }
    }

    private static func randomValue(depth: Int, using random: inout SplitMix) -> JSONValue {
        switch Int.random(in: 0...(depth > 0 ? 6 : 4), using: &random) {
        case 0: return .null
        case 1: return .bool(.random(using: &random))
        case 2: return .integer(.random(in: -9_007_199_254_740_991...9_007_199_254_740_991, using: &random))
        case 3:
            return .number(
                Double(
                    sign: .plus, exponent: .random(in: -60...60, using: &random),
                    significand: .random(in: -1...1, using: &random)))
        case 4: return .string(randomText(using: &random))
        case 5:
            return .array(
                (0..<Int.random(in: 0...3, using: &random)).map { _ in randomValue(depth: depth - 1, using: &random) })
        default:
            return .object(
                (0..<Int.random(in: 0...3, using: &random)).map { position in
                    JSONValue.Member(
                        "\(position)" + randomText(using: &random), randomValue(depth: depth - 1, using: &random))
                })
        }
    }

    private static func randomText(using random: inout SplitMix) -> String {
        let scalars: [Unicode.Scalar] = [
            "a", "\"", "\\", "\n", "\r", "\t", "\u{0}", "\u{1F}", "\u{7F}", "\u{85}", "é", "\u{301}", "日", "😀",
            "\u{2028}", "/",
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...8, using: &random) { text.append(scalars.randomElement(using: &random) ?? "a") }
        return String(text)
    }

    private static func matches(_ value: JSONValue, _ read: Any) -> Bool {
        switch value {
        case .null: read is NSNull
        case .bool(let bool): (read as? Bool) == bool
        case .integer(let integer): (read as? NSNumber)?.int64Value == integer
        // Foundation reads long numbers as decimals, which may end one unit in the last place away.
        case .number(let number):
            (read as? NSNumber).map { abs($0.doubleValue - number) <= abs(number) * 1e-15 } == true
        case .string(let string):
            (read as? String).map { Array($0.unicodeScalars) == Array(string.unicodeScalars) } == true
        case .array(let elements):
            (read as? [Any]).map { $0.count == elements.count && zip(elements, $0).allSatisfy { matches($0, $1) } }
                == true
        case .object(let members):
            (read as? [String: Any]).map { read in
                read.count == members.count
                    && members.allSatisfy { member in read[member.key].map { matches(member.value, $0) } == true }
            } == true
        }
    }
}
