import Foundation
import HaleSQL
import HaleStore
import HaleTestSupport
import Testing

/// The statements of the nightly path keep an account's rows together: distributed tables are joined and upserted by
/// account_id, so that each node works on its own accounts.
@Suite struct `The nightly statements` {
    private static let statements = SQL.Features.all + SQL.Score.all + SQL.Tasks.all + SQL.Usage.all

    private static func distributedTables() async throws -> Set<String> {
        let plan = try await TestDatabase.shared.session(as: "hale_owner") { try await DistributionStore($0).plan() }
        return Set(plan.filter { $0.kind == .distributed }.map(\.name))
    }

    @Test(.database) func `join and upsert distributed tables by account_id`() async throws {
        let tables = try await Self.distributedTables()
        var joins = 0
        for statement in Self.statements {
            let found = Self.joins(of: statement.text, to: tables)
            joins += found.count
            for join in found {
                #expect(join.isByAccount, "\(statement.name): \(join.table) is joined on \(join.condition)")
            }
            for target in Self.upserts(of: statement.text, into: tables) {
                #expect(target.hasPrefix("account_id"), "\(statement.name): on conflict (\(target))")
            }
        }
        // The search finds what it is looking for.
        #expect(joins > 5)
        #expect(Self.statements.flatMap { Self.upserts(of: $0.text, into: tables) }.count >= 3)
    }

    @Test func `a join on something else is found`() {
        let text = """
            select count(*) from hale_data.person as person
            join hale_data.ticket as ticket
                on ticket.subject = person.name
            left join hale_data.invoice as invoice on invoice.account_id = person.account_id and invoice.paid_on is null
            where person.role = 'champion';
            insert into hale_data.ticket as old (account_id, external_id) select 1, 'x'
            on conflict (external_id) do nothing
            """
        let tables: Set = ["hale_data.person", "hale_data.ticket", "hale_data.invoice"]
        let joins = Self.joins(of: text, to: tables)
        #expect(joins.map(\.table) == ["hale_data.ticket", "hale_data.invoice"])
        #expect(joins.map(\.isByAccount) == [false, true])
        #expect(joins.first?.condition == "ticket.subject = person.name")
        #expect(Self.upserts(of: text, into: tables) == ["external_id"])
    }

    /// A join to a distributed table.
    private struct Join {
        let table: String
        let alias: String
        let condition: String

        var isByAccount: Bool {
            condition.contains("\(alias).account_id = ") || condition.contains("= \(alias).account_id")
                || condition.hasPrefix("(account_id")
        }
    }

    /// The joins in a text, comments left out; a condition goes to the next clause.
    private static func joins(of text: String, to tables: Set<String>) -> [Join] {
        let pattern = #/join (hale_data\.\w+)(?: as (\w+))?\s+(?:on|using)\s+/#
        let clause = #/\s+(?:left join|cross join|join|where|group by|order by|union|on conflict|returning)\b/#
        let code = uncommented(text)
        return code.matches(of: pattern).compactMap { match in
            let table = String(match.output.1)
            guard tables.contains(table) else { return nil }
            let rest = code[match.range.upperBound...]
            let condition = rest[..<(rest.firstMatch(of: clause)?.range.lowerBound ?? rest.endIndex)]
            return Join(
                table: table, alias: match.output.2.map(String.init) ?? table, condition: String(condition))
        }
    }

    /// The columns of `on conflict` of the inserts into distributed tables.
    private static func upserts(of text: String, into tables: Set<String>) -> [String] {
        let code = uncommented(text)
        return code.matches(of: #/insert into (hale_data\.\w+)/#).compactMap { match in
            guard tables.contains(String(match.output.1)) else { return nil }
            let rest = code[match.range.upperBound...]
            let next = rest.firstMatch(of: #/insert into /#)?.range.lowerBound ?? rest.endIndex
            return rest[..<next].firstMatch(of: #/on conflict \(([^)]*)\)/#).map { String($0.output.1) }
        }
    }

    private static func uncommented(_ text: String) -> String {
        text.split(separator: "\n").filter { !$0.drop(while: \.isWhitespace).hasPrefix("--") }.joined(separator: "\n")
    }
}
