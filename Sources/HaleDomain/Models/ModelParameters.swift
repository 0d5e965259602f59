extension ModelParameter {
    /// Every constant of a model, in the order of a model file.
    package static let all: [ModelParameter] =
        composition + level + trend + seats + recency + champion + breadth + netPromoter + sentiment + contract
        + support + billing + feeds
        + portfolio + smoothing + bands + exceptions

    /// The names of the sections, in the order of a model file.
    package static let sections: [String] = all.reduce(into: []) { names, parameter in
        if names.last != parameter.section { names.append(parameter.section) }
    }

    private static let composition: [ModelParameter] = [
        .number(
            ("composition", "rescale"), \.composition.rescale, 0...1, "",
            "missing data: 0 fills gaps with the reference, 1 drops and reweights"),
        .number(
            ("composition", "minimum_coverage"), \.composition.minimumCoverage, 0.01...1, "share of the weight",
            "known share below which an account is not scored"),
    ]

    private static let seats: [ModelParameter] = [
        .number(
            ("seats", "target"), \.seats.target, 0.01...1, "share", "share of the seats in use that is worth all points"
        ),
        .number(
            ("seats", "prior_seats"), \.seats.priorSeats, 0...1e6, "seats", "seats at which reliability is one half"),
    ]

    private static let recency: [ModelParameter] = [
        .integer(
            ("recency", "lookback_days"), \.recency.lookbackDays, 126...364, "days", "days of activity that are read"),
        .integer(
            ("recency", "baseline_days"), \.recency.baselineDays, 5...120, "business days",
            "longest baseline before the silence"),
        .integer(
            ("recency", "minimum_baseline_days"), \.recency.minimumBaselineDays, 1...120, "business days",
            "baseline below which there is no reading"),
        .integer(
            ("recency", "dormant_baseline_days"), \.recency.dormantBaselineDays, 1...120, "business days",
            "baseline from which no activity at all means dormant"),
        .integer(
            ("recency", "maximum_silence_days"), \.recency.maximumSilenceDays, 7...364, "days",
            "silence beyond which an account is dormant"),
        .number(
            ("recency", "activity_cap"), \.recency.activityCap, 0.01...0.99, "probability",
            "greatest chance of activity on a day"),
        .number(
            ("recency", "silence_limit"), \.recency.silenceLimit, 1e-12...0.5, "probability",
            "probability of silence worth 0, and below which silence is a cliff"),
        .integer(
            ("recency", "cliff_silent_days"), \.recency.cliffSilentDays, 1...120, "business days",
            "least silence of a cliff"),
        .number(
            ("recency", "prior_days"), \.recency.priorDays, 0...1000, "business days",
            "baseline at which reliability is one half"),
    ]

    private static let champion: [ModelParameter] = [
        .number(
            ("champion", "silent_value"), \.champion.silentValue, 0...1, "value",
            "value of the driver below which a silence is unlike the champion"),
        .integer(
            ("champion", "silent_days"), \.champion.silentDays, 1...120, "business days",
            "least silence of a champion that is told to rules"),
    ]

    private static let breadth: [ModelParameter] = [
        .number(
            ("breadth", "target"), \.breadth.target, 0.01...1, "share",
            "share of the key features in use that is worth all points"),
        .integer(
            ("breadth", "minimum_key_features"), \.breadth.minimumKeyFeatures, 1...1000, "features",
            "key features below which there is no reading"),
        .integer(
            ("breadth", "minimum_age_days"), \.breadth.minimumAgeDays, 0...3650, "days",
            "account age below which there is no reading"),
        .integer(
            ("breadth", "window_days"), \.breadth.windowDays, 1...365, "days",
            "days over which used features are counted"),
    ]

    private static let sentiment: [ModelParameter] = [
        .integer(("sentiment", "valid_days"), \.sentiment.validDays, 1...3650, "days", "age up to which it counts"),
        .integer(("sentiment", "worst"), \.sentiment.worst, 1...5, "", "the answer worth nothing"),
        .integer(("sentiment", "best"), \.sentiment.best, 1...5, "", "the answer worth all points"),
    ]

    private static let support: [ModelParameter] = [
        .number(("support", "priority1_load"), \.support.priority1Load, 0...1000, "", "load of an open p1 ticket"),
        .number(("support", "priority2_load"), \.support.priority2Load, 0...1000, "", "load of an open p2 ticket"),
        .number(("support", "priority3_load"), \.support.priority3Load, 0...1000, "", "load of an open p3 ticket"),
        .number(("support", "halving_load"), \.support.halvingLoad, 0.01...1e6, "", "load that halves the value"),
    ]

    private static let billing: [ModelParameter] = [
        .number(
            ("billing", "halving_days"), \.billing.halvingDays, 0.01...3650, "days", "days overdue that halve the value"
        )
    ]

    private static let feeds: [ModelParameter] = [
        .integer(("feeds", "half_life_days"), \.feeds.halfLifeDays, 1...3650, "days", "age that halves reliability"),
        .integer(("feeds", "dead_days"), \.feeds.deadDays, 1...3650, "days", "age beyond which a feed is dead"),
    ]

    private static let smoothing: [ModelParameter] = [
        .number(
            ("smoothing", "half_life_days"), \.smoothing.halfLifeDays, 0.01...3650, "days",
            "half-life of the smoothed score"),
        .number(
            ("smoothing", "drop_points"), \.smoothing.dropPoints, 0...100, "points",
            "fall below the smoothed score that is followed at once if it lasts"),
        .integer(
            ("smoothing", "drop_runs"), \.smoothing.dropRuns, 1...100, "runs", "consecutive runs such a fall must last"),
    ]

    private static let bands: [ModelParameter] = [
        .number(("bands", "amber_from"), \.bands.amberFrom, 0...100, "points", "least score of amber"),
        .number(("bands", "green_from"), \.bands.greenFrom, 0...100, "points", "least score of green"),
        .number(
            ("bands", "deadband"), \.bands.deadband, 0...50, "points", "distance beyond an edge at which a band is left"
        ),
        .number(("bands", "upgrade_days"), \.bands.upgradeDays, 0...3650, "days", "least stay before an upgrade"),
        .number(
            ("bands", "expiry_days"), \.bands.expiryDays, 0...3650, "days",
            "days on the other side of an edge after which the deadband no longer holds"),
    ]

    private static let exceptions: [ModelParameter] = [
        .cap("notice_given_cap", \.exceptions.noticeGivenCap, "highest band under notice of non-renewal"),
        .cap("detractor_cap", \.exceptions.detractorCap, "highest band with a recent detractor who decides"),
        .cap("champion_left_cap", \.exceptions.championLeftCap, "highest band when every champion has left"),
        .cap("cliff_cap", \.exceptions.cliffCap, "highest band after a usage cliff"),
        .integer(
            ("exceptions", "detractor_days"), \.exceptions.detractorDays, 0...730, "days",
            "age up to which a deciding detractor counts"),
        .integer(
            ("exceptions", "detractor_score"), \.exceptions.detractorScore, 0...10, "NPS answer",
            "greatest answer of a detractor"),
    ]
}
