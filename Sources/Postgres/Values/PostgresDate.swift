/// A calendar day as PostgreSQL stores it.
package struct PostgresDate: Sendable, Hashable, Comparable {
    /// Days since 2000-01-01.
    package let daysSince2000: Int32

    /// The day so many days after 2000-01-01.
    package init(daysSince2000: Int32) {
        self.daysSince2000 = daysSince2000
    }

    /// Later than every day.
    package static let infinity = PostgresDate(daysSince2000: .max)
    /// Earlier than every day.
    package static let negativeInfinity = PostgresDate(daysSince2000: .min)

    /// Whether the left day comes first.
    package static func < (left: PostgresDate, right: PostgresDate) -> Bool {
        left.daysSince2000 < right.daysSince2000
    }
}

extension PostgresDate: PostgresScalar {
    /// `date`
    package static var postgresType: PostgresType { .date }
    /// `date`
    package static var postgresTypes: [PostgresType] { [.date] }

    /// Appends four bytes.
    package func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(daysSince2000)
    }

    /// Reads four bytes.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> PostgresDate {
        try bytes.expect(4, for: type)
        return PostgresDate(daysSince2000: bytes.integer(at: 0))
    }
}
