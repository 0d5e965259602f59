import Foundation

/// What was in before an import and after it, as far as the import touches it, and what is doubtful about that.
package struct ImportEffect: Codable, Sendable, Equatable {
    /// What is in; nil for what the import does not touch.
    package struct Standing: Codable, Sendable, Equatable {
        package var accounts: Int64?
        /// People who have not left.
        package var people: Int64?
        /// Contracts that are live.
        package var contracts: Int64?
        /// What they run at [minor units of the reporting currency]; nil where an amount has no exchange rate.
        package var arrMinor: Int64?
        /// The reporting currency, where it is known.
        package var currency: String?
        /// Decimals of its minor unit.
        package var minorDigits: Int32?

        /// Nothing that is touched.
        package init() {}
    }

    /// Something that may be a mistake.
    package struct Doubt: Codable, Sendable, Equatable {
        /// What it is about.
        package enum Subject: String, Codable, Sendable {
            /// The ARR of contracts that were known is about 12 times, or a twelfth of, what it was.
            case changedContracts
            /// The median ARR of new contracts is about 12 times, or a twelfth of, that of the others.
            case newContracts
            /// ARR per live contract has at least doubled or halved.
            case arrPerContract
            /// At most half of the live contracts are left.
            case liveContracts
            /// At most half of the people are left.
            case people
        }

        /// What it is about.
        package let subject: Subject
        /// Whether the figure has grown.
        package let isUp: Bool
        /// The figure before, or that of the others [minor units for ARR]; nil for changed contracts.
        package let before: Int64?
        /// The figure after, or that of the new ones [minor units for ARR]; nil for changed contracts.
        package let after: Int64?
        /// How many contracts it is about: of changed ones those that moved so.
        package let contracts: Int64?
        /// Of how many changed ones.
        package let of: Int64?

        /// A doubt about a figure.
        package init(_ subject: Subject, before: Int64, after: Int64, contracts: Int64? = nil) {
            self.subject = subject
            isUp = after > before
            self.before = before
            self.after = after
            self.contracts = contracts
            of = nil
        }

        /// A doubt about contracts whose ARR changed.
        package init(changedContracts count: Int64, of: Int64, isUp: Bool) {
            subject = .changedContracts
            self.isUp = isUp
            before = nil
            after = nil
            contracts = count
            self.of = of
        }
    }

    /// Before the import.
    package let before: Standing
    package let after: Standing
    /// What may be a mistake.
    package let doubts: [Doubt]

    package init(before: Standing, after: Standing, doubts: [Doubt]) {
        self.before = before
        self.after = after
        self.doubts = doubts
    }

    /// An effect as a receipt keeps it.
    init(json: String) throws {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json.utf8))
        } catch {
            throw StoreError.unreadableRow("the effect of a receipt cannot be read")
        }
    }

    /// The effect as a receipt keeps it.
    var json: String {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            return String(decoding: try encoder.encode(self), as: UTF8.self)
        }
    }
}
