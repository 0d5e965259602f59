import Delimited
import Foundation
import HaleDomain
import HaleOutput
import Testing

/// Dates as people and programs write them.
@Suite struct `A date` {
    @Test func `has a table of cases`() {
        #expect(DateCase.all.count == 34)
        #expect(CaseTable.rows("date-columns").count == 2)
    }

    @Test(arguments: DateCase.all) func `means what people mean by it`(_ example: DateCase) throws {
        let column = try ReadingColumn([example.text], type: .instant)
        let value = try column.values()[0]
        switch example.meaning {
        case .instant(let right):
            #expect(WrittenMoment(value ?? "") == WrittenMoment(right), "\(value ?? "")")
            #expect(WrittenMoment(right) != nil)
        case .number(let right):
            #expect(WrittenMoment(value ?? "") == WrittenMoment(right), "\(value ?? "")")
            #expect(column.verdict.text?.contains(right.hasSuffix("Z") ? "since 1970" : "Excel") == true)
        case .month(let right):
            #expect(value == "\"\(example.text)\" is a month, not a day; write the day too")
            #expect(try ReadingColumn([example.text], type: .month).values() == [right])
        case .refused(let words):
            #expect(!words.isEmpty && value?.hasPrefix("\"\(example.text)\" ") == true)
            #expect(value?.contains(words) == true, "\(value ?? "")")
        case .nothing:
            #expect(value == nil)
            #expect(column.verdict.missingText == "value: 1 value such as \"\(example.text)\", left empty")
        }
    }

    @Test(arguments: CaseTable.rows("date-columns"))
    func `is read as its column is written, or asked about`(_ row: [String]) throws {
        let column = try ReadingColumn(row[0].split(separator: "|").map(String.init), type: .date)
        if row[1].hasPrefix("ask") {
            #expect(column.survey.ambiguities.map(\.code) == [.ambiguousDates])
        } else {
            #expect(try column.values().compactMap(\.self).joined(separator: ", ") == row[1])
            #expect(column.verdict.text == "value: day first, others year first")
        }
    }

    // MARK: Names

    /// Locales whose names are read, and of which the operating system's library writes dates.
    private static let locales = ["en_US", "en_GB", "de_DE", "de_AT", "fr_FR", "nl_NL", "es_ES", "es_MX"]

    @Test(arguments: locales, [DateFormatter.Style.medium, .long, .full])
    func `is read as the library of locales writes it, on every day of a year and with its time`(
        locale: String, style: DateFormatter.Style
    ) throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: locale)
        formatter.timeZone = TimeZone(identifier: "UTC")
        formatter.dateStyle = style
        formatter.timeStyle = .short
        let first = try #require(Day(iso: "2025-01-01"))
        // 2000-01-01 is 946,684,800 seconds after 1970, and the clock shows 14:05.
        let written = (0..<365).map { number in
            formatter.string(
                from: Date(
                    timeIntervalSince1970: 946_684_800 + Double(Int(first.daysSince2000) + number) * 86_400 + 50_700))
        }
        let column = try ReadingColumn(written, type: .instant)
        let read = try column.values()
        let wrong = (0..<365).filter { read[$0] != "\(first + $0) 14:05:00" }.map {
            "\(written[$0]): \(read[$0] ?? "")"
        }
        #expect(wrong.isEmpty, "\(wrong.count) days are, such as \(wrong.first ?? "")")
    }

    @Test(arguments: locales) func `has every name that the library of locales has for months and days of the week`(
        locale: String
    ) throws {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: locale)
        let monthNames = [
            formatter.monthSymbols, formatter.shortMonthSymbols, formatter.standaloneMonthSymbols,
            formatter.shortStandaloneMonthSymbols,
        ].compactMap(\.self)
        #expect(monthNames.count == 4)
        for names in monthNames {
            let read = try ReadingColumn(names.map { "3 \($0) 2026" }, type: .date).values()
            #expect(read == (1...12).map { "2026-\($0 < 10 ? "0" : "")\($0)-03" }, "\(names)")
        }
        // 2026-03-01 is a Sunday, with which the library begins the week.
        for names in [formatter.weekdaySymbols, formatter.shortWeekdaySymbols].compactMap(\.self) {
            let read = try ReadingColumn(
                names.enumerated().map { "\($1) 0\($0 + 1).03.2026" } + ["31.03.2026"], type: .date
            ).values()
            #expect(read.dropLast() == (1...7).map { "2026-03-0\($0)" }[...], "\(names)")
        }
    }

    static let named: [(text: String, instant: String)] = [
        ("3 MAR 2026", "2026-03-03"), ("Mar 3, 2026", "2026-03-03"), ("mar. 3 mars 2026", "2026-03-03"),
        ("mar, 3 mar 2026", "2026-03-03"), ("März 3, 2026", "2026-03-03"), ("3. Maerz 2026", "2026-03-03"),
        ("3 Ma\u{308}rz 2026", "2026-03-03"), ("12 août 2025", "2025-08-12"), ("12 aout 2025", "2025-08-12"),
        ("1º de mayo de 2026", "2026-05-01"), ("2nd of May 2026", "2026-05-02"), ("2026-May-02", "2026-05-02"),
        ("2 May, 2026 3pm", "2026-05-02 15:00:00"), ("2\u{A0}mei\u{A0}2026\u{A0}om\u{A0}09:30", "2026-05-02 09:30:00"),
        ("Sat, 02 May 2026 09:30:00 +0200", "2026-05-02 09:30:00+02:00"),
        ("Sat May  2 09:30:00 2026", "2026-05-02 09:30:00"), ("Sa. 02.05.2026", "2026-05-02"),
        ("zaterdag 2-5-2026 9:30", "2026-05-02 09:30:00"), ("sáb, 2 may 2026", "2026-05-02"),
        ("3. Mrz. 2026", "2026-03-03"), ("2 sept. 2025 à 17:00", "2025-09-02 17:00:00"),
        ("2 mai 2026, 5:00 p. m.", "2026-05-02 17:00:00"),
    ]

    @Test(arguments: named) func `may name its month and day in five languages`(text: String, instant: String) throws {
        // A day that can only be the day tells the order of the open ones.
        let values = try ReadingColumn([text, "13.05.2026"], type: .instant).values()
        #expect(values == [instant, "2026-05-13"])
    }

    @Test(
        arguments: [
            ("24 Dezembro 2025", "is not a date"), ("Dec 24", "has no year"), ("12/24", "has no year"),
            ("24 Dec 2025 CET", "is not a date"), ("24 Dec 2025 10:00 CET", "is not a date and a time"),
            ("Dec 32, 2025", "32 December does not exist"), ("24 Dec 25 2025", "a year of two digits"),
            ("Dec-25", "has no year"), ("2025", "is a year"), ("2025-W52", "is a week"), ("KW 52 2025", "is a week"),
            ("2025-Q4", "is a quarter"), ("24 de 2025", "is not a date"), ("soon", "is not a date"),
            ("13 Dec 2025 13:00 pm", "a time of day that does not exist"), ("45292.x", "is not a date"),
            ("12345", "is not a date"), ("2025-12-24T10:00:00[Europe/Berlin]", "is not a date and a time"),
        ]) func `that is none says why`(text: String, words: String) throws
    {
        let value = try ReadingColumn([text], type: .instant).values()[0]
        #expect(value?.contains(words) == true, "\(value ?? "")")
    }

    @Test func `beside the name of another day of the week is refused, and the name can tell day from month`() throws {
        // 3 April 2026 is a Friday, 4 March a Wednesday.
        #expect(try ReadingColumn(["Fri 03/04/2026"], type: .date).values() == ["2026-04-03"])
        #expect(try ReadingColumn(["Wed 03/04/2026"], type: .date).values() == ["2026-03-04"])
        #expect(try ReadingColumn(["Mon 3 April 2026"], type: .date).values() == ["\"Mon 3 April 2026\" is a Friday"])
    }

    // MARK: Numbers

    @Test(
        arguments: [
            (
                ["45292", "45657.75", "36526"], ["2024-01-01", "2024-12-31 18:00:00", "2000-01-01"],
                "serial numbers of Excel"
            ),
            // A spreadsheet's 14:30 is 0.604166666666667 of a day.
            (
                ["45292.604166666666667", "45292,6041667"], ["2024-01-01 14:30:00", "2024-01-01 14:30:00"],
                "serial numbers of Excel"
            ),
            (["45292.0", "45292.99999999"], ["2024-01-01", "2024-01-02"], "serial numbers of Excel"),
            (
                ["1735084800", "1735084800.25"], ["2024-12-25 00:00:00Z", "2024-12-25 00:00:00.25Z"],
                "seconds since 1970 (UTC)"
            ),
            (
                ["1735084800001", "1000000000000"], ["2024-12-25 00:00:00.001Z", "2001-09-09 01:46:40Z"],
                "milliseconds since 1970 (UTC)"
            ),
            (["1735084800000001"], ["2024-12-25 00:00:00.000001Z"], "microseconds since 1970 (UTC)"),
        ] as [([String], [String], String)])
    func `may be a number where the whole column is such, and the receipt says it`(
        values: [String], instants: [String], name: String
    ) throws {
        let column = try ReadingColumn(values + ["", "n/a"], type: .instant)
        #expect(try column.values() == instants + [nil, nil])
        #expect(column.verdict.text == "value: \(name)")
        #expect(column.verdict.misfitCount == 0)
    }

    @Test(arguments: ["2024-01-01", "01/02/2024", "1 Jan 2024", "1735084800", "2024-01", "24/12/24"])
    func `that is a number is refused beside any that is none, and says what it would be`(_ other: String) throws {
        let column = try ReadingColumn(["45292", "45293", other], type: .date)
        let hint =
            "would be 2024-01-01 as a serial number of Excel, and is read so only where every value of the column is one"
        #expect(try column.values()[0] == "\"45292\" \(hint)")
        #expect(column.verdict.misfits.map(\.line).starts(with: [2, 3]))
    }

    @Test func `what is no date at all does not keep a column of numbers from being one`() throws {
        let column = try ReadingColumn(["45292", "never", "45293"], type: .date)
        #expect(try column.values() == ["2024-01-01", "\"never\" is not a date", "2024-01-02"])
        #expect(column.verdict.misfits.map(\.line) == [3])
        #expect(try ReadingColumn(["45292", "never"], type: .date).verdict.text == nil)
    }

    // MARK: Columns

    @Test func `written year first stands beside any order, which it does not tell`() throws {
        let dayFirst = try ReadingColumn(["2024-05-06", "25/03/2024", "04/05/2024"], type: .date)
        #expect(try dayFirst.values() == ["2024-05-06", "2024-03-25", "2024-05-04"])
        let monthFirst = try ReadingColumn(["20240506", "03/25/2024", "6 May 2024", "04/05/2024"], type: .date)
        #expect(try monthFirst.values() == ["2024-05-06", "2024-03-25", "2024-05-06", "2024-04-05"])
        #expect(monthFirst.verdict.text == "value: month first, others year first or month by its name")
        let given = try ReadingColumn(["2024-05-06", "6 May 2024"], type: .date, given: GivenFormats(dateFormat: .mdy))
        #expect(try given.values() == ["2024-05-06", "2024-05-06"])
        #expect(given.verdict.text == "value: year first, others month by its name")
    }

    @Test func `of zeros or none is missing, and said once`() throws {
        let column = try ReadingColumn(
            ["0000-00-00 00:00:00", "00/00/0000", "#N/A", "NULL", "-", "2024-05-06"], type: .instant)
        #expect(try column.values() == [nil, nil, nil, nil, nil, "2024-05-06"])
        #expect(column.verdict.missingText == "value: 5 values such as \"0000-00-00 00:00:00\", left empty")
    }

    @Test func `of a month is its first day where a month is meant`() throws {
        let values = ["2026-01", "02/2026", "März 2026", "2026年4月", "2026-05-17", "Jun-26", "202607"]
        let column = try ReadingColumn(values, type: .month)
        #expect(
            try column.values() == [
                "2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01", "2026-05-17",
                "\"Jun-26\" has no year; write one of four digits",
                "\"202607\" may be a month or a day with a year of two digits; write it like 2025-12-31",
            ])
    }
}
