import Foundation
import HaleDomain
import HaleFiles
import HaleTestSupport
import Testing

@Suite struct `A model file` {
    @Test func `of the default model says what the program has built in, down to the last bit`() throws {
        let shipped = try ModelLibrary().file(named: "default")
        #expect(shipped.model == .default)
        #expect(shipped.model.text == HealthModel.default.text)
    }

    @Test func `may name nothing but what it changes`() throws {
        let model = try ModelReader.read(
            "name: small\nwhen: segment = 'SMB'\nbands: {green_from: 75}\n", file: "small.yaml")
        var expected = HealthModel.default
        expected.name = "small"
        expected.condition = "segment = 'SMB'"
        expected.bands.greenFrom = 75
        #expect(model == expected)
    }

    @Test func `has drivers of one's own in two levels`() throws {
        let model = try ModelReader.read(
            """
            name: own
            beside: true
            roll_up: worst_child
            dimensions:
              adoption:
                weight: 3
                drivers:
                  seats: {weight: 1, reference: 0.5}
                  logins_per_seat:
                    {kind: measure, weight: 2, expression: 'events_28d / nullif(seats, 0)', worst: 0, best: 20}
              feeling:
                weight: 1
                drivers:
                  csm: {kind: sentiment, weight: 5}
            """, file: "own.yaml")
        #expect(model.isBeside && model.rollUp == .worstChild && model.condition == nil)
        #expect(model.drivers.map(\.fullName) == ["adoption.seats", "adoption.logins_per_seat", "feeling.csm"])
        #expect(model.drivers.map(\.kind) == [.seats, .measure, .sentiment])
        #expect(model.weights == [1, 2, 1])
        #expect(model.drivers.map(\.reference) == [0.5, 0.65, 0.65])
        #expect(
            model.drivers[1].measure
                == MeasureSetting(expression: "events_28d / nullif(seats, 0)", worst: 0, best: 20))
    }

    @Test func `that names a driver of the default model must speak of its siblings`() throws {
        let head =
            "name: own\nwhen: segment = 'SMB'\ndimensions:\n  usage: {weight: 1, drivers: {trend: {weight: 1}}}\n"
        let failure = #expect(throws: FileFailure.self) {
            try ModelFile(text: head, file: "own.yaml", isComplete: true)
        }
        #expect(
            failure?.description
                == "own.yaml:3:1: the file names some drivers of the default model and not seats, recency, breadth, nps, "
                + "champion, contract, support, billing: name them too, or say leaves_out: [seats, recency, breadth, nps, "
                + "champion, contract, support, billing] [HALE-MODEL-004]")
        let others = "leaves_out: [seats, recency, breadth, nps, champion, contract, support, billing]\n"
        let whole = try ModelFile(text: head + others, file: "own.yaml", isComplete: true)
        #expect(whole.model.drivers.map(\.fullName) == ["usage.trend"])
        // A text that was kept is what it was, and drivers of one's own alone replace all others.
        #expect(try ModelFile(text: head, file: "kept").model == whole.model)
        let measure =
            "name: m\nbeside: true\ndimensions: {d: {weight: 1, drivers: {csm: {kind: sentiment, weight: 1}}}}\n"
        #expect(try ModelFile(text: measure, file: "m.yaml", isComplete: true).model.drivers.count == 1)
        for wrong in ["leaves_out: [trend]\n", "leaves_out: [trendy]\n", "leaves_out: all\n"] {
            #expect(throws: FileFailure.self) { try ModelReader.read(head + wrong, file: "own.yaml") }
        }
    }

    @Test func `that ships can be copied as it is`() throws {
        for name in try ModelLibrary().names {
            let text = try ModelLibrary().file(named: name).text
            #expect(try ModelFile(text: text, file: "\(name).yaml", isComplete: true).model.name == name)
        }
    }

    @Test func `of the documentation is a good one`() throws {
        let page = "docs/scores-and-models.md"
        let documentation = try String(contentsOf: ProjectFolder.root.appending(path: page), encoding: .utf8)
        let start = try #require(documentation.firstRange(of: "# Small customers:"))
        let text = try #require(documentation[start.lowerBound...].split(separator: "```").first)
        let model = try ModelFile(text: String(text), file: page, isComplete: true).model
        #expect(model.name == "small" && model.rollUp == .worstChild && model.exceptions.cliffCap == .red)
        #expect(model.drivers.contains { $0.measure?.best == 20 })
    }

    @Test func `is what the text of its model reads as`() throws {
        var numbers = SplitMix(seed: 4)
        for round in 0..<100 {
            var model = HealthModel.default
            model.name = "m\(round)"
            model.condition = ["segment = 'it''s'", "age_days\n< 90", "true", "segment = 'a: \"b\" # c'"][round % 4]
            model.rollUp = RollUp.allCases[round % RollUp.allCases.count]
            for index in model.drivers.indices {
                model.drivers[index].weight = Double(Int.random(in: 0..<1_000_000, using: &numbers)) / 7
                if model.drivers[index].kind != .netPromoter {
                    model.drivers[index].reference = Double(Int.random(in: 0..<1000, using: &numbers)) / 999
                }
            }
            model.drivers.append(
                DriverSetting(
                    kind: .measure, dimension: "more", name: "own", dimensionWeight: 0.1, weight: 1,
                    measure: MeasureSetting(expression: "seats / 3", worst: -0.1, best: 1e-7)))
            model.composition.rescale = Double(Int.random(in: 0..<1000, using: &numbers)) / 1001
            model.trend.slope = Double(Int.random(in: 0..<1000, using: &numbers)) / 777
            #expect(try ModelReader.read(model.text, file: "kept") == model)
        }
    }

    /// What is refused: a file that is right, the same with one thing wrong, and what is said about it.
    struct Refusal: CustomTestStringConvertible, Sendable {
        let what: String
        let good: String
        let bad: String
        let problem: String
        var testDescription: String { what }
    }

    private static let refusals: [Refusal] = [
        Refusal(
            what: "broken YAML", good: "name: a\nbeside: true\n", bad: "name: a\nbeside: [true\n",
            problem: "f:3:1: is not valid YAML: did not find expected ',' or ']' [HALE-MODEL-002]"),
        Refusal(
            what: "a key twice", good: "name: default\nbands: {deadband: 3}\n",
            bad: "name: default\nbands: {deadband: 3, deadband: 4}\n",
            problem: "f:2:9: the key deadband stands twice; keep one [HALE-MODEL-002]"),
        Refusal(
            what: "an unknown key", good: "name: default\nsmoothing: {drop_runs: 3}\n",
            bad: "name: default\nsmothing: {drop_runs: 3}\n",
            problem: "f:2:1: a model has no key \"smothing\"; did you mean smoothing? [HALE-MODEL-003]"),
        Refusal(
            what: "an unknown constant", good: "name: default\nbands:\n  deadband: 3\n",
            bad: "name: default\nbands:\n  deadbands: 3\n",
            problem: "f:3:3: bands has no key \"deadbands\"; did you mean deadband? [HALE-MODEL-003]"),
        Refusal(
            what: "no name", good: "name: default\nbands: {deadband: 3}\n", bad: "bands: {deadband: 3}\n",
            problem: "f:1:1: a model needs the key name [HALE-MODEL-004]"),
        Refusal(
            what: "a name that is none", good: "name: a-1\nbeside: true\n", bad: "name: A 1\nbeside: true\n",
            problem: "f:1:7: \"A 1\" is no name: use small letters, digits, - and _ [HALE-MODEL-005]"),
        Refusal(
            what: "a model that claims everybody", good: "name: a\nwhen: age_days < 9\n", bad: "name: a\n",
            problem: "f:1:1: only default applies to all accounts: say when a applies, or that it is scored "
                + "beside: true [HALE-MODEL-004]"),
        Refusal(
            what: "a default that chooses", good: "name: default\n", bad: "name: default\nwhen: age_days < 9\n",
            problem: "f:2:1: the model default takes every account that is left: it has no when [HALE-MODEL-005]"),
        Refusal(
            what: "text for a number", good: "name: default\nbands: {deadband: 3}\n",
            bad: "name: default\nbands: {deadband: three}\n",
            problem: "f:2:19: deadband is a number, not \"three\" [HALE-MODEL-005]"),
        Refusal(
            what: "a fraction of a day", good: "name: default\ntrend: {minimum_age_days: 3}\n",
            bad: "name: default\ntrend: {minimum_age_days: 3.5}\n",
            problem: "f:2:27: minimum_age_days is a whole number, not \"3.5\" [HALE-MODEL-005]"),
        Refusal(
            what: "a constant out of its range", good: "name: default\ncomposition: {rescale: 1}\n",
            bad: "name: default\ncomposition: {rescale: 1.5}\n",
            problem: "f:2:24: rescale is from 0 to 1, not 1.5 [HALE-MODEL-005]"),
        Refusal(
            what: "a constant that is fixed", good: "name: default\ncontract: {default_notice_days: 30}\n",
            bad: "name: default\ncontract: {default_notice_days: 14}\n",
            problem: "f:2:33: default_notice_days cannot be changed: it is 30 [HALE-MODEL-005]"),
        Refusal(
            what: "shares that do not sum to one", good: "name: default\nnps: {prior_shares: [0.5, 0.25, 0.25]}\n",
            bad: "name: default\nnps: {prior_shares: [0.5, 0.5, 0.25]}\n",
            problem: "f:2:21: prior_shares must sum to 1 [HALE-MODEL-005]"),
        Refusal(
            what: "a band that is none", good: "name: default\nexceptions: {cliff_cap: red}\n",
            bad: "name: default\nexceptions: {cliff_cap: orange}\n",
            problem: "f:2:25: cliff_cap is one of red, amber, green, unknown, not \"orange\" [HALE-MODEL-005]"),
        Refusal(
            what: "a roll-up that is none", good: "name: default\nroll_up: mean\n",
            bad: "name: default\nroll_up: best\n",
            problem: "f:2:10: roll_up is one of none, mean, arr_weighted, worst_child, not \"best\" [HALE-MODEL-005]"),
        Refusal(
            what: "a kind that is none", good: driver("{kind: seats, weight: 1}"),
            bad: driver("{kind: chairs, weight: 1}"),
            problem: "f:6:17: there is no kind \"chairs\": use one of level, trend, seats, recency, breadth, nps, "
                + "champion, contract, support, billing, sentiment, measure [HALE-MODEL-005]"),
        Refusal(
            what: "a kind twice", good: driver("{kind: seats, weight: 1}\n      b: {kind: trend, weight: 1}"),
            bad: driver("{kind: seats, weight: 1}\n      b: {kind: seats, weight: 1}"),
            problem: "f:7:7: two drivers are of kind seats: only measures may be several [HALE-MODEL-005]"),
        Refusal(
            what: "a reference of NPS", good: driver("{kind: nps, weight: 1}"),
            bad: driver("{kind: nps, weight: 1, reference: 0.5}"),
            problem: "f:6:33: nps is measured against the portfolio's responses: it has no reference "
                + "[HALE-MODEL-005]"),
        Refusal(
            what: "a measure without its best",
            good: driver("{kind: measure, weight: 1, expression: seats, worst: 0, best: 1}"),
            bad: driver("{kind: measure, weight: 1, expression: seats, worst: 0}"),
            problem: "f:6:10: a driver of kind measure needs the key best [HALE-MODEL-004]"),
        Refusal(
            what: "a measure without a span",
            good: driver("{kind: measure, weight: 1, expression: seats, worst: 1, best: 0}"),
            bad: driver("{kind: measure, weight: 1, expression: seats, worst: 1, best: 1}"),
            problem: "f:6:72: worst and best are the same: nothing can be told apart [HALE-MODEL-005]"),
        Refusal(
            what: "a measure of a column that is none",
            good: driver("{kind: measure, weight: 1, expression: \"seats / arr\", worst: 0, best: 1}"),
            bad: driver("{kind: measure, weight: 1, expression: \"seats / score\", worst: 0, best: 1}"),
            problem: "f:6:58: there is no column 'score' [HALE-MODEL-008]"),
        Refusal(
            what: "a measure's key elsewhere", good: driver("{kind: seats, weight: 1}"),
            bad: driver("{kind: seats, weight: 1, best: 1}"),
            problem: "f:6:35: only a driver of kind measure has the key best [HALE-MODEL-003]"),
        Refusal(
            what: "a condition that reaches out of the language", good: "name: a\nwhen: age_days < 9\n",
            bad: "name: a\nwhen: age_days < 9; drop\n",
            problem: "f:2:19: ';' is not allowed [HALE-MODEL-008]"),
        Refusal(
            what: "weights in a dimension that sum to zero", good: driver("{kind: seats, weight: 1}"),
            bad: driver("{kind: seats, weight: 0}"),
            problem: "f:6:7: the weights in d sum to zero, so its own weight is nobody's [HALE-MODEL-006]"),
        Refusal(
            what: "weights of dimensions that sum to zero", good: driver("{kind: seats, weight: 1}"),
            bad: driver("{kind: seats, weight: 1}", weight: 0),
            problem: "f:3:3: the weights of the dimensions sum to zero: nothing would be scored [HALE-MODEL-006]"),
        Refusal(
            what: "a negative weight", good: driver("{kind: seats, weight: 1}"),
            bad: driver("{kind: seats, weight: -1}\n      b: {kind: trend, weight: 1}"),
            problem: "f:6:32: weight is from 0 to 1000000000, not -1 [HALE-MODEL-005]"),
        Refusal(
            what: "bands in the wrong order", good: "name: default\nbands: {amber_from: 40, green_from: 60}\n",
            bad: "name: default\nbands: {amber_from: 60, green_from: 40}\n",
            problem: "f:2:37: the bands overlap: amber begins at 60 and green at 40 [HALE-MODEL-007]"),
        Refusal(
            what: "bands whose edges overlap", good: "name: default\nbands: {deadband: 12.5}\n",
            bad: "name: default\nbands: {deadband: 13}\n",
            problem: "f:2:19: the bands overlap: a deadband of 13 on both edges leaves nothing of amber "
                + "[HALE-MODEL-007]"),
        Refusal(
            what: "a flag that goes off before it is on", good: "name: default\ntrend: {cliff_off: 0.8}\n",
            bad: "name: default\ntrend: {cliff_off: 0.9}\n",
            problem: "f:2:20: trend.cliff_off of 0.9 lies above the trend.cliff_on of 0.8 [HALE-MODEL-007]"),
        Refusal(
            what: "a look-back too short for the trend", good: "name: default\nrecency: {lookback_days: 140}\n",
            bad: "name: default\nrecency: {lookback_days: 140}\ntrend: {baseline_weeks: 20}\n",
            problem: "f:2:26: the trend looks back 168 days, more than the lookback_days of 140 [HALE-MODEL-007]"),
        Refusal(
            what: "a sentiment upside down", good: "name: default\nsentiment: {worst: 2, best: 4}\n",
            bad: "name: default\nsentiment: {worst: 4, best: 2}\n",
            problem: "f:2:29: the worst sentiment must lie below the best [HALE-MODEL-007]"),
    ]

    private static func driver(_ text: String, weight: Int = 1) -> String {
        "name: default\ndimensions:\n  d:\n    weight: \(weight)\n    drivers:\n      a: \(text)\n"
    }

    @Test(arguments: refusals)
    func `is refused with the place of what is wrong`(refusal: Refusal) throws {
        do { _ = try ModelReader.read(refusal.good, file: "f") } catch { Issue.record("\(error)") }
        do {
            _ = try ModelReader.read(refusal.bad, file: "f")
            Issue.record("the bad file was taken")
        } catch {
            #expect(error.description == refusal.problem)
        }
    }

    @Test func `is told everything that is wrong with it at once`() {
        do {
            _ = try ModelReader.read("name: default\nbands: {amber: 1, deadband: x}\nfoo: 1\n", file: "f")
            Issue.record("the bad file was taken")
        } catch {
            #expect(error.problems.map(\.line) == [3, 2, 2])
            #expect(error.problems.map(\.fault) == [.unknownKey, .unknownKey, .badValue])
        }
    }
}
