package import HaleDomain
package import HaleSQL
package import Postgres

extension Statement {
    /// The statement of a file in `sql/`; errors name the file.
    package init(_ sql: SQL) {
        self.init(name: sql.name, text: sql.text)
    }
}

extension Day {
    /// The day as PostgreSQL's `date`.
    package var postgresDate: PostgresDate { PostgresDate(daysSince2000: daysSince2000) }
}

extension Row {
    /// A `date` column that is never null.
    package func day(_ column: String) throws(PostgresError) -> Day {
        Day(daysSince2000: try decode(column, as: PostgresDate.self).daysSince2000)
    }

    /// A `date` column that may be null.
    package func dayIfPresent(_ column: String) throws(PostgresError) -> Day? {
        guard let date = try decodeIfPresent(column, as: PostgresDate.self) else { return nil }
        return Day(daysSince2000: date.daysSince2000)
    }
}
