extension ModelParameter {
    static let level: [ModelParameter] = [
        .number(
            ("level", "minimum_exposure"), \.level.minimumExposure, 0...84, "business days",
            "observed days below which there is no level"),
        .integer(
            ("level", "young_days"), \.level.youngDays, 0...3650, "days",
            "age below which an account is compared with young ones"),
        .integer(
            ("level", "minimum_accounts"), \.level.minimumAccounts, 2...1_000_000, "accounts",
            "peers below which a wider group is taken"),
        .number(
            ("level", "deviation_low"), \.level.deviationLow, 0.01...10, "log ratio",
            "least standard deviation of the peers' rates"),
        .number(
            ("level", "deviation_high"), \.level.deviationHigh, 0.01...10, "log ratio",
            "greatest standard deviation of the peers' rates"),
    ]

    static let trend: [ModelParameter] = [
        .integer(
            ("trend", "window_days"), \.trend.windowDays, 7...84, "days",
            "recent and prior window, and the prior window of the fast trend"),
        .integer(("trend", "fast_window_days"), \.trend.fastWindowDays, 1...84, "days", "recent window, fast trend"),
        .integer(
            ("trend", "baseline_weeks"), \.trend.baselineWeeks, 2...26, "weeks",
            "weeks before the recent window that give the dispersion"),
        .number(
            ("trend", "prior_deviation"), \.trend.priorDeviation, 0.01...5, "log ratio",
            "standard deviation of the prior of the rate ratio"),
        .number(
            ("trend", "autocorrelation"), \.trend.autocorrelation, 0...100, "factor",
            "noise added because one week resembles the next"),
        .number(("trend", "slope"), \.trend.slope, 0...10, "value per log ratio", "slope of the driver's value"),
        .number(
            ("trend", "minimum_reliability"), \.trend.minimumReliability, 1e-6...1, "",
            "least reliability of a trend that can be computed"),
        .number(
            ("trend", "minimum_prior_exposure"), \.trend.minimumPriorExposure, 0...84, "business days",
            "prior window below which there is no trend"),
        .integer(
            ("trend", "minimum_age_days"), \.trend.minimumAgeDays, 0...3650, "days",
            "account age below which there is no trend"),
        .number(
            ("trend", "dispersion_prior_weeks"), \.trend.dispersionPriorWeeks, 0...1000, "weeks",
            "weight of the portfolio's dispersion against the account's"),
        .number(
            ("trend", "dispersion_default"), \.trend.dispersionDefault, 1e-6...10, "",
            "dispersion of the portfolio where too few accounts are known"),
        .number(("trend", "dispersion_low"), \.trend.dispersionLow, 1e-6...10, "", "least dispersion"),
        .number(("trend", "dispersion_high"), \.trend.dispersionHigh, 1e-6...10, "", "greatest dispersion"),
        .integer(
            ("trend", "dispersion_minimum_weeks"), \.trend.dispersionMinimumWeeks, 2...26, "weeks",
            "baseline below which the portfolio's dispersion is used alone"),
        .number(("trend", "decline_ratio"), \.trend.declineRatio, 0.01...1, "ratio", "fall that is a decline"),
        .number(("trend", "decline_on"), \.trend.declineOn, 0...1, "probability", "at which decline is flagged"),
        .number(("trend", "decline_off"), \.trend.declineOff, 0...1, "probability", "below which it is not any more"),
        .number(
            ("trend", "cliff_ratio"), \.trend.cliffRatio, 0.01...1, "ratio", "fall in the fast trend that is a cliff"),
        .number(("trend", "cliff_on"), \.trend.cliffOn, 0...1, "probability", "at which a cliff is flagged"),
        .number(("trend", "cliff_off"), \.trend.cliffOff, 0...1, "probability", "below which it is not any more"),
        .number(("trend", "rise_ratio"), \.trend.riseRatio, 1...100, "ratio", "growth that is a rise"),
        .number(("trend", "rise_on"), \.trend.riseOn, 0...1, "probability", "at which a rise is flagged"),
        .number(("trend", "rise_off"), \.trend.riseOff, 0...1, "probability", "below which it is not any more"),
        .number(
            ("trend", "named_share"), \.trend.namedShare, 0...1, "share",
            "usage rows that must name a person for person-days to be counted"),
        .integer(
            ("trend", "named_share_days"), \.trend.namedShareDays, 1...364, "days",
            "days over which that share is taken"),
    ]

    static let netPromoter: [ModelParameter] = [
        .number(("nps", "half_life_days"), \.netPromoter.halfLifeDays, 1...3650, "days", "half-life of a response"),
        .integer(
            ("nps", "maximum_age_days"), \.netPromoter.maximumAgeDays, 1...730, "days",
            "age beyond which a response is ignored"),
        .number(
            ("nps", "prior_responses"), \.netPromoter.priorResponses, 0.01...1000, "responses",
            "responses the prior counts for"),
        .shares(
            ("nps", "prior_shares"), \.netPromoter.priorShares,
            "promoters, passives and detractors until the portfolio has its own"),
        .integer(
            ("nps", "minimum_portfolio_responses"), \.netPromoter.minimumPortfolioResponses, 1...1_000_000, "responses",
            "from which the portfolio's own shares are the prior"),
        .integer(("nps", "promoter_score"), \.netPromoter.promoterScore, 1...10, "NPS answer", "least of a promoter"),
        .integer(("nps", "passive_score"), \.netPromoter.passiveScore, 0...10, "NPS answer", "least of a passive"),
        .number(
            ("nps", "economic_buyer_weight"), \.netPromoter.economicBuyerWeight, 0...100, "",
            "weight of an economic buyer's response"),
        .number(("nps", "champion_weight"), \.netPromoter.championWeight, 0...100, "", "weight of a champion's"),
        .number(("nps", "admin_weight"), \.netPromoter.adminWeight, 0...100, "", "weight of an administrator's"),
        .number(("nps", "user_weight"), \.netPromoter.userWeight, 0...100, "", "weight of anybody else's"),
        .number(
            ("nps", "interval_deviations"), \.netPromoter.intervalDeviations, 0...10, "standard deviations",
            "on each side of the shown interval"),
    ]

    static let contract: [ModelParameter] = [
        .integer(
            ("contract", "default_notice_days"), \.contract.defaultNoticeDays, 30...30, "days",
            "notice period where the contract names none"),
        .integer(
            ("contract", "short_term_months"), \.contract.shortTermMonths, 3...3, "months",
            "shorter terms have no notice period by default"),
        .number(
            ("contract", "window_open_value"), \.contract.windowOpenValue, 0...1, "value",
            "value while the notice window is open and nothing is signed"),
        .number(
            ("contract", "past_due_value"), \.contract.pastDueValue, 0...1, "value", "value on the first day past due"),
        .number(
            ("contract", "past_due_days"), \.contract.pastDueDays, 0.01...3650, "days",
            "days past due at which that value has fallen to 0"),
        .integer(
            ("contract", "lapsed_days"), \.contract.lapsedDays, 1...3650, "days",
            "days past due beyond which a contract has lapsed"),
        .number(("contract", "urgency_peak"), \.contract.urgencyPeak, 1...100, "factor", "urgency at the decision"),
        .number(
            ("contract", "urgency_half_life_days"), \.contract.urgencyHalfLifeDays, 0.01...3650, "days",
            "days before the decision at which half of the added urgency is left"),
        .number(
            ("contract", "settled_urgency"), \.contract.settledUrgency, 0...100, "factor",
            "urgency once signed or locked in"),
        .integer(
            ("contract", "evergreen_decision_days"), \.contract.evergreenDecisionDays, 0...3650, "days",
            "days to the decision of a contract without end"),
    ]

    static let portfolio: [ModelParameter] = [
        .integer(
            ("portfolio", "minimum_accounts"), \.portfolio.minimumAccounts, 1...1_000_000, "accounts",
            "below which ratios, week index and dispersion keep their defaults"),
        .integer(
            ("portfolio", "minimum_age_days"), \.portfolio.minimumAgeDays, 0...3650, "days", "only older accounts count"
        ),
        .integer(
            ("portfolio", "minimum_baseline_count"), \.portfolio.minimumBaselineCount, 0...1_000_000, "counts",
            "only accounts with as many in the baseline count"),
        .integer(
            ("portfolio", "minimum_prior_count"), \.portfolio.minimumPriorCount, 0...1_000_000, "counts",
            "only accounts with as many in the prior window enter a ratio"),
        .number(("portfolio", "ratio_low"), \.portfolio.ratioLow, 0.01...1, "ratio", "least ratio of the portfolio"),
        .number(
            ("portfolio", "ratio_high"), \.portfolio.ratioHigh, 1...100, "ratio", "greatest ratio of the portfolio"),
        .number(
            ("portfolio", "week_index_low"), \.portfolio.weekIndexLow, 0.01...1, "index",
            "least index a week's count is divided by"),
        .number(
            ("portfolio", "week_index_high"), \.portfolio.weekIndexHigh, 1...100, "index",
            "greatest index a week's count is divided by"),
        .number(
            ("portfolio", "weekend_weight"), \.portfolio.weekendWeight, 0...10, "business days",
            "usage on a weekend day, until it is known"),
        .number(
            ("portfolio", "outage_index"), \.portfolio.outageIndex, 0...1, "share of a week",
            "usage of the last seven days below which tracking is taken to be broken"),
        .integer(
            ("portfolio", "outage_minimum_accounts"), \.portfolio.outageMinimumAccounts, 1...1_000_000, "accounts",
            "below which a fall of all usage is not taken for broken tracking"),
    ]
}
