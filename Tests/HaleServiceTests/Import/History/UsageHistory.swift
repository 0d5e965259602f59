import HaleDomain
import HaleService
/// What a database of usage should hold after a sequence of operations, kept by adding and taking away single rows.
struct UsageHistory {
    /// One row of a file.
    struct Row: Hashable {
        let account: String
        let person: String
        let feature: String
        let day: String
        let quantity: Int
        let eventID: String

        var text: String { "\(account),\(person),\(feature),\(day),\(quantity),\(eventID)\n" }
    }

    /// A file, by its place in `files`.
    struct File {
        let rows: [Row]
        var text: String { UsageHistory.header + rows.map(\.text).joined() }
    }

    /// An import that is in.
    struct Import {
        let receipt: Int64
        let file: Int
        /// The import whose rejected rows it took.
        var replayOf: Int64?
        /// The rows that it added.
        var added: [Row]
        /// The rows that it left out and that still wait.
        var waiting: [Row]
    }

    static let header = "account_id,person_id,feature,occurred_at,quantity,event_id\n"

    private(set) var files: [File] = []
    private(set) var imports: [Import] = []
    /// Accounts that are known; rows of others are left out.
    private(set) var accounts: Set<String> = ["A-0", "A-1", "A-2"]
    private var random: SplitMix

    init(seed: UInt64) {
        random = SplitMix(seed: seed)
    }

    /// A number in a range.
    mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

    /// A new file of rows: late events and months far back among them, of event ids some that came before. Files of
    /// different parity share no event id, so that it does not matter which of two goes in first.
    mutating func newFile(parity: Int? = nil) -> Int {
        let count = number(1...12)
        var rows: [Row] = []
        for _ in 0..<count {
            if number(0...2) == 0 {
                let id = number(0...19) * 2 + (parity ?? number(0...1))
                rows.append(event(id))
            } else {
                rows.append(
                    Row(
                        account: number(0...7) == 0 ? "A-9" : "A-\(number(0...2))",
                        person: number(0...2) == 0 ? "" : "p\(number(0...3))",
                        feature: number(0...2) == 0 ? "" : "f\(number(0...2))",
                        day: day(month: number(0...3), day: number(1...28)), quantity: number(0...5), eventID: ""))
            }
        }
        files.append(File(rows: rows))
        return files.count - 1
    }

    /// The event of an id is always the same.
    private func event(_ id: Int) -> Row {
        Row(
            account: "A-\(id % 3)", person: id % 4 == 0 ? "" : "p\(id % 4)", feature: id % 5 == 0 ? "" : "f\(id % 3)",
            day: day(month: id % 4, day: 1 + id % 28), quantity: id % 6, eventID: "e\(id)")
    }

    private func day(month: Int, day: Int) -> String {
        "\(["2024-02", "2025-12", "2026-01", "2026-02"][month])-\(day < 10 ? "0" : "")\(day)"
    }

    /// The rows that count.
    var rows: [Row] { imports.flatMap(\.added) }

    /// The newest import, which alone can be undone.
    var newest: Import? { imports.max { $0.receipt < $1.receipt } }

    /// Whether a file is in.
    func isIn(_ file: Int) -> Bool {
        imports.contains { $0.replayOf == nil && files[$0.file].rows == files[file].rows }
    }

    /// Notes that a file went in.
    mutating func imported(_ file: Int, receipt: Int64) {
        let (added, waiting) = taken(files[file].rows)
        imports.append(Import(receipt: receipt, file: file, added: added, waiting: waiting))
    }

    /// Notes that the waiting rows of an import were imported again.
    mutating func replayed(_ original: Int64, receipt: Int64) {
        guard let place = imports.firstIndex(where: { $0.receipt == original }) else { return }
        let (added, waiting) = taken(imports[place].waiting)
        imports[place].waiting = waiting
        imports.append(
            Import(receipt: receipt, file: imports[place].file, replayOf: original, added: added, waiting: []))
    }

    /// Notes that an account is known now.
    mutating func learned(_ account: String) { accounts.insert(account) }

    /// Notes that the newest import was undone; `waitingBefore` are the rows that a replay had taken.
    mutating func undone(_ receipt: Int64, waitingBefore: [Row]) {
        guard let place = imports.firstIndex(where: { $0.receipt == receipt }) else { return }
        let undone = imports.remove(at: place)
        guard let original = undone.replayOf else { return }
        guard let origin = imports.firstIndex(where: { $0.receipt == original }) else { return }
        imports[origin].waiting = waitingBefore
    }

    /// The rows that go in, each event id once, and those of unknown accounts.
    private func taken(_ rows: [Row]) -> (added: [Row], waiting: [Row]) {
        var keys = Set(self.rows.filter { !$0.eventID.isEmpty }.map { "\($0.account) \($0.eventID)" })
        var added: [Row] = []
        var waiting: [Row] = []
        for row in rows {
            if !accounts.contains(row.account) {
                waiting.append(row)
            } else if row.eventID.isEmpty || keys.insert("\(row.account) \(row.eventID)").inserted {
                added.append(row)
            }
        }
        return (added, waiting)
    }
}
