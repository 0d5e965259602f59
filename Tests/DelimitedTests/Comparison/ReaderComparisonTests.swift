import Delimited
import Foundation
import HaleDomain
import HaleTestSupport
import Postgres
import Testing

/// Hale's reader beside Python's csv module and PostgreSQL's COPY, over files that follow from seeds.
///
/// `ReferenceReading` says what is in a file. Where nothing peculiar is, all readers agree to the character; where they
/// are known to differ, the difference is one of its peculiarities, each of which has a test of its own below.
@Suite(
    .database,
    .enabled(if: PythonReader.isInstalled, "python3 is not installed; its csv module is what this compares with"))
struct ReaderComparisonTests {
    typealias Peculiarity = ReferenceReading.Peculiarity

    /// Where Python's strict mode refuses or reads otherwise than Hale.
    static let differentInPython: Set<Peculiarity> = [.spaceBeforeQuote, .spaceBehindQuote]
    /// Where PostgreSQL reads otherwise than Hale: a quote opens and closes anywhere in a field.
    static let differentInPostgres: Set<Peculiarity> = [
        .textAfterQuote, .quoteInsidePlainField, .spaceBeforeQuote, .spaceBehindQuote,
    ]
    /// Where Hale refuses the file, with the code.
    static let refused: [Peculiarity: ImportProblem.Code] = [
        .unclosedQuote: .unclosedQuote, .textAfterQuote: .textAfterQuote,
    ]

    @Test func `three hundred well-formed files are read to the character by all`() async throws {
        let files = (1...300).map { FuzzedFile.wellFormed(seed: $0) }
        let answers = try await read(files)
        for (seed, (file, answer)) in zip(files, answers).enumerated() {
            let expected = ReaderAnswer.rows(file.rows.dropFirst().map { $0.map(ReferenceReading.trimmed) })
            #expect(answer.reference.peculiarities.isEmpty, "seed \(seed + 1)")
            #expect(answer.hale == expected, "seed \(seed + 1)")
            #expect(answer.python.trimmed == expected, "seed \(seed + 1)")
            #expect(answer.postgres.trimmed == expected, "seed \(seed + 1)")
        }
    }

    @Test func `six hundred damaged files are read alike, or differ in a way that is known`() async throws {
        let files = (1...600).map { FuzzedFile.damaged(seed: $0) }
        let answers = try await read(files)
        var seen: [Peculiarity: Int] = [:]
        var comparedCount = 0
        for (seed, answer) in answers.enumerated() {
            let peculiarities = answer.reference.peculiarities
            for peculiarity in peculiarities { seen[peculiarity, default: 0] += 1 }
            let stop = Self.refused.keys.first { peculiarities.contains($0) }
            #expect(answer.problem?.code == stop.flatMap { Self.refused[$0] }, "seed \(seed + 1)")
            if stop == nil {
                #expect(answer.hale == .rows(Array(answer.reference.rows.dropFirst())), "seed \(seed + 1)")
                #expect(answer.raggedCount == answer.reference.raggedCount, "seed \(seed + 1)")
            }
            if peculiarities.isDisjoint(with: Self.differentInPython) {
                comparedCount += 1
                #expect(answer.pythonWithoutRagged == answer.hale, "seed \(seed + 1)")
            }
            if peculiarities.isDisjoint(with: Self.differentInPostgres) {
                comparedCount += 1
                let isRefused = !peculiarities.isEmpty
                #expect(answer.postgres.trimmed == (isRefused ? .refused : answer.hale), "seed \(seed + 1)")
            }
        }
        // The files are worth reading: every peculiarity is in several of them, and most comparisons are full ones.
        for peculiarity in Peculiarity.allCases { #expect(seen[peculiarity, default: 0] >= 5, "\(peculiarity)") }
        #expect(comparedCount > 600)
    }

    /// A peculiarity, a file with it behind the header `id,name,note`, and what each reader makes of it.
    struct Difference: Sendable {
        let peculiarity: Peculiarity
        let text: String
        let hale: ReaderAnswer
        let python: ReaderAnswer
        let postgres: ReaderAnswer
    }

    static let differences = [
        Difference(
            peculiarity: .unclosedQuote, text: "1,\"open,x\n2,b,y\n", hale: .refused, python: .refused,
            postgres: .refused),
        // PostgreSQL joins what is inside the quotes with what follows, which hides a missing separator.
        Difference(
            peculiarity: .textAfterQuote, text: "1,\"a\"b,x\n", hale: .refused, python: .refused,
            postgres: .rows([["1", "ab", "x"]])),
        // An inch sign is an inch sign; PostgreSQL takes it for the start of a quotation that never ends.
        Difference(
            peculiarity: .quoteInsidePlainField, text: "1,5\" pipe,x\n", hale: .rows([["1", "5\" pipe", "x"]]),
            python: .rows([["1", "5\" pipe", "x"]]), postgres: .refused),
        Difference(
            peculiarity: .spaceBeforeQuote, text: "1, \"a, b\",x\n", hale: .rows([["1", "a, b", "x"]]),
            python: .rows([["1", " \"a", " b\"", "x"]]), postgres: .rows([["1", " a, b", "x"]])),
        Difference(
            peculiarity: .spaceBehindQuote, text: "1,\"a\" ,x\n", hale: .rows([["1", "a", "x"]]), python: .refused,
            postgres: .rows([["1", "a ", "x"]])),
        Difference(
            peculiarity: .blankLine, text: "1,a,x\n\n2,b,y\n", hale: .rows([["1", "a", "x"], ["2", "b", "y"]]),
            python: .rows([["1", "a", "x"], [], ["2", "b", "y"]]), postgres: .refused),
        // Hale names the record and goes on, so that --skip-bad can leave it out.
        Difference(
            peculiarity: .raggedRecord, text: "1,a\n2,b,y\n", hale: .rows([["2", "b", "y"]]),
            python: .rows([["1", "a"], ["2", "b", "y"]]), postgres: .refused),
        Difference(
            peculiarity: .mixedLineEndings, text: "1,a,x\r\n2,b,y\n",
            hale: .rows([["1", "a", "x"], ["2", "b", "y"]]),
            python: .rows([["1", "a", "x"], ["2", "b", "y"]]), postgres: .refused),
    ]

    @Test func `every known difference is as described`() async throws {
        #expect(Set(Self.differences.map(\.peculiarity)) == Set(Peculiarity.allCases))
        let files = Self.differences.map { difference in
            FuzzedFile(
                separator: .comma, lineEnding: "\n", hasMark: false, rows: [], text: "id,name,note\n" + difference.text)
        }
        for (difference, answer) in zip(Self.differences, try await read(files)) {
            #expect(answer.reference.peculiarities.contains(difference.peculiarity), "\(difference.peculiarity)")
            #expect(answer.hale == difference.hale, "\(difference.peculiarity)")
            #expect(answer.python == difference.python, "\(difference.peculiarity)")
            #expect(answer.postgres == difference.postgres, "\(difference.peculiarity)")
        }
    }

    /// What each reader made of one file.
    private struct Answers {
        let reference: ReferenceReading
        let hale: ReaderAnswer
        let problem: ImportProblem?
        let raggedCount: Int
        let python: ReaderAnswer
        let postgres: ReaderAnswer

        /// Python gives ragged and blank records like any other.
        var pythonWithoutRagged: ReaderAnswer {
            guard case .rows(let rows) = python.trimmed else { return .refused }
            return .rows(rows.filter { $0.count == FuzzedFile.header.count })
        }
    }

    private func read(_ files: [FuzzedFile]) async throws -> [Answers] {
        let fixtures = try files.map { try ReadingFixture($0.bytes) }
        let directory = try #require(fixtures.first?.directory)
        let python = try PythonReader.read(
            zip(fixtures, files).map { ($0.path, $1.separator) }, in: directory)
        let postgres = try await postgresAnswers(to: files)
        return try files.indices.map { index in
            let hale = try haleAnswer(
                fixtures[index], byteCount: files[index].bytes.count, seed: UInt64(index))
            return Answers(
                reference: ReferenceReading(of: files[index].text, separator: files[index].separator),
                hale: hale.answer, problem: hale.problem, raggedCount: hale.raggedCount, python: python[index],
                postgres: postgres[index])
        }
    }

    private func postgresAnswers(to files: [FuzzedFile]) async throws -> [ReaderAnswer] {
        let connection = try await Connection.open(TestDatabase.shared.superuser)
        let reader = PostgresReader(connection: connection)
        var answers: [ReaderAnswer] = []
        // PostgreSQL does not know byte-order marks: psql's user takes them off.
        for file in files { answers.append(try await reader.read(Array(file.text.utf8), separator: file.separator)) }
        await connection.close()
        return answers
    }

    /// Both passes, with a buffer that cuts the file at places of no meaning; a record is scanned once for each buffer
    /// that it fills, so long ones get large buffers.
    private func haleAnswer(
        _ fixture: ReadingFixture, byteCount: Int, seed: UInt64
    ) throws -> (answer: ReaderAnswer, problem: ImportProblem?, raggedCount: Int) {
        var choices = SplitMix(seed: seed)
        let buffers = byteCount < 10_000 ? [61, 509, 4_093] : [16_381, 262_144]
        let limits = ReadingLimits(bufferByteCount: choices.pick(buffers))
        do {
            let survey = try fixture.survey(limits: limits)
            let reader = try survey.reader()
            var rows: [[String]] = []
            while let record = try nextWhole(reader) { rows.append(record.texts.map { $0 ?? "" }) }
            return (.rows(rows), nil, survey.raggedCount)
        } catch let problem as ImportProblem {
            return (.refused, problem, 0)
        }
    }

    /// The next record that is not ragged. A misplaced quote costs Hale its row and Python the file, so what is compared
    /// ends there.
    private func nextWhole(_ reader: RecordReader) throws -> Record? {
        while true {
            do throws(ImportProblem) {
                return try reader.next()
            } catch {
                guard error.code == .raggedRow else { throw error }
            }
        }
    }
}
