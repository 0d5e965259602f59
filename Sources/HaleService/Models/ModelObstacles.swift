import HaleDomain
import HaleFiles
import HaleStore

extension ModelSet {
    /// Why accounts cannot be scored for which measures of a model fail.
    func obstacles(_ failures: [Int64: ExpressionFailure], measuring model: HealthModel) -> [Int64: String] {
        let measures = model.drivers.filter { $0.measure != nil }
        return failures.mapValues { failure in
            let name = measures.indices.contains(failure.expression) ? measures[failure.expression].fullName : "measure"
            return "\(place(of: name, in: model)): \(failure.problem)"
        }
    }
}
