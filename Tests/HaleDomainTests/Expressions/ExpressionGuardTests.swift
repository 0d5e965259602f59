import HaleDomain
import Testing

@Suite struct `An expression guard` {
    static let expressions = ExpressionGuard(columns: [
        "usage_cliff", "arr", "usage_ratio", "Status", "billing_frequency", "e", "date", "user", "pg_sleep", "select",
        "regclass", "amount",
    ])

    @Test func `further functions are allowed to those who ask for them`() {
        let text = "major_units(amount, 'EUR')"
        guard case .refused(let refusal) = Self.expressions.check(text) else {
            Issue.record("accepted without having been asked for")
            return
        }
        #expect(refusal.message == "the function 'major_units' is not allowed")
        let gate = ExpressionGuard(columns: ["amount"], furtherFunctions: ["major_units"])
        #expect(gate.check(text) == .accepted(columns: ["amount"]))
        #expect(gate.check("pg_sleep(amount)") != .accepted(columns: ["amount"]))
    }

    @Test(
        arguments: [
            ("usage_cliff and arr >= 10000", ["usage_cliff", "arr"]),
            ("not usage_cliff and usage_ratio > 0.8", ["usage_cliff", "usage_ratio"]),
            ("case billing_frequency when 'annual' then 12 else 1 end", ["billing_frequency"]),
            ("status = 'test'", ["status"]),
            ("STATUS = 'it''s; -- fine'", ["status"]),
            ("arr in (1, 2.5, .5, 1e3, 1.5E-3)", ["arr"]),
            ("arr is not null and arr is distinct from 3", ["arr"]),
            ("arr is not distinct from 3", ["arr"]),
            ("coalesce(nullif(trim(status), ''), 'x') || 'y' like 'a%'", ["status"]),
            ("round(cast(amount as numeric) / 100, 2)*-1", ["amount"]),
            ("date >= date '2026-01-31' - interval '7 days'", ["date"]),
            ("arr<-1 and arr*+2<>3 and arr!=4", ["arr"]),
            ("left(status, 3) = right ( status , 3 )", ["status"]),
            ("e = 1", ["e"]),
            ("((arr))", ["arr"]),
            ("case when arr>1 then'x'else interval'1 day'end", ["arr"]),
            ("status\n\t= 'ä€😀'", ["status"]),
        ] as [(String, Set<String>)])
    func `accepts what the language holds and names the columns`(text: String, columns: Set<String>) {
        #expect(Self.expressions.check(text) == .accepted(columns: columns))
    }

    @Test(arguments: [
        ("", 1), ("   ", 1),
        ("arr > 1; drop table x", 8),
        ("\"arr\" > 1", 1),
        ("arr > $1", 7),
        ("arr > 1 -- comment", 9),
        ("arr /* x */ > 1", 5),
        ("hale_data.account", 1),
        ("arr.x > 1", 4),
        ("arr > 1.2.3", 7),
        ("arr > 1abc", 7),
        ("unknown_column > 1", 1),
        ("arr > 1 and (select 1) = 1", 14),
        ("select > 1", 1),
        ("user = 'x'", 1),
        ("pg_sleep(10) is null", 1),
        ("arr > pg_read_file('x')", 7),
        ("regclass 'pg_authid'", 1),
        ("'pg_authid'::text", 12),
        ("cast(status as regclass)", 16),
        ("cast(status as text", 5),
        ("status as text", 8),
        ("arr as", 5),
        ("e'\\x41' = status", 3),
        ("e'x' = status", 1),
        ("e 'x' = status", 1),
        ("status = 'a\\'", 12),
        ("status = 'open", 10),
        ("status ~ 'x'", 8),
        ("arr @> 1", 5),
        ("arr <<  1", 5),
        ("arr => 1", 5),
        ("arr |/ 1", 5),
        ("(arr > 1", 1),
        ("arr > 1)", 8),
        ("arr > 1) or (1 = 1", 8),
        ("lower = 'x'", 1),
        ("date '2026-02-30' > date", 1),
        ("arr > 1 from x", 9),
        ("arr distinct from 3", 5),
        ("count(arr) > 1", 1),
        ("arr [1]", 5),
        ("current_user = 'x'", 1),
        ("status = 'x' collate \"C\"", 14),
        ("arr > 1\u{00A0}", 8),
        ("arr\u{0} > 1", 4),
        ("größe > 1", 1),
        ("repeat('x', 1000000000) = status", 1),
        ("cast('today' as date) > date", 6), ("cast('2026-01-31' as date) > date", 22), ("date < 'now'", 8),
        ("date < ' TOMORROW 10:00'", 8), ("coalesce(date, 'yesterday') is null", 16), ("date < 'to'\n'day'", 13),
        ("date 'today' > date", 1), ("date = 'epoch' or date = 'Today'", 26), ("current_timestamp > date", 1),
        ("localtime is null", 1), ("now() > date", 1), ("current_setting('TimeZone') = 'UTC'", 1),
        ("arr > 😀", 7),
    ])
    func `refuses everything else at its position`(text: String, position: Int) {
        guard case .refused(let refusal) = Self.expressions.check(text) else {
            Issue.record("accepted: \(text)")
            return
        }
        #expect(refusal.position == position, "\(text): \(refusal.message)")
        #expect(!refusal.message.isEmpty && !refusal.message.contains("\n"))
    }

    @Test(arguments: [
        ("status = 'today'", true), ("case lower(status) when 'now' then 1 else 2 end", true),
        ("cast(status as date)", true), ("cast('today' as date)", false), ("to_date(status, 'YYYY') < 'now'", false),
        ("status = 'now' and date '2026-01-31' < cast(date as date)", false), ("status = 'nowhere'", true),
    ])
    func `a file's texts may be called like a moment, as long as no date is about`(text: String, isAccepted: Bool) {
        let gate = ExpressionGuard(columns: ["status", "date"], holding: .texts)
        let verdict = gate.check(text)
        if case .refused = verdict { #expect(!isAccepted, "\(text)") } else { #expect(isAccepted, "\(text)") }
    }

    @Test(arguments: [
        ("cast(a as date)", "f((a )::text)"), ("a = 'cast(b as date)'", "a = 'cast(b as date)'"),
        ("cast(a as text)", "cast(a as text)"),
        (
            "coalesce(cast( trim(a) as date ), cast(cast(b as date) as text))",
            "coalesce(f(( trim(a) )::text), cast(f((b )::text) as text))"
        ),
        ("CAST (left(a, 10) AS DATE) - 1", "f((left(a, 10) )::text) - 1"),
        ("cast(cast('ä' || a as date) as date)", "f((f(('ä' || a )::text) )::text)"),
    ])
    func `casts to a date become calls of a function`(text: String, expected: String) {
        #expect(ExpressionGuard.dateCasts(in: text, with: "f") == expected)
    }

    @Test func `limits length and nesting`() {
        let deepest = String(repeating: "(", count: 100) + "arr" + String(repeating: ")", count: 100)
        #expect(Self.expressions.check(deepest) == .accepted(columns: ["arr"]))
        let deeper = "(" + deepest + ")"
        guard case .refused(let nesting) = Self.expressions.check(deeper) else {
            Issue.record("accepted 101 parentheses")
            return
        }
        #expect(nesting.position == 101)
        let long = String(repeating: "1+", count: 5_000) + "1"
        guard case .refused(let length) = Self.expressions.check(long) else {
            Issue.record("accepted 10 001 characters")
            return
        }
        #expect(length.position == 10_001)
    }

    @Test func `random text without a listed word is never accepted with a stray character`() {
        var generator = SplitMix(seed: 9)
        let pieces = [
            "arr", "1", "'x'", "(", ")", ",", "+", "||", "and", ";", "\"", "$", "\\", "--", ".", "[", ":", "#", "`",
        ]
        let forbidden: Set<String> = [";", "\"", "$", "\\", "--", "[", ":", "#", "`"]
        for _ in 0..<2_000 {
            let chosen = (0..<Int.random(in: 1...8, using: &generator)).compactMap { _ in
                pieces.randomElement(using: &generator)
            }
            let verdict = Self.expressions.check(chosen.joined(separator: " "))
            if case .accepted = verdict {
                #expect(forbidden.isDisjoint(with: chosen), "\(chosen)")
            }
        }
    }
}
