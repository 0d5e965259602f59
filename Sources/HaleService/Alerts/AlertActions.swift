import Foundation
package import HaleDomain
package import HaleFiles
package import HaleStore
import Postgres

/// What people do to alerts: have one, silence some, close one, release a rule.
package struct AlertActions: Sendable {
    /// Why nothing is done.
    package enum Refusal: CodedError, Equatable {
        /// No alert has the number.
        case unknownAlert(Int64)
        /// The alert is over.
        case over(Int64)
        /// Somebody else has it.
        case taken(Int64, by: String)
        /// No silence in force has the number.
        case unknownSilence(Int64)
        /// No rule of that name is held.
        case notHeld(String, held: [String])
        /// The alert is about a rule, or never fired.
        case notJudged(Int64)
        /// A silence that would cover nothing on purpose, or everything by mistake.
        case badMatcher(String)

        package var code: String {
            switch self {
            case .unknownAlert: "HALE-ALERT-001"
            case .over: "HALE-ALERT-002"
            case .taken: "HALE-ALERT-003"
            case .unknownSilence: "HALE-ALERT-004"
            case .notHeld: "HALE-ALERT-005"
            case .badMatcher: "HALE-ALERT-006"
            case .notJudged: "HALE-ALERT-007"
            }
        }

        package var message: String {
            switch self {
            case .unknownAlert(let number): "there is no alert \(number): hale alerts list shows them"
            case .over(let number): "alert \(number) is over"
            case .taken(let number, let person):
                "\(person) has alert \(number) already: --take it over"
            case .unknownSilence(let number):
                "no silence \(number) is in force: hale alerts list --silences shows them"
            case .notHeld(let rule, let held):
                "rule \"\(rule)\" is not held"
                    + (held.isEmpty
                        ? "; none is" : ": held \(held.count == 1 ? "is" : "are") \(held.joined(separator: ", "))")
            case .badMatcher(let what): what
            case .notJudged(let number):
                "alert \(number) cannot be judged: only one of an account that fired can be useful or noise"
            }
        }
    }

    /// The longest silence [days].
    package static let maximumSilenceDays = 366

    private let database: Database
    private let announcing: AlertAnnouncing?

    /// Actions on a database.
    /// - Parameter announcing: Who is told of alerts that are closed and of those that fire; nil for nobody.
    package init(_ database: Database, announcing: AlertAnnouncing? = nil) {
        self.database = database
        self.announcing = announcing
    }

    /// Notes that a person has an alert. Having it already changes nothing.
    package func acknowledge(_ number: Int64, by person: String, note: String?, takesOver: Bool) async throws {
        try await change { _, store in
            let alert = try await found(number, store)
            guard alert.state != .resolved else { throw Refusal.over(number) }
            if let former = alert.acknowledgedBy {
                if former == person { return }
                guard takesOver else { throw Refusal.taken(number, by: former) }
            }
            let reason = "\(person) has it\(note.map { ": \($0)" } ?? ".")"
            guard try await store.acknowledge(alert, by: person, reason: reason) else { throw Refusal.over(number) }
        }
    }

    /// Says what an alert was worth that fired, whether it is over or not; may be said again, and the last word counts.
    package func judge(_ number: Int64, _ verdict: AlertVerdict, by person: String, note: String?) async throws {
        try await change { _, store in
            let alert = try await found(number, store)
            guard alert.hasFired, alert.key.account != AlertKey.noAccount else { throw Refusal.notJudged(number) }
            try await store.judge(alert, verdict, saying: person + (note.map { ": \($0)" } ?? ""))
        }
    }

    /// Closes an open alert.
    package func close(_ number: Int64, by person: String) async throws {
        let outbox = try await announcing?.outbox(in: database)
        try await change { transaction, store in
            _ = try await found(number, store)
            guard let stored = try await store.open().first(where: { $0.number == number }) else {
                throw Refusal.over(number)
            }
            let step = AlertLifecycle.close(stored.alert, by: person)
            let draft = AlertDraft(
                step: step, number: number, severity: nil, labels: nil, annotations: nil, playbook: nil, signals: nil)
            _ = try await AlertWriting(transaction: transaction, outbox: outbox).store(
                [draft], on: stored.alert.evaluatedOn)
        }
    }

    /// Silences the alerts that match labels, rule, account, severity, segment or CSM; returns the number and the end.
    package func silence(
        _ matchers: [String: String], author: String, reason: String, until day: Day?, hours: Int?
    ) async throws -> (number: Int64, endsAt: String) {
        guard !matchers.isEmpty else {
            throw Refusal.badMatcher("a silence needs what it matches, such as rule=UsageCliff or account=A-1")
        }
        return try await database.withConnection { connection in
            let today = try await AccountStore(connection).today()
            if let day, day < today || day - today > Self.maximumSilenceDays {
                throw Refusal.badMatcher("a silence ends from today to in \(Self.maximumSilenceDays) days, not \(day)")
            }
            return try await AlertStore(connection).addSilence(
                AlertTexts.json(matchers), author: author, reason: reason, until: day, hours: hours)
        }
    }

    /// Ends a silence now.
    package func endSilence(_ number: Int64) async throws {
        try await database.withConnection { connection in
            guard try await AlertStore(connection).endSilence(number) else { throw Refusal.unknownSilence(number) }
        }
    }

    /// Lets a held rule go: the alerts that waited fire now. Returns how many.
    package func release(_ name: String, by person: String, library: RuleLibrary) async throws -> Int {
        let rules = try await library.load(database).rules.map(\.rule)
        let outbox = try await announcing?.outbox(in: database)
        return try await change { transaction, store in
            guard let day = try await store.release(name, by: person) else {
                let held = try await store.standings().filter { $0.value.heldSince != nil }.keys.sorted()
                throw Refusal.notHeld(name, held: held)
            }
            let open = try await store.open()
            let texts = AlertTexts(rules)
            var drafts: [AlertDraft] = []
            for notice in open where notice.alert.key.rule == RuleDay.heldRule && notice.alert.key.subject == name {
                drafts.append(AlertTexts.notice(RuleNotice.released(notice.alert, on: day), number: notice.number))
            }
            let waiting = rules.first { $0.name == name }.map { rule in
                RuleDay.release(rule, alerts: open.map(\.alert), on: day)
            }
            let numbers = Dictionary(open.map { ($0.alert.key, $0.number) }, uniquingKeysWith: { first, _ in first })
            for step in waiting ?? [] {
                drafts.append(texts.draft(step, number: numbers[step.alert.key], signals: nil, values: nil))
            }
            _ = try await AlertWriting(transaction: transaction, outbox: outbox).store(drafts, on: day)
            return waiting?.count ?? 0
        }
    }

    private func found(_ number: Int64, _ store: AlertStore) async throws -> FoundAlert {
        guard let alert = try await store.find(number) else { throw Refusal.unknownAlert(number) }
        return alert
    }

    /// Runs a change while nothing else changes alerts.
    private func change<Value>(_ body: (Connection, AlertStore) async throws -> Value) async throws -> Value {
        try await database.withConnection { connection in
            try await connection.transaction { transaction in
                let store = AlertStore(transaction)
                try await store.lock()
                return try await body(transaction, store)
            }
        }
    }
}
