import Foundation
package import HaleDemo
package import HaleDomain

/// The files of one made-up company, written once and read by many tests.
package struct DemoWorkspace: Sendable {
    /// The day the shared company is looked at.
    package static let anchor = "2026-11-23"

    /// Usage of an account, summed up.
    package struct AccountUsage: Sendable {
        package var rowsByDay: [String: Int] = [:]
        package var lastDayByPerson: [String: String] = [:]
        package var firstDayByPerson: [String: String] = [:]
        package var features: Set<String> = []
        package var rows = 0
        package var rowsWithoutPerson = 0
    }

    package let files: [DemoFile]
    package let columns: [String: [String]]
    package let rows: [String: [[String: String]]]
    package let usage: [String: AccountUsage]
    /// Moments of usage that are not `YYYY-MM-DDTHH:MM:SSZ`.
    package let malformedInstants: Int
    package let smallestQuantity: Int

    private static let shared = Result { try DemoWorkspace(DemoCompany(anchor: Self.day(Self.anchor))) }

    /// The company of the default seed.
    package static func company() throws -> DemoWorkspace { try shared.get() }

    /// A date that is known to exist.
    package static func day(_ text: String) throws -> Day {
        struct NoSuchDay: Error {}
        guard let day = Day(iso: text) else { throw NoSuchDay() }
        return day
    }

    /// Writes a company into a new directory, runs a closure there and removes it.
    package static func withDirectory<Value>(_ body: (String) throws -> Value) throws -> Value {
        let directory = FileManager.default.temporaryDirectory.path + "/hale-demo-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try body(directory)
    }

    package init(_ company: DemoCompany) throws {
        var columns: [String: [String]] = [:]
        var rows: [String: [[String: String]]] = [:]
        var usageText = ""
        let files = try Self.withDirectory { directory in
            let files = try company.write(to: directory)
            for file in files {
                let text = try String(contentsOfFile: file.path, encoding: .utf8)
                guard file.kind != .usage else {
                    usageText = text
                    continue
                }
                let table = DemoTableReader(text)
                columns[file.kind.rawValue] = table.columns
                rows[file.kind.rawValue] = table.rows
            }
            return files
        }
        var usage: [String: AccountUsage] = [:]
        var malformedInstants = 0
        var smallestQuantity = Int.max
        for (position, line) in usageText.split(separator: "\n").enumerated() {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard position > 0 else {
                columns["usage"] = fields
                continue
            }
            let day = String(fields[3].prefix(10))
            if fields[3].utf8.count != 20 || !fields[3].hasSuffix("Z") { malformedInstants += 1 }
            smallestQuantity = min(smallestQuantity, Int(fields[4]) ?? -1)
            usage[fields[0], default: AccountUsage()].add(person: fields[1], feature: fields[2], day: day)
        }
        self.files = files
        self.columns = columns
        self.rows = rows
        self.usage = usage
        self.malformedInstants = malformedInstants
        self.smallestQuantity = smallestQuantity
    }

    /// Rows of a kind; none where the kind has no file.
    package func rows(_ kind: String) -> [[String: String]] { rows[kind] ?? [] }

    /// Rows of usage by day, over all accounts.
    package var usageByDay: [String: Int] {
        usage.values.reduce(into: [:]) { days, account in days.merge(account.rowsByDay, uniquingKeysWith: +) }
    }

    /// The day some days before the anchor (negative: after it), as text.
    package func daysBeforeAnchor(_ count: Int) throws -> String { (try Self.day(Self.anchor) - count).description }
}

extension DemoWorkspace.AccountUsage {
    package mutating func add(person: String, feature: String, day: String) {
        rows += 1
        rowsByDay[day, default: 0] += 1
        features.insert(feature)
        guard !person.isEmpty else {
            rowsWithoutPerson += 1
            return
        }
        lastDayByPerson[person] = max(day, lastDayByPerson[person] ?? day)
        firstDayByPerson[person] = min(day, firstDayByPerson[person] ?? day)
    }

    /// Rows from one day up to, not including, another.
    package func rows(from first: String, to last: String) -> Int {
        rowsByDay.reduce(0) { $0 + ($1.key >= first && $1.key < last ? $1.value : 0) }
    }
}
