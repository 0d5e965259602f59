/// Key features used in 28 days of those there are (mathematics §1.5).
package struct FeatureBreadth: Sendable, Hashable {
    /// Value in 0...1.
    package let x: Double
    /// Reliability in 0...1.
    package let c: Double

    /// Reads the breadth of an account; nil with too few key features or too young an account.
    package static func read(
        featuresUsed: Int, keyFeatures: Int, accountAgeDays: Int, model: HealthModel
    ) -> FeatureBreadth? {
        let parameters = model.breadth
        guard keyFeatures >= parameters.minimumKeyFeatures, accountAgeDays >= parameters.minimumAgeDays else {
            return nil
        }
        return FeatureBreadth(x: Real.clamp(Double(featuresUsed) / (parameters.target * Double(keyFeatures))), c: 1)
    }
}
