/// An instant as PostgreSQL stores it; for `timestamp` without a time zone, the reading of a clock set to UTC.
package struct PostgresTimestamp: Sendable, Hashable, Comparable {
    /// Microseconds since 2000-01-01 00:00:00 UTC.
    package let microsecondsSince2000: Int64

    /// The instant so many microseconds after 2000-01-01 00:00:00 UTC.
    package init(microsecondsSince2000: Int64) {
        self.microsecondsSince2000 = microsecondsSince2000
    }

    /// Later than every instant.
    package static let infinity = PostgresTimestamp(microsecondsSince2000: .max)
    /// Earlier than every instant.
    package static let negativeInfinity = PostgresTimestamp(microsecondsSince2000: .min)

    /// Whether the left instant comes first.
    package static func < (left: PostgresTimestamp, right: PostgresTimestamp) -> Bool {
        left.microsecondsSince2000 < right.microsecondsSince2000
    }
}

extension PostgresTimestamp: PostgresScalar {
    /// `timestamptz`
    package static var postgresType: PostgresType { .timestamptz }
    /// `timestamptz` and `timestamp`
    package static var postgresTypes: [PostgresType] { [.timestamptz, .timestamp] }

    /// Appends eight bytes.
    package func encode(into bytes: inout [UInt8]) {
        bytes.appendInteger(microsecondsSince2000)
    }

    /// Writes `timestamptz` or `timestamp`, which have the same form.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        guard Self.postgresTypes.contains(type) else { return .otherType }
        encode(into: &bytes)
        return .binary
    }

    /// Reads eight bytes.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> PostgresTimestamp {
        try bytes.expect(8, for: type)
        return PostgresTimestamp(microsecondsSince2000: bytes.integer(at: 0))
    }
}
