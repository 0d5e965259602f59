/// A feature of the made-up product.
struct DemoFeature {
    let name: String
    let isKey: Bool
    let product: String

    /// All features, the best known first.
    static let all = [
        DemoFeature("board", isKey: true), DemoFeature("task_comment", isKey: true),
        DemoFeature("timeline", isKey: true), DemoFeature("search"), DemoFeature("document"),
        DemoFeature("goal", isKey: true), DemoFeature("report", isKey: true), DemoFeature("calendar_sync", isKey: true),
        DemoFeature("mobile_app"), DemoFeature("automation", isKey: true), DemoFeature("workload", isKey: true),
        DemoFeature("export"), DemoFeature("template"),
        DemoFeature("insights_dashboard", product: DemoContract.addOnProduct),
        DemoFeature("insights_scenario", product: DemoContract.addOnProduct),
    ]

    private init(_ name: String, isKey: Bool = false, product: String = DemoContract.mainProduct) {
        self.name = name
        self.isKey = isKey
        self.product = product
    }
}
