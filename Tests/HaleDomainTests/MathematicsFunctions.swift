import HaleDomain
import HaleOutput

/// The functions of the file of cases that are built, by their name there.
enum MathematicsFunctions {
    typealias Function = @Sendable (CaseInput) throws -> [String: JSONValue]

    static let built: [String: Function] = [
        "dispersion": dispersion, "trendSlow": trendSlow, "trendFast": trendFast, "seats": seats, "recency": recency,
        "breadth": breadth, "nps": netPromoter, "npsMargin": netPromoterMargin, "support": support,
        "billing": billing, "contract": contract, "compose": compose, "change": change, "bands": bands,
        "priority": priority, "dayPlan": dayPlan, "segmentRates": segmentRates,
        "logistic": logistic, "metrics": metrics, "forecast": forecast, "sbgFit": sbgFit, "sbgProject": sbgProject,
        "residualLifetime": residualLifetime, "retention": retention, "acquisition": acquisition,
        "level": level, "peerLevel": peerLevel,
        "costPerLead": costPerLead, "lead": lead, "advocacy": advocacy, "expansion": expansion,
    ]

    @Sendable private static func dispersion(_ input: CaseInput) throws -> [String: JSONValue] {
        let weekIndex = input.fields["portfolioWeekIndex"] == nil ? [] : try input.numbers("portfolioWeekIndex")
        return [
            "k": .number(
                Dispersion.estimate(
                    weeks: try input.integers("baselineWeeks"), weekIndex: weekIndex,
                    portfolioDispersion: try input.number("portfolioDispersion"), model: .default))
        ]
    }

    private static func counts(_ input: CaseInput) throws -> TrendCounts {
        TrendCounts(
            recentCount: try input.integer("recentCount"), recentExposure: try input.number("recentExposure"),
            priorCount: try input.integer("priorCount"), priorExposure: try input.number("priorExposure"))
    }

    @Sendable private static func trendSlow(_ input: CaseInput) throws -> [String: JSONValue] {
        let trend = UsageTrend.slow(
            try counts(input), portfolioRatio: try input.number("portfolioRatio"),
            dispersion: try input.number("dispersion"), model: .default)
        return [
            "logRatio": JSONValue(trend?.logRatio), "sd": JSONValue(trend?.deviation), "x": JSONValue(trend?.x),
            "c": .number(trend?.c ?? 0), "probabilityDrop25": JSONValue(trend?.probabilityDrop),
            "probabilityRise15": JSONValue(trend?.probabilityRise),
        ]
    }

    @Sendable private static func trendFast(_ input: CaseInput) throws -> [String: JSONValue] {
        let trend = UsageTrend.fast(
            try counts(input), portfolioRatio: try input.number("portfolioRatio"),
            dispersion: try input.number("dispersion"), model: .default)
        let probability = trend?.probabilityDrop
        return [
            "logRatio": JSONValue(trend?.logRatio), "sd": JSONValue(trend?.deviation), "c": .number(trend?.c ?? 0),
            "probabilityDrop50": JSONValue(probability),
            "cliff": .boolean((probability ?? 0) >= HealthModel.default.trend.cliffOn),
        ]
    }

    @Sendable private static func seats(_ input: CaseInput) throws -> [String: JSONValue] {
        let seats = SeatUtilisation.read(
            activePeople: try input.integer("activePeople28d"), seatsBought: try input.optionalInteger("seatsBought"),
            model: .default)
        return ["x": JSONValue(seats?.x), "c": .number(seats?.c ?? 0)]
    }

    @Sendable private static func level(_ input: CaseInput) throws -> [String: JSONValue] {
        let level = UsageLevel.read(
            count: try input.integer("count"), exposure: try input.number("exposure"),
            seats: try input.optionalInteger("seats"), peers: try peers(input),
            dispersion: try input.number("dispersion"), model: .default)
        return ["x": JSONValue(level?.x), "c": .number(level?.c ?? 0)]
    }

    private static func peers(_ input: CaseInput) throws -> PeerLevel? {
        guard input.fields["peerMedian"] != .null else { return nil }
        return PeerLevel(
            accounts: 20, median: try input.number("peerMedian"), deviation: try input.number("peerDeviation"))
    }

    @Sendable private static func peerLevel(_ input: CaseInput) throws -> [String: JSONValue] {
        let level = PeerLevel(logRates: try input.numbers("logRates"), model: .default)
        return ["median": JSONValue(level?.median), "deviation": JSONValue(level?.deviation)]
    }

    @Sendable private static func recency(_ input: CaseInput) throws -> [String: JSONValue] {
        let recency = Recency.read(
            activeDays: try input.integer("activeDays"), baselineDays: try input.integer("baselineDays"),
            silentDays: try input.integer("silentDays"), model: .default)
        return [
            "x": JSONValue(recency?.x), "c": .number(recency?.c ?? 0),
            "probabilitySilent": JSONValue(recency?.probabilitySilent), "cliff": .boolean(recency?.isCliff ?? false),
        ]
    }

    @Sendable private static func breadth(_ input: CaseInput) throws -> [String: JSONValue] {
        let breadth = FeatureBreadth.read(
            featuresUsed: try input.integer("featuresUsed"), keyFeatures: try input.integer("keyFeatures"),
            accountAgeDays: try input.integer("accountAgeDays"), model: .default)
        return ["x": JSONValue(breadth?.x), "c": .number(breadth?.c ?? 0)]
    }

    @Sendable private static func netPromoter(_ input: CaseInput) throws -> [String: JSONValue] {
        let responses = try input.objects("responses").map { response in
            NPSResponse(
                score: try response.integer("score"), role: PersonRole(rawValue: try response.text("role")) ?? .unknown,
                ageDays: try response.integer("ageDays"))
        }
        let shares = try input.numbers("priorShares")
        let posterior = NetPromoter.read(
            responses, priorShares: NPSShares(promoters: shares[0], passives: shares[1], detractors: shares[2]),
            model: .default)
        return [
            "effectiveResponses": .number(posterior.effectiveResponses), "x": JSONValue(posterior.x),
            "c": .number(posterior.c), "mean": .number(posterior.mean), "low90": .number(posterior.low90),
            "high90": .number(posterior.high90),
        ]
    }

    @Sendable private static func netPromoterMargin(_ input: CaseInput) throws -> [String: JSONValue] {
        let margin = NetPromoterMargin(
            promoters: try input.integer("promoters"), passives: try input.integer("passives"),
            detractors: try input.integer("detractors"))
        return [
            "nps": JSONValue(margin.score), "margin": JSONValue(margin.margin),
            "adjustedNps": .number(margin.adjustedScore), "adjustedMargin": .number(margin.adjustedMargin),
        ]
    }

    @Sendable private static func support(_ input: CaseInput) throws -> [String: JSONValue] {
        let tickets = OpenTickets(
            priority1: try input.integer("openP1"), priority2: try input.integer("openP2"),
            priority3: try input.integer("openP3"))
        return ["x": .number(SupportLoad.value(of: tickets, model: .default))]
    }

    @Sendable private static func billing(_ input: CaseInput) throws -> [String: JSONValue] {
        ["x": .number(OverdueBilling.value(daysOverdue: try input.integer("daysOverdue"), model: .default))]
    }

    @Sendable private static func contract(_ input: CaseInput) throws -> [String: JSONValue] {
        let reading = ContractReading.read(
            ContractTerms(
                daysToRenewal: try input.optionalInteger("daysToRenewal"), noticeDays: try input.integer("noticeDays"),
                autoRenew: try input.boolean("autoRenew"), isEvergreen: try input.boolean("evergreen"),
                noticeGiven: try input.boolean("noticeGiven"), signed: try input.boolean("signed"),
                termDays: try input.integer("termDays")), model: .default)
        return [
            "state": .text((reading.isRolled ? "rolled:" : "") + reading.state.rawValue), "x": JSONValue(reading.x),
            "c": .number(reading.c), "urgency": .number(reading.urgency),
            "daysToDecision": JSONValue(reading.daysToDecision.map(Double.init)),
        ]
    }

    /// The drivers, weights and least coverage with which the cases of `compose` and `change` were computed: those before
    /// the level.
    private static let composedModel: HealthModel = {
        var model = HealthModel.default
        model.composition.minimumCoverage = 0.35
        let weights: [DriverKind: Double] = [.trend: 30, .seats: 25, .recency: 25, .breadth: 20]
        model.drivers = model.drivers.filter { $0.kind != .level }.map { setting in
            var setting = setting
            setting.weight = weights[setting.kind] ?? setting.weight
            return setting
        }
        return model
    }()

    private static func readings(_ drivers: CaseInput) throws -> [DriverReading] {
        try composedModel.drivers.map { setting in
            guard drivers.fields[setting.fullName] != nil else { return .none(mu: 0.65) }
            let driver = try drivers.object(setting.fullName)
            return DriverReading(
                x: driver.fields["x"] == .null ? nil : try driver.number("x"), c: try driver.number("c"), mu: 0.65)
        }
    }

    private static func byDriver(_ values: [Double]) -> JSONValue {
        .object(
            Dictionary(
                uniqueKeysWithValues: zip(composedModel.drivers.map(\.fullName), values.map(JSONValue.number))))
    }

    @Sendable private static func compose(_ input: CaseInput) throws -> [String: JSONValue] {
        let composition = Composition(try readings(try input.object("drivers")), model: composedModel)
        return [
            "score": .number(composition.score), "baseline": .number(composition.baseline),
            "points": byDriver(composition.points), "clip": .number(composition.clip),
            "coverage": .number(composition.coverage), "rescaling": .number(composition.rescaling),
            "low": .number(composition.low), "high": .number(composition.high),
            "scored": .boolean(composition.isScored(model: composedModel)),
        ]
    }

    @Sendable private static func change(_ input: CaseInput) throws -> [String: JSONValue] {
        let change = ScoreChange(
            before: try readings(try input.object("before")), after: try readings(try input.object("after")),
            model: composedModel)
        return [
            "signal": byDriver(change.drivers.map(\.signal)), "data": byDriver(change.drivers.map(\.data)),
        ]
    }

    @Sendable private static func bands(_ input: CaseInput) throws -> [String: JSONValue] {
        let coverage = try input.numbers("coverage")
        let elapsed = try input.numbers("elapsedDays")
        let cliff = try input.list("cliff")
        var state = BandState()
        var smoothed: [JSONValue] = []
        var bands: [JSONValue] = []
        for (index, score) in try input.numbers("scores").enumerated() {
            _ = state.advance(
                score: score, coverage: coverage[index], elapsedDays: elapsed[index],
                isCliff: cliff[index] == .boolean(true), model: .default)
            smoothed.append(JSONValue(state.smoothedScore))
            bands.append(.text(state.band.rawValue))
        }
        return ["smoothed": .list(smoothed), "bands": .list(bands)]
    }

    @Sendable private static func priority(_ input: CaseInput) throws -> [String: JSONValue] {
        let priority = TaskPriority(
            arr: try input.number("arr"), probabilityChurn: try input.number("probabilityChurn"),
            saveRate: try input.number("saveRate"), hours: try input.number("hours"),
            urgency: try input.number("urgency"), margin: try input.number("margin"),
            hourlyCost: try input.number("hourlyCost"))
        return [
            "valueProtected": .number(priority.valueProtected), "net": .number(priority.net),
            "score": .number(priority.score),
        ]
    }

    @Sendable private static func dayPlan(_ input: CaseInput) throws -> [String: JSONValue] {
        let choice = Knapsack.choose(
            values: try input.numbers("values"), minutes: try input.integers("minutes"),
            capacityMinutes: try input.integer("capacityMinutes"))
        return ["totalValue": .number(choice.totalValue)]
    }

    @Sendable private static func segmentRates(_ input: CaseInput) throws -> [String: JSONValue] {
        let rates = SegmentRates(
            zip(try input.integers("renewed"), try input.integers("due")).map {
                SegmentCounts(renewed: $0, decided: $1)
            })
        return [
            "globalRate": .number(rates.globalRate), "concentration": .number(rates.concentration),
            "rates": .list(rates.rates.map { .number($0.mean) }), "low90": .list(rates.rates.map { .number($0.low90) }),
            "high90": .list(rates.rates.map { .number($0.high90) }),
        ]
    }
}
