import HaleDomain
import Testing

/// Instants, readings and days around a change of clocks: an hour ahead of UTC, two from 01:00 UTC of 2000-01-11 on, one
/// again from 01:00 UTC of 2000-01-21 on.
@Suite struct `The offsets of a zone` {
    private static let hour: Int64 = 3_600_000_000
    private static let minute: Int64 = 60_000_000
    private static let day = ZoneOffsets.dayMicroseconds

    private static func zone() -> ZoneOffsets {
        ZoneOffsets(
            days: Day(daysSince2000: 0)..<Day(daysSince2000: 31),
            stretches: [
                .init(startMicroseconds: -day, offsetMicroseconds: hour),
                .init(startMicroseconds: 10 * day + hour, offsetMicroseconds: 2 * hour),
                .init(startMicroseconds: 20 * day + hour, offsetMicroseconds: hour),
            ])
    }

    /// Readings and their instants, in minutes.
    private static let readings: [(Int64, Int64)] = [
        // A minute before the change, the skipped 02:30 with the offset before, 03:00 with the one after.
        (14_519, 14_459), (14_550, 14_490), (14_580, 14_460),
        // 01:59 with the offset before, then 02:30, which comes twice and is the second, then 03:00.
        (28_919, 28_799), (28_950, 28_890), (28_980, 28_920),
    ]

    @Test(arguments: readings)
    func `a reading is an instant, also where clocks change`(_ readingMinutes: Int64, _ instantMinutes: Int64) {
        let (reading, instant) = (readingMinutes * Self.minute, instantMinutes * Self.minute)
        var zone = Self.zone()
        #expect(zone.instant(ofReading: reading) == instant)
        // In any order of questions.
        _ = zone.instant(ofReading: 0)
        #expect(zone.instant(ofReading: reading) == instant)
        _ = zone.instant(ofReading: 30 * Self.day)
        #expect(zone.instant(ofReading: reading) == instant)
    }

    /// Instants in minutes and their days: the last minute of a day and the first of the next.
    private static let days: [(Int64, Int32)] = [
        (-61, -1), (-60, 0), (14_339, 9), (14_340, 10), (21_479, 14), (21_480, 15), (35_939, 24), (35_940, 25),
    ]

    @Test(arguments: days)
    func `an instant lies on a day`(_ minutes: Int64, _ day: Int32) {
        let instant = minutes * Self.minute
        var zone = Self.zone()
        #expect(zone.day(of: instant).daysSince2000 == day)
        _ = zone.day(of: 30 * Self.day)
        #expect(zone.day(of: instant).daysSince2000 == day)
    }

    @Test func `days outside are not covered`() {
        let zone = Self.zone()
        #expect(zone.covers(Day(daysSince2000: 0)..<Day(daysSince2000: 31)))
        #expect(!zone.covers(Day(daysSince2000: 5)..<Day(daysSince2000: 32)))
        #expect(!zone.covers(Day(daysSince2000: -1)..<Day(daysSince2000: 2)))
    }
}
