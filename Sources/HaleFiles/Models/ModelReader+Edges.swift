import HaleDomain

extension ModelReader {
    /// Notes what does not fit together.
    func checkEdges() {
        checkDrivers()
        let bands = model.bands
        if bands.amberFrom >= bands.greenFrom {
            overlap(
                "bands.green_from", "bands.amber_from",
                "the bands overlap: amber begins at \(text("bands.amber_from")) and green at \(text("bands.green_from"))"
            )
        } else if 2 * bands.deadband > bands.greenFrom - bands.amberFrom {
            overlap(
                "bands.deadband", "bands.green_from",
                "the bands overlap: a deadband of \(text("bands.deadband")) on both edges leaves nothing of amber")
        }
        for flag in ["decline", "cliff", "rise"] { ordered("trend.\(flag)_off", "trend.\(flag)_on") }
        ordered("trend.dispersion_low", "trend.dispersion_high")
        ordered("trend.dispersion_low", "trend.dispersion_default")
        ordered("trend.dispersion_default", "trend.dispersion_high")
        ordered("level.deviation_low", "level.deviation_high")
        ordered("nps.passive_score", "nps.promoter_score")
        ordered("recency.minimum_baseline_days", "recency.dormant_baseline_days")
        ordered("recency.dormant_baseline_days", "recency.baseline_days")
        ordered("recency.maximum_silence_days", "recency.lookback_days")
        ordered("trend.named_share_days", "recency.lookback_days")
        let trend = model.trend
        let read = trend.windowDays + max(trend.windowDays, 7 * trend.baselineWeeks, trend.fastWindowDays)
        if read > model.recency.lookbackDays {
            overlap(
                "recency.lookback_days", "trend.baseline_weeks",
                "the trend looks back \(read) days, more than the lookback_days of \(model.recency.lookbackDays)")
        }
        if model.sentiment.worst >= model.sentiment.best {
            overlap("sentiment.best", "sentiment.worst", "the worst sentiment must lie below the best")
        }
    }

    private func checkDrivers() {
        var seen: Set<DriverKind> = []
        for driver in model.drivers where driver.kind != .measure && !seen.insert(driver.kind).inserted {
            reader.note(
                .badValue, places[driver.fullName],
                "two drivers are of kind \(driver.kind.keyword): only measures may be several")
        }
    }

    /// A problem unless one constant is at most another.
    private func ordered(_ low: String, _ high: String) {
        func number(_ name: String) -> Double {
            switch ModelParameter.all.first(where: { $0.name == name })?.value(in: model) {
            case .number(let value): value
            case .integer(let value): Double(value)
            default: 0
            }
        }
        guard number(low) > number(high) else { return }
        overlap(high, low, "\(low) of \(text(low)) lies above the \(high) of \(text(high))")
    }

    private func overlap(_ name: String, _ other: String, _ message: String) {
        reader.note(.overlap, places[name] ?? places[other], message)
    }

    private func text(_ name: String) -> String {
        ModelParameter.all.first { $0.name == name }?.value(in: model).text ?? ""
    }
}
