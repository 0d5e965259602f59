import Foundation
import HaleDomain
import Testing

/// A text in a column of dates and what it means, from the table `dates.tsv`.
struct DateCase: Sendable, CustomTestStringConvertible {
    /// What a text comes to.
    enum Meaning: Equatable {
        case instant(String)
        /// The same where every value of the column is such.
        case number(String)
        /// A month where one is meant.
        case month(String)
        case refused(String)
        case nothing
    }

    let text: String
    /// What the table says of it.
    let right: String
    let meaning: Meaning

    var testDescription: String { "\(text) is \(right)" }

    /// Words of the reason why a text is refused, by those of the table.
    private static let reasons = [
        "refused: two-digit year": "has a year of two digits", "refused: no such second": "second that does not exist",
    ]

    /// Words of the reason for texts of which the table says no more than that there is one.
    private static let namedReasons = ["202512": "may be a month", "Q4 2025": "is a quarter"]

    static let all: [DateCase] = CaseTable.rows("dates").reduce(into: []) { cases, row in
        let (text, right) = (row[0], row[1])
        let meaning: Meaning
        if right.hasPrefix("refused") {
            meaning = .refused(reasons[right] ?? namedReasons[text] ?? "")
        } else if right.hasPrefix("empty") {
            meaning = .nothing
        } else if right.hasPrefix("the month") {
            meaning = .month("2025-12-01")
        } else if right.hasPrefix("the same") {
            meaning = cases.last?.meaning ?? .nothing
        } else {
            let instant = String(right.prefix { "0123456789-: TZ".contains($0) }).trimmingCharacters(in: .whitespaces)
            let isNumber = right.contains("where the whole column") || right.contains("likewise")
            meaning = isNumber ? .number(instant) : .instant(instant)
        }
        cases.append(DateCase(text: text, right: right, meaning: meaning))
    }
}

/// A moment as a table or the reader writes it, compared whatever its spelling: on the clocks of the organisation where no
/// offset is written.
struct WrittenMoment: Equatable {
    let minutes: Int
    let seconds: Double
    let hasOffset: Bool

    /// Reads `YYYY-MM-DD`, perhaps with `HH:MM[:SS[.f]]` behind a space or `T`, and `Z` or an offset.
    init?(_ text: String) {
        guard let day = Day(iso: String(text.prefix(10))) else { return nil }
        var rest = text.dropFirst(10).dropFirst()
        var offset = 0
        hasOffset = rest.hasSuffix("Z") || rest.contains("+")
        if rest.hasSuffix("Z") { rest.removeLast() }
        if let sign = rest.lastIndex(of: "+") {
            let numbers = rest[sign...].dropFirst().split(separator: ":").compactMap { Int($0) }
            offset = numbers[0] * 60 + numbers[1]
            rest = rest[..<sign]
        }
        let numbers = rest.split(separator: ":").compactMap { Double($0) }
        let clock = numbers.isEmpty ? [0, 0] : numbers
        minutes = Int(day.daysSince2000) * 1440 + Int(clock[0]) * 60 + Int(clock[1]) - offset
        seconds = clock.count > 2 ? clock[2] : 0
    }
}
