import Delimited
import Foundation
import HaleTestSupport
import Testing

/// A row of the tables of `docs/dates-and-amounts.md`: values as written, and what is read.
struct DocumentedForm: Sendable, CustomTestStringConvertible {
    let values: [String]
    let right: String

    var testDescription: String { "\(values) are \(right)" }

    static let dates = rows(under: "Dates")
    static let amounts = rows(under: "Amounts")

    private static func rows(under heading: String) -> [DocumentedForm] {
        guard
            let text = try? String(
                contentsOf: ProjectFolder.root.appending(path: "docs/dates-and-amounts.md"), encoding: .utf8),
            let section = text.components(separatedBy: "\n## ").first(where: { $0.hasPrefix(heading) })
        else { return [] }
        return section.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let values = cells[0].split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { $0.offset % 2 == 1 }.map { String($0.element) }
            return DocumentedForm(values: values, right: cells[1])
        }
    }

    /// What is read, without what the document adds to it.
    var readings: [String] {
        let plain = right.components(separatedBy: " (")[0].components(separatedBy: " where ")[0]
        return plain.components(separatedBy: ", ")
    }

    /// Words of the reason, where the value is refused.
    var refusal: String? { right.components(separatedBy: "refused: ").dropFirst().first }
}

/// The tables that say what is read tell the truth.
@Suite struct `The documented forms` {
    @Test func `are 58 of dates and 43 of amounts, those of the cases among them`() {
        #expect(DocumentedForm.dates.count == 58)
        #expect(DocumentedForm.amounts.count == 43)
        let dates = Set(DocumentedForm.dates.map(\.values))
        #expect(dates.count == 58)
        for example in DateCase.all { #expect(dates.contains([example.text]), "\(example)") }
        for row in CaseTable.rows("date-columns") {
            #expect(dates.contains(row[0].split(separator: "|").map(String.init)))
        }
        let amounts = Set(DocumentedForm.amounts.map(\.values))
        for example in MoneyCase.all { #expect(amounts.contains([example.text]), "\(example)") }
        for column in MoneyColumn.all { #expect(amounts.contains(column.values), "\(column)") }
    }

    @Test(arguments: DocumentedForm.dates) func `of dates are read as is said`(_ form: DocumentedForm) throws {
        let column = try ReadingColumn(form.values, type: .instant)
        if form.right.hasPrefix("asked") {
            #expect(column.verdict.decision == .ambiguous)
            return
        }
        #expect(column.verdict.decision != .ambiguous)
        let values = try column.values()
        if let refusal = form.refusal { #expect(values[0]?.contains(refusal) == true, "\(values)") }
        if form.right.hasPrefix("refused") { return }
        if form.right == "empty" {
            #expect(values == [nil])
        } else if form.refusal != nil {
            #expect(try ReadingColumn(form.values, type: .month).values() == form.readings)
        } else {
            #expect(values == form.readings)
        }
        if form.right.contains("whole column") {
            let mixed = try ReadingColumn(form.values + ["2025-12-24"], type: .instant).values()
            #expect(mixed[0]?.contains("is read so only where every value of the column is one") == true)
        }
    }

    @Test(arguments: DocumentedForm.amounts) func `of amounts are read as is said`(_ form: DocumentedForm) throws {
        let column = try ReadingColumn(form.values, type: .amount())
        if form.right.hasPrefix("asked") {
            #expect(column.verdict.decision == .ambiguous)
            return
        }
        #expect(column.verdict.decision != .ambiguous)
        let values = try column.values()
        if let refusal = form.refusal {
            #expect(values[0]?.contains(refusal) == true, "\(values)")
        } else if form.right == "empty" {
            #expect(values == [nil])
        } else {
            #expect(values == form.readings.map { String($0.prefix { $0 != " " }) })
            let amount = try ValueType.amount(form.values[0], format: column.verdict.format).get()
            let words = form.readings[0].split(separator: " ").dropFirst().map(String.init)
            if words.first == "and" {
                #expect(amount?.currency != nil && amount?.currency?.code == nil)
            } else {
                #expect(amount?.currency?.code == words.first)
            }
        }
    }
}
