import Delimited
import Foundation
import HaleDomain
import HaleFiles
import HaleStore

/// How a file was read, kept with its receipt: what it takes to read a row of it again as it was read then.
struct ImportRecipe: Codable, Sendable, Equatable {
    /// The mapping file, or the preset.
    struct MappingText: Codable, Sendable, Equatable {
        let file: String
        let text: String
    }

    /// The mapping, where there was one.
    let mapping: MappingText?
    /// The header as it stood in the file, or a row of the names that were made of it.
    let header: String
    /// What separates the fields: one character.
    let separator: String
    /// The order of dates by column.
    let dateFormats: [String: DateFormat]
    /// What numbers in place of dates count, by column; nil in receipts of files without any.
    var dateNumbers: [String: DateNumber]?
    /// The decimal mark of numbers by column.
    let decimalMarks: [String: DecimalMark]
    /// Whether accounts were created because rows named them.
    let createsMissingAccounts: Bool
    /// Whether CSMs were created because rows named them; nil in receipts of versions that could not.
    var createsMissingCSMs: Bool?
    /// Which day the ends of terms name; nil in receipts of kinds without any.
    var termEnd: TermEnd?

    init(request: ImportStage.Request, header: String, separator: Separator, verdicts: [ColumnVerdict]) {
        mapping = request.mapping.map { MappingText(file: $0.name, text: $0.text) }
        self.header = header
        self.separator = String(UnicodeScalar(separator.rawValue))
        let found = verdicts.filter { $0.decision != .notNeeded && $0.decision != .noValues }
        dateFormats = Dictionary(
            found.map { ($0.column, $0.format.dateFormat) }, uniquingKeysWith: { first, _ in first })
        let numbers = found.compactMap { verdict in verdict.format.dateNumber.map { (verdict.column, $0) } }
        dateNumbers = numbers.isEmpty ? nil : Dictionary(numbers, uniquingKeysWith: { first, _ in first })
        decimalMarks = Dictionary(
            found.map { ($0.column, $0.format.decimalMark) }, uniquingKeysWith: { first, _ in first })
        createsMissingAccounts = request.createsMissingAccounts
        createsMissingCSMs = request.createsMissingCSMs
    }

    /// A recipe as a receipt keeps it.
    init(json: String) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
        } catch DecodingError.dataCorrupted(let context) {
            throw StoreError.unreadableRow("the recipe of a receipt cannot be read: \(context.debugDescription)")
        } catch {
            throw StoreError.unreadableRow("the recipe of a receipt cannot be read")
        }
    }

    /// The recipe as a receipt keeps it.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }

    /// The formats of the columns.
    var formats: GivenFormats {
        var byColumn: [String: ColumnFormat] = [:]
        for (column, dateFormat) in dateFormats {
            byColumn[column] = ColumnFormat(
                dateFormat: dateFormat, decimalMark: decimalMarks[column] ?? .point, dateNumber: dateNumbers?[column])
        }
        return GivenFormats(dateFormat: nil, decimalMark: nil, byColumn: byColumn)
    }
}

extension DateFormat: Codable {}
extension DateNumber: Codable {}
extension DecimalMark: Codable {}
