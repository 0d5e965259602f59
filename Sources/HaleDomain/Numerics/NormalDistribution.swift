/// The standard normal distribution.
package enum NormalDistribution {
    /// P(Z <= z), exact in both tails.
    package static func cumulative(_ z: Double) -> Double {
        0.5 * Real.complementaryError(-z * 0.707_106_781_186_547_5)
    }

    /// The z with P(Z <= z) = `probability`, which lies strictly between 0 and 1.
    ///
    /// A rational approximation good to 5e-4 (Abramowitz and Stegun 26.2.23), made exact by two of Halley's steps.
    package static func quantile(_ probability: Double) -> Double {
        let tail = min(probability, 1 - probability)
        let t = (-2 * Real.logarithm(tail)).squareRoot()
        let above = 2.515_517 + t * (0.802_853 + t * 0.010_328)
        let below = 1 + t * (1.432_788 + t * (0.189_269 + t * 0.001_308))
        // In the lower tail, where the distribution function loses no digits.
        var z = above / below - t
        for _ in 0..<2 {
            let density = 0.398_942_280_401_432_7 * Real.exponential(-z * z / 2)
            let step = (cumulative(z) - tail) / density
            z -= step / (1 + z * step / 2)
        }
        return probability < 0.5 ? z : -z
    }
}
