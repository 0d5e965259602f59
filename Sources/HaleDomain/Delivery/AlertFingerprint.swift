/// The number by which Prometheus' Alertmanager knows an alert.
package enum AlertFingerprint {
    private static let offset: UInt64 = 14_695_981_039_346_656_037
    private static let prime: UInt64 = 1_099_511_628_211
    private static let separator: UInt8 = 0xff

    /// 16 hexadecimal digits: FNV-1a of 64 bits over the labels in order of name, each name and value followed by 0xFF.
    package static func text(of labels: [String: String]) -> String {
        var hash = offset
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* prime }
        // Order of bytes, as Go compares strings.
        let sorted = labels.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        for (name, value) in sorted {
            for part in [name, value] {
                for byte in part.utf8 { add(byte) }
                add(separator)
            }
        }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
