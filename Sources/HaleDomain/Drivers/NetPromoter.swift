/// Role of a person at the customer.
package enum PersonRole: String, Sendable, Hashable, CaseIterable {
    /// Decides on the purchase.
    case economicBuyer = "economic_buyer"
    /// Speaks for the product.
    case champion
    /// Runs the product.
    case admin
    /// Uses the product.
    case user
    /// Not known.
    case unknown
}

/// The latest response of one respondent.
package struct NPSResponse: Sendable, Hashable {
    /// Answer, 0 to 10.
    package var score: Int
    /// Role of the respondent.
    package var role: PersonRole
    /// Whole days since the response.
    package var ageDays: Int

    /// The latest response of one respondent.
    package init(score: Int, role: PersonRole, ageDays: Int) {
        self.score = score
        self.role = role
        self.ageDays = ageDays
    }
}

/// Shares of promoters, passives and detractors; they sum to 1.
package struct NPSShares: Sendable, Hashable {
    /// Share of promoters.
    package var promoters: Double
    /// Share of passives.
    package var passives: Double
    /// Share of detractors.
    package var detractors: Double

    /// Shares that sum to 1.
    package init(promoters: Double, passives: Double, detractors: Double) {
        self.promoters = promoters
        self.passives = passives
        self.detractors = detractors
    }

    /// The driver's value of these shares: (promoters - detractors + 1) / 2.
    package var value: Double { (promoters - detractors + 1) / 2 }
}

/// Category of a response.
package enum NPSCategory: Sendable, Hashable, CaseIterable {
    /// 9 or 10.
    case promoter
    /// 7 or 8.
    case passive
    /// 0 to 6.
    case detractor

    /// The category of a score; nil outside 0...10.
    package init?(score: Int, model: HealthModel) {
        guard (0...10).contains(score) else { return nil }
        if score >= model.netPromoter.promoterScore {
            self = .promoter
        } else {
            self = score >= model.netPromoter.passiveScore ? .passive : .detractor
        }
    }
}

/// The posterior net promoter score of an account (mathematics §1.4).
package struct NetPromoter: Sendable, Hashable {
    /// Responses counted.
    package let responses: Int
    /// Promoters minus detractors of a hundred responses, each counted once [NPS points]; nil without responses.
    package let score: Double?
    /// Sum of the responses' weights.
    package let effectiveResponses: Double
    /// Value of the driver from the data alone, in 0...1; nil without responses.
    package let x: Double?
    /// Reliability in 0...1.
    package let c: Double
    /// Reference of the driver: the value of the prior shares.
    package let mu: Double
    /// Posterior mean [NPS points, -100 to 100].
    package let mean: Double
    /// Lower end of the 90 % interval [NPS points].
    package let low90: Double
    /// Upper end of the 90 % interval [NPS points].
    package let high90: Double

    /// Reads the responses of an account against prior shares. Responses that are too old, or whose score or age
    /// cannot be, are left out.
    package static func read(
        _ responses: [NPSResponse], priorShares: NPSShares, model: HealthModel
    ) -> NetPromoter {
        let parameters = model.netPromoter
        var count = 0
        var (promoting, detracting) = (0, 0)
        var promoters = 0.0
        var passives = 0.0
        var detractors = 0.0
        for response in responses where (0...parameters.maximumAgeDays).contains(response.ageDays) {
            guard let category = NPSCategory(score: response.score, model: model) else { continue }
            let weight =
                parameters.weight(of: response.role)
                * Real.halving(Double(response.ageDays), every: parameters.halfLifeDays)
            count += 1
            switch category {
            case .promoter: (promoters, promoting) = (promoters + weight, promoting + 1)
            case .passive: passives += weight
            case .detractor: (detractors, detracting) = (detractors + weight, detracting + 1)
            }
        }
        let effective = promoters + passives + detractors
        let strength = parameters.priorResponses
        let total = effective + strength * (priorShares.promoters + priorShares.passives + priorShares.detractors)
        let positive = (promoters + strength * priorShares.promoters) / total
        let negative = (detractors + strength * priorShares.detractors) / total
        let mean = positive - negative
        let deviation = max(0, (positive + negative - mean * mean) / (total + 1)).squareRoot()
        let margin = parameters.intervalDeviations * deviation
        return NetPromoter(
            responses: count, score: count > 0 ? 100 * Double(promoting - detracting) / Double(count) : nil,
            effectiveResponses: effective,
            x: effective > 0 ? ((promoters - detractors) / effective + 1) / 2 : nil,
            c: effective / (effective + strength), mu: priorShares.value, mean: 100 * mean,
            low90: 100 * max(-1, mean - margin), high90: 100 * min(1, mean + margin))
    }
}

extension NetPromoterParameters {
    /// Weight of a response by the respondent's role.
    package func weight(of role: PersonRole) -> Double {
        switch role {
        case .economicBuyer: return economicBuyerWeight
        case .champion: return championWeight
        case .admin: return adminWeight
        case .user, .unknown: return userWeight
        }
    }
}
