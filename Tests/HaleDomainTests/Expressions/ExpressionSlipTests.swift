import HaleDomain
import Testing

/// Slips of people who write a condition as they would write a sentence.
@Suite struct `Slips in expressions` {
    private static let columns = ["arr", "band", "name", "score", "seats", "usage_cliff", "usage_ratio"]

    /// The expression, the position and the message.
    private static let slips: [(String, Int, String)] = [
        ("arr > 10,000", 7, "a number has no commas between its thousands: write 10000 for 10,000"),
        (
            "arr > 1,250,000.50 and seats > 3", 7,
            "a number has no commas between its thousands: write 1250000.50 for 1,250,000.50"
        ),
        ("usage_cliff and (arr > 10,000)", 24, "a number has no commas between its thousands: write 10000 for 10,000"),
        ("usage_ratio < 0,8", 15, "decimals stand behind a point: write 0.8 for 0,8"),
        (
            "usage_ratio < 50%", 15,
            "% is the remainder of a division here: a share is a number up to 1, so write 0.5 for 50%"
        ),
        (
            "usage_ratio < 12.5 % and arr > 1", 15,
            "% is the remainder of a division here: a share is a number up to 1, so write 0.125 for 12.5%"
        ),
        (
            "(usage_ratio < 80%)", 16,
            "% is the remainder of a division here: a share is a number up to 1, so write 0.8 for 80%"
        ),
        ("arr > 10k", 7, "this is not a number: write 10000 for 10k"),
        ("arr > 1.5m", 7, "this is not a number: write 1500000 for 1.5m"),
        ("arr > 10_000", 7, "this is not a number: write 10000"),
        ("arr > €10000", 7, "'€' is not allowed: money stands in the reporting currency, without a sign"),
        ("band = \"red\"", 8, "'\"' is not allowed: a text stands in single quotes, such as 'red'"),
        ("band = ‘red’", 8, "'‘' is not allowed: a text stands in single quotes, such as 'red'"),
        ("arr == 1", 5, "the operator '==' is not allowed: write ="),
        ("arr => 1", 5, "the operator '=>' is not allowed: write >="),
        ("arr > 1 && seats > 1", 9, "'&' is not allowed: write and"),
        ("!usage_cliff", 1, "the operator '!' is not allowed: write not"),
        ("arr ≥ 1", 5, "'≥' is not allowed: write >="),
        ("seets > 3", 1, "there is no column 'seets'; did you mean seats?"),
        ("usage_ration < 1", 1, "there is no column 'usage_ration'; did you mean usage_ratio?"),
        ("lenght(name) > 3", 1, "the function 'lenght' is not allowed; did you mean length?"),
        ("horoscope > 3", 1, "there is no column 'horoscope'"),
        // What is wrong before it is said first.
        ("seets > 10,000", 1, "there is no column 'seets'; did you mean seats?"),
    ]

    @Test(arguments: slips.indices) func `are explained where they stand`(number: Int) {
        let (text, position, message) = Self.slips[number]
        guard case .refused(let refusal) = ExpressionGuard(columns: Self.columns).check(text) else {
            Issue.record("\(text) was accepted")
            return
        }
        #expect(refusal.position == position, "\(text)")
        #expect(refusal.message == message, "\(text)")
    }

    @Test(arguments: [
        "seats % 2 = 0", "seats % arr > 1", "seats % (2) = 1", "seats % -2 = 0", "greatest(10,000) > arr",
        "arr in (1,200, 300)", "round(arr,100) > 1", "coalesce(arr, 0, 500) > 1", "arr > 10000", "name like 'a,5%'",
        "case when arr > 1 then 1 else 0 end % 2 = 1", "left(name, 1) = 'a'",
    ]) func `are not found where nothing slipped`(text: String) {
        guard case .accepted = ExpressionGuard(columns: Self.columns).check(text) else {
            Issue.record("\(text) was refused")
            return
        }
    }
}
