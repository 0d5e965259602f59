/// Which alerts are hidden because another rule fires for the same account (delivery §1, point 9). A hidden alert lives on
/// as it would.
package enum AlertInhibition {
    /// The steps of a day with what hides each, in the order in which they came. A firing alert that nothing hides any
    /// more fires again for those who are told.
    /// - Parameter others: Open alerts of the same accounts that no rule stepped on this day; they hide too, and where
    ///   what hides them changes they come back as further steps.
    package static func apply(_ rules: [AlertRule], to steps: [AlertStep], others: [Alert] = []) -> [AlertStep] {
        let hiding = Dictionary(grouping: rules.flatMap { rule in rule.inhibits.map { (rule.name, $0) } }, by: \.1)
            .mapValues { $0.map(\.0).sorted() }
        guard
            !hiding.isEmpty || steps.contains(where: { $0.alert.inhibitedBy != nil })
                || others.contains(where: { $0.inhibitedBy != nil })
        else { return steps }
        var firing: Set<AlertKey> = []
        for alert in steps.map(\.alert) + others where alert.state == .firing { firing.insert(alert.key) }
        func hider(of key: AlertKey) -> String? {
            hiding[key.rule]?.first { firing.contains(AlertKey(account: key.account, rule: $0)) }
        }
        let stepped = steps.map {
            shown($0, hiddenBy: $0.alert.isOpen ? hider(of: $0.alert.key) : $0.alert.inhibitedBy)
        }
        let further = others.map { shown(AlertStep($0), hiddenBy: hider(of: $0.key)) }
        return stepped + zip(others, further).filter { $0.inhibitedBy != $1.alert.inhibitedBy }.map(\.1)
    }

    private static func shown(_ step: AlertStep, hiddenBy rule: String?) -> AlertStep {
        var next = step
        next.alert.inhibitedBy = rule
        if let former = step.alert.inhibitedBy, rule == nil, step.alert.state == .firing, step.transition == nil {
            next.transition = AlertTransition(.firing, .shownAgain(after: former))
        }
        return next
    }
}
