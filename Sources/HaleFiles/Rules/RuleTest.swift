import Foundation
package import HaleDomain

/// A test of rules: the signals of one account day by day, and which alerts must be there.
package struct RuleTest: Sendable {
    /// Its name.
    package let name: String
    /// The file.
    package let file: String
    /// Line where it begins.
    package let line: Int?
    /// The days in order, each with all signals known by then.
    package let days: [GivenDay]
    /// What must be there on some of the days.
    package let expected: [ExpectedDay]

    /// One day with the signals of the account, as the members of a JSON object.
    package struct GivenDay: Sendable {
        package let day: Day
        package let signals: [String: String]

        package var json: String {
            let members = signals.sorted { $0.key < $1.key }.map { "\"\($0.key)\":\($0.value)" }
            return "{\(members.joined(separator: ","))}"
        }
    }

    /// What must be there on a day: exactly these alerts in each state.
    package struct ExpectedDay: Sendable {
        package let day: Day
        package let line: Int?
        package var alerts: [ShownState: [ExpectedAlert]] = [:]
    }

    /// An alert that must be there, with some of its texts.
    package struct ExpectedAlert: Sendable {
        package let name: String
        package let fields: [String: String]
    }

    /// The states that a test tells apart.
    package enum ShownState: String, Sendable, CaseIterable {
        case pending
        case firing
        /// Firing, and hidden by another rule.
        case hidden
    }

    /// The rules that it expects to fire, hidden or not.
    package var firingRules: [String] {
        expected.flatMap { day in [ShownState.firing, .hidden].flatMap { day.alerts[$0] ?? [] } }.map(\.name)
    }

    /// The signals of all days as a JSON array.
    package var signals: String { "[\(days.map(\.json).joined(separator: ","))]" }
}
