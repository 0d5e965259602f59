import HaleDomain
import Testing

/// What the guard lets pass takes a bounded share of the server's memory and stack for each row.
@Suite struct `The size of an expression` {
    static let expressions = ExpressionGuard(columns: ["a", "b", "name", "amount", "day"], holding: .texts)

    private static func refusal(_ text: String) -> ExpressionRefusal? {
        guard case .refused(let refusal) = expressions.check(text) else { return nil }
        return refusal
    }

    private static func nested(_ times: Int, _ inner: String, _ outer: (String) -> String) -> String {
        (0..<times).reduce(inner) { text, _ in outer(text) }
    }

    private static let long = String(repeating: "y", count: 40)

    @Test(arguments: [
        "cast(replace(replace(replace(replace(amount, '.', ''), ',', '.'), '€', ''), ' ', '') as numeric) / 100",
        "replace('{name} of {b}', '{name}', name)", "replace(a, 'Ltd', left(b, 20))", "replace(a, b, '')",
        "concat(a, ' ', b, ' ', name, ' ', amount, ' ', day)", "a || ' ' || b || ' ' || name || ' ' || amount",
        "case lower(trim(a)) when 'annual' then 12 when 'monthly' then 1 else cast(b as integer) end",
        "left(a, 10) || '-' || right(b, 4) || '-' || split_part(name, '@', 2)",
        "a in ('one', 'two', 'three') or b ilike '%test%' or name is not distinct from 'x'",
        "cast(cast(a as numeric) * cast(b as numeric) / 100 as text) || ' EUR'",
        "cast(day as date) - interval '7 days' < date '2026-01-31'",
        "coalesce(nullif(a, ''), case when b = 'x' then 'y' || name else replace(name, 'x', 'zz') end, 'none')",
        "a = replace(b, 'é', 'eeeeeeeeee')",
    ])
    func `what mappings and rules write is accepted`(text: String) {
        #expect(Self.refusal(text) == nil, "\(text): \(Self.refusal(text)?.message ?? "")")
    }

    // Each makes 40 of one character: the second of two makes 1,600 times the column, the fifth 100 million times.
    @Test(arguments: [2, 5])
    func `replacing what was replaced does not multiply without end`(times: Int) throws {
        let once = "replace(a, 'y', '\(Self.long)')"
        #expect(Self.refusal(once) == nil)
        let text = Self.nested(times, "a") { "replace(\($0), 'y', '\(Self.long)')" }
        let refusal = try #require(Self.refusal(text))
        #expect(refusal.message.contains("far longer") && !refusal.message.contains("\n"), "\(refusal.message)")
        // The second from within is the first that is too large.
        #expect(refusal.position == 1 + 8 * (times - 2))
        // Where longer texts are looked for, less can come of it: 40 for 40.
        #expect(Self.refusal(Self.nested(times, "a") { "replace(\($0), '\(Self.long)', '\(Self.long)')" }) == nil)
        // That the result is short does not make what lies between any shorter.
        #expect(Self.refusal("length(\(text)) > 3") != nil && Self.refusal("left(\(text), 1)") != nil)
        #expect(Self.refusal("case when a = 'x' then \(text) end") != nil)
    }

    @Test func `a text of any length is not put into many places`() throws {
        let refusal = try #require(Self.refusal("replace(a, 'x', b)"))
        #expect(refusal.position == 1 && refusal.message.contains("left("))
        #expect(Self.refusal("replace(a || 'x', 'x', concat(name, 'x'))") != nil)
        #expect(Self.refusal("replace(a, 'x', left(b, 300))") != nil)
        #expect(Self.refusal("replace(a, 'x', left(b, -3))") != nil)
        #expect(Self.refusal("replace(a, 'x', substr(b, 2, 20))") == nil)
    }

    // Of n columns joined, the last text holds n, and those on the way n (n + 1) / 2 - 1 together: 252 for 22, 275 for 23.
    @Test func `every step of a join makes a text of its own`() throws {
        func joined(_ count: Int) -> String { Array(repeating: "a", count: count).joined(separator: "||") }
        #expect(Self.refusal(joined(22)) == nil)
        let refusal = try #require(Self.refusal(joined(23)))
        #expect(refusal.position == 65 && refusal.message.contains("concat"), "\(refusal)")
        #expect(Self.refusal("concat(\(Array(repeating: "a", count: 100).joined(separator: ",")))") == nil)
    }

    @Test func `numbers written short are long as texts`() {
        let text = "replace(cast(1e131071 as text), '0', '\(String(repeating: "z", count: 400))')"
        #expect(Self.refusal(text) != nil)
        let cast = "replace(cast(cast(a as numeric) as text), '0', '\(String(repeating: "z", count: 400))')"
        #expect(Self.refusal(cast) != nil)
        #expect(Self.refusal("replace(cast(cast(a as integer) as text), '0', '\(Self.long)')") == nil)
    }

    @Test(arguments: [
        ("power(a, 2) > 4", nil), ("power(a + 1, -0.5) + power(b, 100)", nil), ("power(power(a, 10), 10)", nil),
        ("power(a, 101)", "more than 100"), ("power(power(a, 10), 11)", "more than 100"),
        ("power(power(power(a, 2.5), 20.7), -500.3)", "more than 100"),
        // Beside each other they multiply nothing.
        ("power(a, 60) * power(coalesce(power(b, 1), 0), 60)", nil),
        ("power(2, a)", "plain number"), ("power(a, 10 * 10)", "plain number"), ("power(a, (9))", "plain number"),
    ])
    func `powers are small ones, and those inside each other too`(text: String, words: String?) {
        let refusal = Self.refusal(text)
        #expect((refusal == nil) == (words == nil), "\(text): \(refusal?.message ?? "")")
        if let words { #expect(refusal?.message.contains(words) == true, "\(refusal?.message ?? "")") }
    }

    @Test func `depth, calls and operators have limits`() throws {
        let cases = Self.nested(101, "1") { "case when a='x' then \($0) end" }
        #expect(try #require(Self.refusal(cases)).message.contains("too deep"))
        #expect(Self.refusal(Self.nested(100, "1") { "case when a='x' then \($0) end" }) == nil)

        func calls(_ count: Int) -> String { Array(repeating: "abs(1)", count: count).joined(separator: "+") }
        #expect(Self.refusal(calls(200)) == nil)
        #expect(try #require(Self.refusal(calls(201))).message == "more than 200 calls of functions")

        #expect(Self.refusal(Array(repeating: "1", count: 1_001).joined(separator: "+")) == nil)
        for text in [
            Array(repeating: "1", count: 1_002).joined(separator: "+"),
            String(repeating: "not ", count: 1_001) + "true",
            String(repeating: "- ", count: 1_001) + "1", Array(repeating: "a=b", count: 600).joined(separator: " or "),
        ] {
            #expect(try #require(Self.refusal(text)).message == "more than 1000 operators")
        }
    }

    @Test(arguments: [
        "a, b", "a end", "when", "case", "case when", "case a", "then else end", "(a, b) = (b, a)", "replace(a)",
        "replace()", "concat()", "|| a", "a ||", "left(a)", "cast(a as text) || 'x'", "a - - b", "not", "is null",
        "cast(a)", "case end", "(,)", "a || || b", "in ()", "+",
    ])
    func `what is no expression is read to its end`(text: String) {
        _ = Self.expressions.check(text)
    }

    /// A text of so many `x`, made in some way, with the lengths that making it takes, counted by hand.
    private struct Made {
        var text: String
        var length: Double
        var total: Double

        static let columnLength = 1_000_000.0

        static func random(_ depth: Int, _ generator: inout SplitMix) -> Made {
            if depth == 0 || Int.random(in: 0..<8, using: &generator) == 0 {
                if Bool.random(using: &generator) { return Made(text: "a", length: columnLength, total: 0) }
                let count = Int.random(in: 0...30, using: &generator)
                return Made(text: "'\(String(repeating: "x", count: count))'", length: Double(count), total: 0)
            }
            let first = random(depth - 1, &generator)
            let second = random(depth - 1, &generator)
            let total = first.total + second.total
            func made(_ text: String, _ length: Double, copies: Bool = true) -> Made {
                Made(text: text, length: length, total: total + (copies ? length : 0))
            }
            switch Int.random(in: 0..<7, using: &generator) {
            case 0, 1:
                let old = Int.random(in: 1...10, using: &generator)
                let places = (first.length / Double(old)).rounded(.down)
                let length = places * second.length + first.length - places * Double(old)
                return made("replace(\(first.text), '\(String(repeating: "x", count: old))', \(second.text))", length)
            case 2: return made("(\(first.text)) || (\(second.text))", first.length + second.length)
            case 3: return made("concat(\(first.text), \(second.text))", first.length + second.length)
            case 4:
                let both = first.length + second.length
                let text = "lower(\(first.text)) || coalesce(\(second.text), '')"
                return Made(text: text, length: both, total: total + first.length + both)
            case 5:
                let count = Int.random(in: 0...50, using: &generator)
                return made("left(coalesce(\(first.text), \(second.text)), \(count))", min(first.length, Double(count)))
            default:
                let text = "case when a = 'y' then \(first.text) else \(second.text) end"
                return made(text, second.length, copies: false)
            }
        }
    }

    @Test func `no accepted expression makes more text than the limits say`() {
        var generator = SplitMix(seed: 14)
        var accepted = 0
        var refused = 0
        for _ in 0..<20_000 {
            let made = Made.random(Int.random(in: 1...5, using: &generator), &generator)
            if Self.refusal(made.text) != nil {
                refused += 1
                continue
            }
            accepted += 1
            let most = ExpressionGuard.maximumGrowth * Made.columnLength + ExpressionGuard.maximumCharacters
            #expect(made.total <= most, "\(made.text)")
        }
        #expect(accepted > 2_000 && refused > 2_000, "\(accepted) accepted, \(refused) refused")
    }
}
