import Foundation
import HaleDomain
import Testing

@Suite struct `Observed survival` {
    private let day = Day(daysSince2000: 9_557)  // 2026-03-02

    /// Customers who were there for so many days, 365 a year, and then left, or had been so long on the day.
    private func customers(_ durations: [(days: Int, isLost: Bool)]) -> [CustomerLifetime] {
        durations.enumerated().map { number, duration in
            let (years, rest) = duration.days.quotientAndRemainder(dividingBy: 365)
            let first =
                duration.isLost ? day.adding(months: -120) : (day - rest).adding(months: -12 * years)
            return CustomerLifetime(
                accountID: "A-\(number)", account: "", firstOn: first,
                lostOn: duration.isLost ? first.adding(months: 12 * years) + rest : nil)
        }
    }

    private func isClose(_ left: Double?, _ right: Double, _ tolerance: Double = 1e-12) -> Bool {
        left.map { abs($0 - right) < tolerance } ?? false
    }

    /// 100 began on 2025-07-01, ten left on 2025-10-01: on 2026-01-02 nine of ten are there, and nobody was there for a year.
    @Test func `counts the survivors of a year that is going on`() throws {
        let (first, left, asked) = try (
            #require(Day(iso: "2025-07-01")), #require(Day(iso: "2025-10-01")), #require(Day(iso: "2026-01-02"))
        )
        let lifetimes = (0..<100).map {
            CustomerLifetime(accountID: "\($0)", account: "", firstOn: first, lostOn: $0 < 10 ? left : nil)
        }
        let observed = ObservedSurvival(lifetimes, asOf: asked)
        #expect(observed.steps.map(\.days) == [92] && observed.lastDay == 185)
        #expect(isClose(observed.survival(afterDays: 92), 0.9) && observed.atRisk(afterDays: 92) == 90)
        #expect(observed.survival(afterDays: 91) == 1 && observed.atRisk(afterDays: 91) == 100)
        #expect(isClose(observed.survival(afterDays: 185), 0.9) && observed.atRisk(afterDays: 185) == 90)
        #expect(observed.survival(afterDays: 186) == nil && observed.survival(afterDays: 365) == nil)
        let projection = SurvivalProjection(lifetimes, asOf: asked)
        #expect(projection.basis == .assumed && projection.customers == 0)
        let year = projection.years[0]
        #expect(year.observed == nil && year.atRisk == 0 && year.asked == 0)
        // 80 % are assumed to stay, of those who are left; nobody knows that within thirty points.
        #expect(isClose(year.expected, 0.9 * 0.8, 1e-5) && year.high90 - year.low90 > 0.3 && year.high90 < 0.9)
    }

    /// By the package lifelines 0.30.3 (`KaplanMeierFitter`); at risk are those who are known to be there afterwards.
    @Test func `is that of a published implementation`() {
        let text = """
            365x 1095x 1059x 730x 730x 477 146 365x 613x 1189x 390x 404x 148 1036 663 760x 1451 730 939x 261 730x 100 \
            1095 662x 730 211 1380x 654 932x 1095x 747x 365x 1095x 730x 1145x 730 730 799 365x 44
            """
        let durations = text.split(separator: " ").map { word in
            (days: Int(word.filter(\.isNumber)) ?? 0, isLost: word.hasSuffix("x"))
        }
        let observed = ObservedSurvival(customers(durations), asOf: day)
        #expect(observed.customers == 40 && observed.lastDay == 1451)
        for (days, survival, atRisk) in [
            (92, 1.0, 39), (365, 0.882_352_941_176_470_5, 30), (730, 0.628_905_939_187_269, 19),
            (1095, 0.252_338_802_760_324, 5),
        ] {
            #expect(isClose(observed.survival(afterDays: days), survival), "after \(days) days")
            #expect(observed.atRisk(afterDays: days) == atRisk, "after \(days) days")
        }
        #expect(observed.survival(afterDays: 1460) == nil && observed.atRisk(afterDays: 1460) == 0)
    }

    /// The definition, counted anew for each day.
    @Test(arguments: 1...12) func `multiplies the shares that stayed on each day`(seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        let durations = (0..<(20 * seed)).map { _ in
            (days: Int.random(in: 0...60, using: &generator) * 31, isLost: Bool.random(using: &generator))
        }
        let observed = ObservedSurvival(customers(durations), asOf: day)
        for days in stride(from: 0, through: 1900, by: 13) {
            let expected = Set(durations.map(\.days)).filter { $0 <= days }.sorted().reduce(1.0) { kept, on in
                let there = durations.count { $0.days >= on }
                let left = durations.count { $0.days == on && $0.isLost }
                return kept * Double(there - left) / Double(there)
            }
            let isKnown = durations.contains { $0.days >= days }
            #expect((observed.survival(afterDays: days) != nil) == isKnown)
            if isKnown { #expect(isClose(observed.survival(afterDays: days), expected)) }
        }
    }

    /// A term of a year from 2023-03-01 ends on 2024-03-01, after 366 days; it is a year all the same.
    @Test(arguments: ["2020-03-01", "2021-03-01", "2022-03-01", "2023-03-01", "2024-02-29", "2023-06-30"])
    func `who leaves at the end of a term leaves at the end of a year`(first: String) throws {
        let first = try #require(Day(iso: first))
        let lifetimes = (0..<4).map { number in
            CustomerLifetime(
                accountID: "\(number)", account: "", firstOn: first,
                lostOn: number == 3 ? nil : first.adding(months: number < 2 ? 12 : 24))
        }
        let asked = first.adding(months: 36) - 1
        let observed = ObservedSurvival(lifetimes, asOf: asked)
        #expect(observed.steps.map(\.days) == [365, 730] && observed.steps.map(\.survival) == [0.5, 0.25])
        #expect(observed.lastDay == 1094)
        // On the day before it, nobody had left.
        #expect(ObservedSurvival(lifetimes, asOf: first.adding(months: 12) - 1).steps.isEmpty)
    }

    /// Of four whose term ends after a year one left, one stayed, and two are undecided: one of two stays.
    @Test func `an undecided end tells nothing of the day on which it falls`() throws {
        let first = day.adding(months: -14)
        let end = first.adding(months: 12)
        let lifetimes = [
            CustomerLifetime(accountID: "lost", account: "", firstOn: first, lostOn: end),
            CustomerLifetime(accountID: "stayed", account: "", firstOn: first),
            CustomerLifetime(accountID: "undecided", account: "", firstOn: first, censoredOn: end),
            CustomerLifetime(accountID: "undecided too", account: "", firstOn: first, censoredOn: end),
        ]
        let observed = ObservedSurvival(lifetimes, asOf: day)
        #expect(observed.survival(afterDays: 364) == 1 && observed.atRisk(afterDays: 364) == 4)
        #expect(observed.survival(afterDays: 365) == 0.5 && observed.atRisk(afterDays: 365) == 1)
        #expect(lifetimes.map { $0.years(asOf: day) } == [[false], [true], [], []])
        #expect(SurvivalProjection(lifetimes, asOf: day).years[0].asked == 2)
        // Before the end nothing is undecided.
        #expect(ObservedSurvival(lifetimes, asOf: end - 1).atRisk(afterDays: 363) == 4)
    }

    @Test func `nothing is observed of nobody, or of who begins later`() {
        #expect(ObservedSurvival([], asOf: day).survival(afterDays: 0) == nil)
        let later = CustomerLifetime(accountID: "A", account: "", firstOn: day + 1)
        #expect(ObservedSurvival([later], asOf: day).customers == 0)
        let unknown = CustomerLifetime(accountID: "A", account: "", firstOn: day - 9, censoredOn: day - 9)
        #expect(ObservedSurvival([unknown], asOf: day).customers == 0)
    }

    private static let telco = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../../../shared/data/telco/Telco-Customer-Churn.csv")

    /// 3,875 customers with a contract from month to month, as published: .703, .491 and .129 after 1, 3 and 6 years.
    @Test(
        .enabled(
            if: FileManager.default.fileExists(atPath: telco.path),
            "shared/data/telco is not there: the table is not compared with"))
    func `is that of a published table of 3,875 customers`() throws {
        let lines = try String(contentsOf: Self.telco, encoding: .utf8).split(whereSeparator: \.isNewline)
        let names = try #require(lines.first).split(separator: ",", omittingEmptySubsequences: false)
        let (tenure, contract, churn) = try (
            #require(names.firstIndex(of: "tenure")), #require(names.firstIndex(of: "Contract")),
            #require(names.firstIndex(of: "Churn"))
        )
        var durations: [(days: Int, isLost: Bool)] = []
        for line in lines.dropFirst() {
            let row = line.split(separator: ",", omittingEmptySubsequences: false)
            guard row[contract] == "Month-to-month" else { continue }
            let months = try #require(Int(row[tenure]))
            durations.append((days: months * 365 / 12, isLost: row[churn] == "Yes"))
        }
        #expect(durations.count == 3_875)
        let observed = ObservedSurvival(customers(durations), asOf: day)
        for (years, survival) in [(1, 0.703), (3, 0.491), (6, 0.129)] {
            #expect(isClose(observed.survival(afterDays: 365 * years), survival, 0.0005), "after \(years) years")
        }
    }
}
