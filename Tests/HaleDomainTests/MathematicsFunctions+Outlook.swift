import HaleDomain
import HaleOutput

/// The functions of the file of cases about renewals, retention and growth.
extension MathematicsFunctions {
    @Sendable static func logistic(_ input: CaseInput) throws -> [String: JSONValue] {
        let fit = LogisticRegression(
            features: try input.rows("x"), outcomes: try input.numbers("y"), penalty: try input.number("lambda_"),
            prior: try input.numbers("priorCoefficients"))
        return ["coefficients": .list((fit?.coefficients ?? []).map(JSONValue.number))]
    }

    @Sendable static func metrics(_ input: CaseInput) throws -> [String: JSONValue] {
        let metrics = ProbabilityMetrics(
            outcomes: try input.numbers("y"), probabilities: try input.numbers("p"))
        return [
            "auc": JSONValue(metrics.areaUnderCurve), "brier": JSONValue(metrics.brierScore),
            "ece": JSONValue(metrics.calibrationError(bins: try input.integer("bins"))),
            "spiegelhalter": JSONValue(metrics.spiegelhalter),
            "precisionAtK": JSONValue(metrics.precision(at: try input.integer("k"))),
        ]
    }

    @Sendable static func forecast(_ input: CaseInput) throws -> [String: JSONValue] {
        let renewals = zip(try input.numbers("probabilities"), try input.numbers("amounts"))
            .map { RenewalDistribution.Renewal(probability: $0, amount: $1) }
        let distribution = RenewalDistribution(
            renewals, grid: try input.number("grid"), correlation: try input.number("correlation"))
        return [
            "mean": .number(distribution.mean), "sd": .number(distribution.deviation),
            "p10": .number(distribution.quantile(0.1)), "p50": .number(distribution.quantile(0.5)),
            "p90": .number(distribution.quantile(0.9)),
        ]
    }

    @Sendable static func sbgFit(_ input: CaseInput) throws -> [String: JSONValue] {
        let fit = ShiftedBetaGeometricFit(alive: try input.integers("alive"))
        return [
            "alpha": JSONValue(fit?.model.alpha), "beta": JSONValue(fit?.model.beta),
            "logLikelihood": JSONValue(fit?.logLikelihood),
        ]
    }

    private static func model(_ input: CaseInput) throws -> ShiftedBetaGeometric {
        ShiftedBetaGeometric(alpha: try input.number("alpha"), beta: try input.number("beta"))
    }

    @Sendable static func sbgProject(_ input: CaseInput) throws -> [String: JSONValue] {
        let model = try model(input)
        let periods = try input.integer("periods")
        return [
            "survival": .list(model.survival(periods: periods).map(JSONValue.number)),
            "retention": .list((1...periods).map { .number(model.retention(at: $0)) }),
        ]
    }

    @Sendable static func residualLifetime(_ input: CaseInput) throws -> [String: JSONValue] {
        [
            "periods": .number(
                try model(input).residualLifetime(
                    renewalsMade: try input.integer("renewalsMade"), discount: try input.number("discount")))
        ]
    }

    @Sendable static func retention(_ input: CaseInput) throws -> [String: JSONValue] {
        let (start, end) = (try input.object("start"), try input.object("end"))
        let accounts = try Set(start.fields.keys).union(end.fields.keys).sorted().map { account in
            (
                start: start.fields[account] == nil ? 0 : try start.number(account),
                end: end.fields[account] == nil ? 0 : try end.number(account), undecided: 0.0
            )
        }
        let rates = RetentionRates(accounts)
        return ["grr": JSONValue(rates.gross), "nrr": JSONValue(rates.net), "logo": JSONValue(rates.logo)]
    }

    @Sendable static func acquisition(_ input: CaseInput) throws -> [String: JSONValue] {
        let figures = CustomerAcquisition(
            spend: try input.number("spend"), newCustomers: try input.integer("newCustomers"),
            revenuePerYear: try input.number("revenuePerYear"), grossMargin: try input.number("grossMargin"),
            residualPeriods: try input.number("residualPeriods"), discount: try input.number("discount"))
        return [
            "cac": JSONValue(figures.cost), "lifetimeValue": .number(figures.lifetimeValue),
            "ltvToCac": JSONValue(figures.valueToCost), "paybackMonths": JSONValue(figures.paybackMonths),
        ]
    }

    @Sendable static func costPerLead(_ input: CaseInput) throws -> [String: JSONValue] {
        [
            "costPerLead": JSONValue(
                CustomerAcquisition.costPerLead(
                    spend: try input.number("spend"), qualifiedLeads: try input.integer("qualifiedLeads")))
        ]
    }

    private static func events<Kind: RawRepresentable>(
        _ name: String, of input: CaseInput, as kind: Kind.Type
    ) throws -> [(kind: Kind, ageDays: Int)] where Kind.RawValue == String {
        try input.objects(name).map { event in
            let text = try event.text("kind")
            guard let kind = Kind(rawValue: text) else { throw CaseInput.Problem(description: "no kind \(text)") }
            return (kind, try event.integer("ageDays"))
        }
    }

    @Sendable static func lead(_ input: CaseInput) throws -> [String: JSONValue] {
        let lead = LeadScore(
            fit: input.fields["fit"] == .null ? nil : try input.number("fit"),
            touches: try events("touches", of: input, as: LeadTouch.self))
        return [
            "points": .number(lead.points), "engagement": .number(lead.engagement), "score": .number(lead.score),
            "coverage": .number(lead.coverage),
        ]
    }

    @Sendable static func advocacy(_ input: CaseInput) throws -> [String: JSONValue] {
        let score = AdvocacyScore(try events("events", of: input, as: AdvocacyKind.self))
        return ["points": .number(score.points), "score": .number(score.score)]
    }

    @Sendable static func expansion(_ input: CaseInput) throws -> [String: JSONValue] {
        let expansion = ExpansionScore(
            utilisation: try input.number("utilisation"), probabilityRise: try input.number("probabilityRise15"),
            npsMean: try input.number("npsMean"), limitHits: try input.integer("limitHits"),
            health: try input.number("score"), hasCliff: try input.boolean("cliff"),
            unownedShare: try input.number("unownedShare"))
        return ["score": .number(expansion.score)]
    }
}
