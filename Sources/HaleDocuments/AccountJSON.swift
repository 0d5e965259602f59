package import HaleDomain
package import HaleOutput
package import HaleStore

extension AccountHealth {
    /// The account as one JSON object; the keys are a contract.
    package var json: JSONValue {
        [
            "accountId": .string(accountID), "name": .string(name), "segment": .init(segment), "csm": .init(csm),
            "coveredCsm": .init(cover?.csm), "coveredUntil": .init(cover?.untilOn.description),
            "arr": arrMinor.flatMap { minor in currency.map { JSONValue.money(minor: minor, currency: $0) } } ?? .null,
            "arrNote": .init(arrNote),
            "seats": .init(seats), "liveContracts": .init(liveContracts), "renewsOn": .init(renewsOn?.description),
            "daysToRenewal": .init(daysToRenewal), "contractState": .string(contractState.rawValue),
            "events28d": .init(events28d), "quantity28d": .init(quantity28d),
            "priorEvents28d": .init(priorEvents28d), "activeDays28d": .init(activeDays28d),
            "activePeople28d": .init(activePeople28d), "lastActiveOn": .init(lastActiveOn?.description),
            "nps": .init(nps), "npsEstimate": .init(npsEstimate), "npsEstimateLow90": .init(npsEstimateLow90),
            "npsEstimateHigh90": .init(npsEstimateHigh90), "npsResponses": .init(npsResponses),
            "openTickets": .init(openTickets),
            "score": .init(score), "smoothedScore": .init(smoothedScore), "band": .init(band?.rawValue),
            "computedBand": .init(computedBand?.rawValue),
            "reasons": reasons.map { .array($0.map { .string($0.rawValue) }) } ?? .null, "coverage": .init(coverage),
            "scoreChange7d": .init(scoreChange7d), "override": override?.json ?? .null,
            "staleSince": .init(staleSince?.description),
        ]
    }
}

extension AccountCover {
    /// The absence in a few words.
    package var sentence: String { "covering for \(csm) until \(untilOn)" }
}

extension ScoreExplanation {
    /// What `hale accounts show` adds to the account.
    package var jsonMembers: [JSONValue.Member] {
        [
            .init("baseline", .number(baseline)), .init("clip", .number(clip)), .init("low", .number(low)),
            .init("high", .number(high)), .init("smoothedBaseline", .number(smoothedBaseline)),
            .init("smoothedClip", .number(smoothedClip)), .init("model", .string(model)),
            .init("urgency", .number(urgency)), .init("daysToDecision", .init(daysToDecision)),
            .init("scoredAt", .string(scoredAt)), .init("scoredBecause", .init(runReason)),
            .init("staleFeeds", .array(staleFeeds.map { .string($0.rawValue) })),
            .init("drivers", .array(drivers.map(\.json))),
        ]
    }

    /// The same keys where the day was not scored.
    package static let missingMembers: [JSONValue.Member] =
        [
            "baseline", "clip", "low", "high", "smoothedBaseline", "smoothedClip", "model", "urgency", "daysToDecision",
            "scoredAt", "scoredBecause",
        ]
        .map { .init($0, .null) } + [.init("staleFeeds", .array([])), .init("drivers", .array([]))]
}

extension ScoreExplanation.Driver {
    package var json: JSONValue {
        [
            "driver": .string(name), "dimension": .string(String(name.prefix { $0 != "." })),
            "x": .init(x), "c": .number(c), "mu": .number(mu), "points": .number(points),
            "smoothedPoints": .number(smoothedPoints), "text": .string(text),
        ]
    }
}

extension JudgementStore.GivenPulse {
    /// The pulse in words.
    package func sentence(asOf day: Day) -> String {
        "\(value) of 5 on \(givenOn)\(givenBy.map { " by \($0)" } ?? "")\(note.map { ": \($0)" } ?? "")"
            + (day <= validUntil ? "" : " (no longer counts)")
    }

    package var json: JSONValue {
        [
            "value": .init(value), "note": .init(note), "by": .init(givenBy),
            "givenOn": .string(givenOn.description), "validUntil": .string(validUntil.description),
        ]
    }
}

extension JudgementStore.Note {
    package var json: JSONValue {
        ["note": .string(text), "by": .init(notedBy), "notedOn": .string(notedOn.description)]
    }
}

extension DataGap {
    package var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "drivers": .array(drivers.map { .string($0) }), "weight": .number(weight),
            "text": .string(text),
        ]
    }
}
