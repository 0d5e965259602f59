import Crypto
import Foundation
import HaleDomain
package import HaleSQL

/// One numbered, forward-only step of the schema.
package struct Migration: Sendable, Hashable {
    /// The number in the file's name; the views have number 0.
    package let number: Int
    /// The file's name without number.
    package let name: String
    package let sql: SQL

    /// SHA-256 of the text, in hex, which an applied migration must keep.
    package var checksum: String {
        SHA256.hash(data: Data(sql.text.utf8)).hexadecimal
    }

    /// The migrations of `sql/schema` in order of their numbers.
    package static let all: [Migration] = SQL.Schema.all.map { sql in
        let file = sql.name.split(separator: "/").last.map(String.init) ?? sql.name
        let parts = file.split(separator: "_", maxSplits: 1)
        return Migration(number: Int(parts[0]) ?? 0, name: String(parts.last ?? ""), sql: sql)
    }

    /// The views and the grants, applied again whenever their text changes, or that of a model that changes nothing.
    package static let views: Migration = {
        let usual = "'\(HealthModel.default.completeText.replacing("'", with: "''"))'"
        // Every command compares the text: looking for the place of the model in all of it took 2 ms.
        let texts = (SQL.Views.all + [SQL.Server.grants]).map { sql in
            sql == SQL.Views._0Model ? sql.text.replacing("/*usual model*/ ''", with: usual) : sql.text
        }
        return Migration(number: 0, name: "views", sql: SQL(name: "views", text: texts.joined(separator: "\n")))
    }()

    /// A name for the whole schema: the hash of all its text. Test templates are named by it.
    package static var schemaHash: String {
        let text = (all + [views]).map(\.checksum).joined(separator: "\n")
        return SHA256.hash(data: Data(text.utf8)).prefix(8).hexadecimal
    }
}
