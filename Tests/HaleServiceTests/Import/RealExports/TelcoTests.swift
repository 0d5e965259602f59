import Foundation
import HaleDomain
import HaleTestSupport
import Testing

/// 7,043 customers of a telecommunications company with a label of who left: the logistic fit on real customers.
@Suite(.enabled(if: SharedData.isThere("telco"), "shared/data/telco is not there: the fit to it is not checked"))
struct `The telecom customers` {
    private struct Customers {
        var features: [[Double]] = []
        var left: [Double] = []
    }

    /// Numbers as they are and words as indicators of all their values but the first; standardised.
    private static func read() throws -> Customers {
        let rows = try SharedData.rows("telco/Telco-Customer-Churn.csv")
        var columns: [[Double]] = []
        for name in try #require(rows.first).keys.sorted() where name != "customerID" && name != "Churn" {
            let values = rows.map { $0[name] ?? "" }
            if ["tenure", "MonthlyCharges", "TotalCharges"].contains(name) {
                // Who came this month has not been charged yet.
                columns.append(values.map { Double($0.trimmingCharacters(in: .whitespaces)) ?? 0 })
            } else {
                for word in Set(values).sorted().dropFirst() { columns.append(values.map { $0 == word ? 1 : 0 }) }
            }
        }
        let standardised = columns.map { column in
            let mean = column.reduce(0, +) / Double(column.count)
            let variance = column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(column.count)
            return column.map { ($0 - mean) / variance.squareRoot() }
        }
        return Customers(
            features: rows.indices.map { row in standardised.map { $0[row] } },
            left: rows.map { $0["Churn"] == "Yes" ? 1 : 0 })
    }

    @Test func `who leaves is told from who stays as well as is published, over five folds`() throws {
        let customers = try Self.read()
        #expect(customers.left.count == 7_043)
        #expect(customers.left.reduce(0, +) == 1_869)
        var areas: [Double] = []
        for fold in 0..<5 {
            let (tested, trained) = (
                customers.left.indices.filter { $0 % 5 == fold }, customers.left.indices.filter { $0 % 5 != fold }
            )
            let fit = try #require(
                LogisticRegression(
                    features: trained.map { customers.features[$0] }, outcomes: trained.map { customers.left[$0] },
                    penalty: 10))
            let metrics = ProbabilityMetrics(
                outcomes: tested.map { customers.left[$0] },
                probabilities: tested.map { fit.probability(customers.features[$0]) })
            areas.append(try #require(metrics.areaUnderCurve))
        }
        #expect((0.83...0.86).contains(areas.reduce(0, +) / 5), "\(areas)")
    }
}
