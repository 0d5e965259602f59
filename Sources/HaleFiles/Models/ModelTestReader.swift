import HaleDomain
import Yams

/// Reads a file of tests. A file without a test, and a test that expects nothing, are problems.
package struct ModelTestReader {
    private let reader: StrictReader
    private var example = ModelExample()

    package static func read(_ yaml: String, file: String) throws(FileFailure) -> [ModelTest] {
        var reading = ModelTestReader(reader: StrictReader(file: file, of: .model))
        return try reading.reader.read(yaml, as: "a file of tests") { reading.tests($0) }
    }

    /// A number with at most four decimals.
    static func shortText(_ value: Double) -> String {
        let scaled = (value * 10_000).rounded() / 10_000
        return Int(exactly: scaled).map(String.init) ?? "\(scaled)"
    }

    private init(reader: StrictReader) {
        self.reader = reader
    }

    private mutating func tests(_ root: Node) -> [ModelTest] {
        let fields = reader.fields(
            root, known: ["model", "tests"], required: ["model", "tests"], of: "a file of tests")
        guard let modelField = fields["model"], let model = reader.text(modelField, of: "model"),
            let list = fields["tests"]
        else { return [] }
        var tests: [ModelTest] = []
        for node in reader.list(list, "tests needs a list of tests here", mayBeEmpty: false).map(\.value) {
            let keys = ["name", "signals", "expect"]
            let fields = reader.fields(node, known: keys, required: keys, of: "a test")
            guard let name = fields["name"], let signals = fields["signals"], let expect = fields["expect"] else {
                continue
            }
            example = ModelExample()
            readSignals(signals)
            let expected = expectation(expect)
            if expected.isEmpty { reader.note(.badValue, expect.mark, "a test that expects nothing cannot fail") }
            tests.append(
                ModelTest(
                    name: reader.text(name, of: "name") ?? "", model: model, file: reader.file, line: node.mark?.line,
                    example: example, expected: expected))
        }
        return tests
    }

    private func expectation(_ field: Field) -> ModelTest.Expectation {
        let keys = ["applies", "score", "band", "coverage", "points", "reasons", "tolerance"]
        let fields = reader.fields(field.value, known: keys, of: "expect")
        var expected = ModelTest.Expectation()
        if let field = fields["applies"] { expected.applies = reader.flag(field, of: "applies") }
        if let field = fields["score"] { expected.score = reader.number(field, of: "score", in: 0...100) }
        if let field = fields["band"] { expected.band = reader.word(field, of: "band", as: Band.self) }
        if let field = fields["coverage"] { expected.coverage = reader.number(field, of: "coverage", in: 0...1) }
        if let field = fields["tolerance"] {
            expected.tolerance = reader.number(field, of: "tolerance", in: 0...100) ?? expected.tolerance
        }
        if let field = fields["points"] { expected.points = figures(field, of: "points") }
        if let field = fields["reasons"] {
            let known = BandException.allCases.map(\.rawValue)
            expected.reasons = (field.value.sequence.map(Array.init) ?? []).map { $0.scalar?.string ?? "" }
            if field.value.sequence == nil || expected.reasons?.allSatisfy(known.contains) != true {
                reader.note(.badValue, field.mark, "reasons is a list of \(known.joined(separator: ", "))")
            }
        }
        return expected
    }

    /// Numbers by the full name of a driver.
    private func figures(_ field: Field, of what: String) -> [String: Double] {
        guard let mapping = field.value.mapping else {
            reader.note(.badValue, field.mark, "\(what) needs drivers with their numbers here")
            return [:]
        }
        var figures: [String: Double] = [:]
        for (key, value) in mapping {
            let name = key.scalar?.string ?? ""
            figures[name] = reader.number(Field(key: key, value: value), of: name, in: -1e15...1e15)
        }
        return figures
    }
}

// The signals.
extension ModelTestReader {
    private static let traits = ["segment", "lifecycle_stage", "country", "industry", "csm", "age_days"]
    private static let counts = [
        "active_people_28d", "seats", "key_features_used", "key_features", "open_p1", "open_p2", "open_p3",
        "overdue_days", "champion_silent_days", "sentiment", "sentiment_age_days",
    ]

    private mutating func readSignals(_ field: Field) {
        let known = Self.traits + Self.counts + ["usage_weeks", "peers", "champion", "nps", "contracts", "measures"]
        let fields = reader.fields(field.value, known: known, of: "signals")
        func text(_ name: String) -> String? { fields[name].flatMap { reader.text($0, of: name) } }
        func count(_ name: String, _ range: ClosedRange<Double> = 0...1e9) -> Int? {
            fields[name].flatMap { reader.integer($0, of: name, in: range) }
        }
        example.traits.segment = text("segment")
        example.traits.lifecycleStage = text("lifecycle_stage")
        example.traits.country = text("country")
        example.traits.industry = text("industry")
        example.traits.csm = text("csm")
        example.traits.ageDays = count("age_days", 0...36_500)
        if let field = fields["usage_weeks"] { example.usageWeeks = weeks(field) }
        if let field = fields["peers"] { readPeers(field) }
        example.features.activePeople28d = count("active_people_28d") ?? 0
        example.features.seats = count("seats")
        example.features.keyFeaturesUsed = count("key_features_used") ?? 0
        example.keyFeatures = count("key_features") ?? 0
        example.hasTickets = ["open_p1", "open_p2", "open_p3"].contains { fields[$0] != nil }
        example.features.openTickets = OpenTickets(
            priority1: count("open_p1") ?? 0, priority2: count("open_p2") ?? 0, priority3: count("open_p3") ?? 0)
        example.features.overdueDays = count("overdue_days", 0...36_500)
        example.championSilentDays = count("champion_silent_days", 0...182)
        if let field = fields["champion"], let word = reader.text(field, of: "champion") {
            guard word == "left" else {
                reader.note(.badValue, field.mark, "champion is left, or say champion_silent_days")
                return
            }
            example.features.champion = .allLeft
        }
        if let value = count("sentiment", 1...5) {
            example.features.pulse = Pulse(
                value: value, ageDays: count("sentiment_age_days", 0...36_500) ?? 0)
        }
        if let field = fields["nps"] { readResponses(field) }
        if let field = fields["contracts"] { readContracts(field) }
        if let field = fields["measures"] { example.measures = figures(field, of: "measures") }
    }

    private func weeks(_ field: Field) -> [Int] {
        let complaint = "usage_weeks needs a list of people a day here, the newest week first"
        return reader.list(field, complaint, mayBeEmpty: false).compactMap {
            reader.integer($0, of: "usage_weeks", in: 0...1e6)
        }
    }

    /// What the peers use: the median of their rates, and the standard deviation of their logarithms.
    private mutating func readPeers(_ field: Field) {
        let keys = ["rate", "deviation"]
        let fields = reader.fields(field.value, known: keys, required: keys, of: "peers")
        guard let rate = fields["rate"].flatMap({ reader.number($0, of: "rate", in: 1e-9...1e9) }),
            let deviation = fields["deviation"].flatMap({ reader.number($0, of: "deviation", in: 0.01...10) })
        else { return }
        example.peers = PeerLevel(accounts: 1_000, medianRate: rate, deviation: deviation)
    }

    private mutating func readResponses(_ field: Field) {
        for node in field.value.sequence.map(Array.init) ?? [] {
            let fields = reader.fields(
                node, known: ["score", "role", "age_days"], required: ["score"], of: "an NPS response")
            guard let score = fields["score"].flatMap({ reader.integer($0, of: "score", in: 0...10) }) else { continue }
            example.features.responses.append(
                NPSResponse(
                    score: score,
                    role: fields["role"].flatMap { reader.word($0, of: "role", as: PersonRole.self) } ?? .unknown,
                    ageDays: fields["age_days"].flatMap { reader.integer($0, of: "age_days", in: 0...36_500) } ?? 0))
        }
    }

    private mutating func readContracts(_ field: Field) {
        let known = ["days_to_renewal", "notice_days", "auto_renew", "evergreen", "notice_given", "signed"]
        for (index, node) in (field.value.sequence.map(Array.init) ?? []).enumerated() {
            let fields = reader.fields(node, known: known, of: "a contract")
            func flag(_ name: String) -> Bool { fields[name].flatMap { reader.flag($0, of: name) } ?? false }
            let days = fields["days_to_renewal"].flatMap {
                reader.integer($0, of: "days_to_renewal", in: -3_650...36_500)
            }
            example.features.contracts.append(
                ContractFacts(
                    contractID: "\(index)", arrMinor: 100, renewsOn: days.map { ModelExample.day + $0 },
                    isEvergreen: flag("evergreen"),
                    noticeDays: fields["notice_days"].flatMap { reader.integer($0, of: "notice_days", in: 0...3_650) }
                        ?? 30,
                    autoRenew: flag("auto_renew"), noticeGiven: flag("notice_given"), signed: flag("signed")))
        }
    }
}
