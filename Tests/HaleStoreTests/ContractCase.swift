import HaleDomain
import Postgres
import Testing

/// What a contract is on a day.
struct ContractOnDay: Sendable, Equatable {
    var isLive = false
    var isOpen = false
    var isDecided = false
    var isEvergreen = false
    var noticeGiven = false
    var signed = false
    var renewsOn: String?
    var decisionOn: String?
    var state = ContractState.running

    /// Live, and so open.
    static func live(
        _ renewsOn: String, decision: String, noticeGiven: Bool = false, signed: Bool = false, _ state: ContractState
    ) -> ContractOnDay {
        ContractOnDay(
            isLive: true, isOpen: true, noticeGiven: noticeGiven, signed: signed, renewsOn: renewsOn,
            decisionOn: decision, state: state)
    }

    /// Ended and open.
    static func ended(_ renewsOn: String, decision: String, _ state: ContractState) -> ContractOnDay {
        ContractOnDay(isOpen: true, renewsOn: renewsOn, decisionOn: decision, state: state)
    }

    /// Neither live nor open.
    static func neither(
        _ renewsOn: String, decision: String, isDecided: Bool = false, noticeGiven: Bool = false, _ state: ContractState
    ) -> ContractOnDay {
        ContractOnDay(
            isDecided: isDecided, noticeGiven: noticeGiven, renewsOn: renewsOn, decisionOn: decision, state: state)
    }

    /// Nil where the contract's terms were not known on the day.
    static func read(_ contract: Int64, _ asOf: String, _ connection: Connection) async throws -> ContractOnDay? {
        let rows = try await connection.query(
            """
            select is_live, is_open, is_decided, is_evergreen, notice_given, signed, renews_on::text as renews_on,
                decision_on::text as decision_on,
                hale_data.contract_state(
                    is_evergreen, renews_on - $2::text::date, notice_days, auto_renew, notice_given, signed,
                    90) as state
            from hale_data.contract_on($2::text::date)
            where contract_id = $1::bigint
            """, [contract, asOf])
        guard let row = rows.first else { return nil }
        let state = try row.decode("state", as: String.self)
        return ContractOnDay(
            isLive: try row.decode("is_live"), isOpen: try row.decode("is_open"),
            isDecided: try row.decode("is_decided"), isEvergreen: try row.decode("is_evergreen"),
            noticeGiven: try row.decode("notice_given"), signed: try row.decode("signed"),
            renewsOn: try row.decodeIfPresent("renews_on"), decisionOn: try row.decodeIfPresent("decision_on"),
            state: try #require(ContractState(rawValue: state)))
    }
}

/// Terms and a day, with what follows from them by hand.
struct ContractCase: Sendable {
    let name: String
    let asOf: String
    let starts: String
    let ends: String?
    let termMonths: Int32?
    let autoRenew: Bool
    let noticeDays: Int32?
    let noticeGivenOn: String?
    let signedOn: String?
    let cancelledOn: String?
    let expected: ContractOnDay

    init(
        _ name: String, _ asOf: String, starts: String = "2025-01-01", ends: String? = nil, termMonths: Int32? = nil,
        autoRenew: Bool = false, noticeDays: Int32? = nil, noticeGivenOn: String? = nil, signedOn: String? = nil,
        cancelledOn: String? = nil, expected: ContractOnDay
    ) {
        self.name = name
        self.asOf = asOf
        self.starts = starts
        self.ends = ends
        self.termMonths = termMonths
        self.autoRenew = autoRenew
        self.noticeDays = noticeDays
        self.noticeGivenOn = noticeGivenOn
        self.signedOn = signedOn
        self.cancelledOn = cancelledOn
        self.expected = expected
    }

    /// Days are counted from 15 June 2026; a decision is 30 days before the renewal unless the terms say otherwise.
    static let all: [ContractCase] = dates + notices + signatures

    private static let day = "2026-06-15"

    private static let dates: [ContractCase] = [
        ContractCase(
            "running", day, starts: "2026-01-01", ends: "2027-01-01", termMonths: 12,
            expected: .live("2027-01-01", decision: "2026-12-02", .running)),
        ContractCase(
            "starts tomorrow", day, starts: "2026-06-16", ends: "2027-06-16",
            expected: .neither("2027-06-16", decision: "2027-05-17", .running)),
        ContractCase(
            "starts today", day, starts: "2026-06-15", ends: "2027-06-15",
            expected: .live("2027-06-15", decision: "2027-05-16", .running)),
        ContractCase(
            "ends tomorrow", day, ends: "2026-06-16",
            expected: .live("2026-06-16", decision: "2026-05-17", .windowOpenUnsigned)),
        ContractCase(
            "ends today", day, ends: "2026-06-15",
            expected: .ended("2026-06-15", decision: "2026-05-16", .windowOpenUnsigned)),
        // 15 days of June, 31 of May, 30 of April and 14 of March back.
        ContractCase(
            "ended 89 days ago", day, ends: "2026-03-18",
            expected: .ended("2026-03-18", decision: "2026-02-16", .pastDue)),
        ContractCase(
            "ended 90 days ago", day, ends: "2026-03-17",
            expected: .neither("2026-03-17", decision: "2026-02-15", isDecided: true, .pastDue)),
        ContractCase(
            "ended 91 days ago", day, ends: "2026-03-16",
            expected: .neither("2026-03-16", decision: "2026-02-14", isDecided: true, .lapsed)),
        ContractCase(
            "renewed by itself", day, ends: "2026-01-01", termMonths: 12, autoRenew: true,
            expected: .live("2027-01-01", decision: "2026-12-02", .running)),
        ContractCase(
            "cancelled today", day, ends: "2026-12-01", cancelledOn: "2026-06-15",
            expected: .neither("2026-12-01", decision: "2026-11-01", .running)),
        ContractCase(
            "cancelled tomorrow", day, ends: "2026-12-01", cancelledOn: "2026-06-16",
            expected: .live("2026-12-01", decision: "2026-11-01", .running)),
        ContractCase(
            "cancelled after its end", day, ends: "2026-05-01", cancelledOn: "2026-06-01",
            expected: .neither("2026-05-01", decision: "2026-04-01", .pastDue)),
        ContractCase(
            "evergreen", day,
            expected: ContractOnDay(isLive: true, isOpen: true, isEvergreen: true, state: .evergreen)),
        ContractCase(
            "evergreen and cancelled", day, cancelledOn: "2026-06-15",
            expected: ContractOnDay(isEvergreen: true, state: .evergreen)),
        ContractCase(
            "a term from 29 February", day, starts: "2024-02-29", termMonths: 12,
            expected: .live("2027-02-28", decision: "2027-01-29", .running)),
    ]

    private static let notices: [ContractCase] = [
        ContractCase(
            "notice before its end stops it renewing", day, ends: "2026-05-01", termMonths: 12, autoRenew: true,
            noticeGivenOn: "2026-03-01",
            expected: .neither("2026-05-01", decision: "2026-04-01", isDecided: true, noticeGiven: true, .noticeGiven)),
        ContractCase(
            "notice given today", day, ends: "2026-12-01", termMonths: 12, autoRenew: true,
            noticeGivenOn: "2026-06-15",
            expected: .live("2026-12-01", decision: "2026-11-01", noticeGiven: true, .noticeGiven)),
        ContractCase(
            "notice not given yet", day, ends: "2026-05-01", termMonths: 12, autoRenew: true,
            noticeGivenOn: "2026-06-16",
            expected: .live("2027-05-01", decision: "2027-04-01", .running)),
        ContractCase(
            "evergreen with notice", day, noticeGivenOn: "2026-05-01",
            expected: ContractOnDay(
                isLive: true, isOpen: true, isEvergreen: true, noticeGiven: true, state: .noticeGiven)),
        // Terms under three months have no notice unless they say so.
        ContractCase(
            "monthly from the 31st", day, starts: "2023-01-31", termMonths: 1,
            expected: .live("2026-06-30", decision: "2026-06-30", .running)),
        ContractCase(
            "two months", day, starts: "2026-05-20", termMonths: 2,
            expected: .live("2026-07-20", decision: "2026-07-20", .running)),
        ContractCase(
            "three months", day, starts: "2026-05-20", termMonths: 3,
            expected: .live("2026-08-20", decision: "2026-07-21", .running)),
        ContractCase(
            "two months with notice", day, starts: "2026-05-20", termMonths: 2, noticeDays: 10,
            expected: .live("2026-07-20", decision: "2026-07-10", .running)),
        ContractCase(
            "60 days of notice, 47 left", day, ends: "2026-08-01", noticeDays: 60,
            expected: .live("2026-08-01", decision: "2026-06-02", .windowOpenUnsigned)),
        ContractCase(
            "60 days of notice, 47 left, renews by itself", day, ends: "2026-08-01", termMonths: 12, autoRenew: true,
            noticeDays: 60,
            expected: .live("2026-08-01", decision: "2026-06-02", .lockedIn)),
        ContractCase(
            "no notice, a day left", day, ends: "2026-06-16", noticeDays: 0,
            expected: .live("2026-06-16", decision: "2026-06-16", .running)),
    ]

    private static let signatures: [ContractCase] = [
        // The current term began on 1 December 2025.
        ContractCase(
            "signed in the current term", day, starts: "2024-12-01", ends: "2026-12-01", termMonths: 12,
            signedOn: "2026-05-01",
            expected: .live("2026-12-01", decision: "2026-11-01", signed: true, .signed)),
        ContractCase(
            "signed in the term before", day, starts: "2024-12-01", ends: "2026-12-01", termMonths: 12,
            signedOn: "2025-11-15",
            expected: .live("2026-12-01", decision: "2026-11-01", .running)),
        ContractCase(
            "signed tomorrow", day, starts: "2024-12-01", ends: "2026-12-01", termMonths: 12,
            signedOn: "2026-06-16",
            expected: .live("2026-12-01", decision: "2026-11-01", .running)),
        ContractCase(
            "the first signature", day, starts: "2026-01-01", ends: "2027-01-01", termMonths: 12,
            signedOn: "2025-12-20",
            expected: .live("2027-01-01", decision: "2026-12-02", .running)),
        ContractCase(
            "signed, and renewed since", day, ends: "2026-01-01", termMonths: 12, autoRenew: true,
            signedOn: "2025-12-15",
            expected: .live("2027-01-01", decision: "2026-12-02", .running)),
        ContractCase(
            "signed in a term of unknown length", day, ends: "2026-12-01", signedOn: "2026-05-01",
            expected: .live("2026-12-01", decision: "2026-11-01", signed: true, .signed)),
    ]

    /// Stores the terms as those of a contract of account 1, known from ever.
    func store(as contract: Int64, _ connection: Connection) async throws {
        _ = try await connection.query(
            """
            insert into hale_data.contract_version (
                account_id, contract_id, valid_from, recorded_at, arr_minor, currency, starts_on, ends_on, term_months,
                auto_renew, notice_days, notice_given_on, renewal_signed_on, cancelled_on)
            values (
                $1::bigint, $1::bigint, '-infinity', '2020-01-01', 100, 'EUR', $2::text::date, $3::text::date, $4::integer,
                $5::boolean, $6::integer, $7::text::date, $8::text::date, $9::text::date)
            """,
            [contract, starts, ends, termMonths, autoRenew, noticeDays, noticeGivenOn, signedOn, cancelledOn])
    }
}
