import Foundation
import Testing

/// A text in a column of amounts and what it means, from the table `money.tsv`.
struct MoneyCase: Sendable, CustomTestStringConvertible {
    /// What a text comes to.
    enum Meaning: Equatable {
        case amount(String)
        case refused
        case nothing
    }

    let text: String
    /// What the table says of it.
    let right: String

    var testDescription: String { "\(text) is \(right)" }

    var meaning: Meaning {
        if right.hasPrefix("refused") { return .refused }
        if right.hasPrefix("empty") { return .nothing }
        return .amount(String(right.prefix { !", (".contains($0) }))
    }

    /// The codes of which one is meant; nil where the table names no currency.
    var currencies: [String]? {
        if right.contains("dollar") { return ["USD", "CAD", "AUD"] }
        if right.contains("krone") { return ["SEK", "NOK", "DKK"] }
        let codes = right.split { !$0.isLetter }.map(String.init).filter { $0.count == 3 && $0 == $0.uppercased() }
        return codes.isEmpty ? nil : codes
    }

    static let all = CaseTable.rows("money").map { MoneyCase(text: $0[0], right: $0[1]) }
}

/// A column of amounts and what is to be made of it, from the table `money-columns.tsv`.
struct MoneyColumn: Sendable, CustomTestStringConvertible {
    let separator: String
    let values: [String]
    let right: String

    var testDescription: String { "\(values) between \(separator)" }

    /// The numbers, in order; nil where the user has to be asked.
    var numbers: [Double]? {
        right.hasPrefix("ask")
            ? nil : right.split { !($0.isNumber || $0 == ".") }.prefix(values.count).compactMap { Double($0) }
    }

    static let all = CaseTable.rows("money-columns").map {
        MoneyColumn(separator: $0[0], values: $0[1].split(separator: "|").map(String.init), right: $0[2])
    }
}

/// The tables of cases beside the tests.
enum CaseTable {
    /// The rows of a table behind its header, cut into fields.
    static func rows(_ name: String) -> [[String]] {
        guard let file = Bundle.module.url(forResource: name, withExtension: "tsv", subdirectory: "Cases"),
            let text = try? String(contentsOf: file, encoding: .utf8)
        else { return [] }
        return text.split(separator: "\n").dropFirst()
            .map { $0.split(separator: "\t", omittingEmptySubsequences: false).map(String.init) }
    }
}
