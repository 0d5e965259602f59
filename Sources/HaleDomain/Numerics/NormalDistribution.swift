/// The standard normal distribution.
public enum NormalDistribution {
    /// P(Z <= z), exact in both tails.
    public static func cumulative(_ z: Double) -> Double {
        0.5 * Real.complementaryError(-z * 0.707_106_781_186_547_5)
    }
}
