// swift-tools-version: 6.2
import PackageDescription

/// Every target is built with the same strictness; a warning is an error everywhere.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "hale",
    products: [.executable(name: "hale", targets: ["hale"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // The command line: parses, joins live things, prints.
        .executableTarget(
            name: "hale",
            dependencies: [
                "HaleDocuments", "HaleOutput", "HaleWeb", "HaleDelivery", "HaleDemo", "HaleService", "HaleFiles",
                "Delimited", "HaleStore", "PrivateServer", "HaleDomain", "Postgres",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: settings),
        // What is answered over HTTP.
        .target(
            name: "HaleWeb",
            dependencies: [
                "HaleService", "HaleStore", "HaleDomain",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        // What a list, an account or a forecast says, for the command line, programs and pages alike.
        .target(
            name: "HaleDocuments",
            dependencies: [
                "HaleOutput", "HaleDelivery", "HaleService", "HaleFiles", "Delimited", "HaleStore", "PrivateServer",
                "HaleDomain",
            ], swiftSettings: settings),
        // Documents, tables and pictures as text, JSON, CSV and Markdown.
        .target(name: "HaleOutput", swiftSettings: settings),
        // The stages: import, score, alerts, tasks, forecast, retention; and the day that runs them.
        .target(
            name: "HaleService",
            dependencies: [
                "HaleStore", "HaleFiles", "Delimited", "HaleDomain", "Postgres",
                .product(name: "Crypto", package: "swift-crypto"), .product(name: "Yams", package: "Yams"),
            ], swiftSettings: settings),
        // From the outbox to webhooks and mail servers.
        .target(
            name: "HaleDelivery",
            dependencies: [
                "HaleStore", "HaleFiles", "PrivateServer", "HaleDomain", "Postgres", "CCurl",
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ], swiftSettings: settings),
        // The made-up company.
        .target(name: "HaleDemo", dependencies: ["HaleDomain"], swiftSettings: settings),
        // The files that people edit: models, rules, playbooks, receivers, mappings.
        .target(
            name: "HaleFiles",
            dependencies: [
                "Delimited", "PrivateServer", "HaleDomain", "HaleAlerts", "HaleMappings", "HaleModels",
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "Yams", package: "Yams"),
            ], swiftSettings: settings),
        // Delimited text and JSON: encodings, dialects, dates, numbers.
        .target(
            name: "Delimited",
            dependencies: ["HaleDomain", "CZlib", .product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: settings),
        // Binds, runs and decodes the SQL; migrations.
        .target(
            name: "HaleStore",
            dependencies: [
                "Postgres", "PrivateServer", "HaleSQL", "HaleDomain", .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: settings),
        // A PostgreSQL of one's own: finding the programs, initialising, starting and stopping it.
        .target(
            name: "PrivateServer",
            dependencies: [
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "SystemPackage", package: "swift-system"),
            ], swiftSettings: settings),
        .target(name: "HaleDomain", swiftSettings: settings),
        .target(name: "Postgres", dependencies: ["CPostgres"], swiftSettings: settings),
        .target(
            name: "HaleSQL", path: "sql",
            exclude: [
                "accounts",
                "alerts",
                "delivery",
                "economics",
                "features",
                "forecast",
                "import",
                "knowledge",
                "models",
                "people",
                "retention",
                "schema",
                "score",
                "server",
                "tasks",
                "usage",
                "views",
            ],
            sources: ["SQL.swift"], swiftSettings: settings, plugins: ["EmbedTexts"]),
        // The rules and playbooks that ship with the program, and their tests.
        .target(
            name: "HaleAlerts", path: "alerts", exclude: ["tests", "rules", "playbooks"], sources: ["AlertText.swift"],
            swiftSettings: settings, plugins: ["EmbedTexts"]),
        // The column mappings that ship with the program.
        .target(
            name: "HaleMappings", path: "mappings", sources: ["MappingText.swift"], swiftSettings: settings,
            plugins: ["EmbedTexts"]),
        // The health models that ship with the program, and their tests.
        .target(
            name: "HaleModels", path: "models", exclude: ["tests", "0.1"], sources: ["ModelText.swift"],
            swiftSettings: settings, plugins: ["EmbedTexts"]),
        .plugin(name: "EmbedTexts", capability: .buildTool(), dependencies: ["embed-texts"]),
        .executableTarget(name: "embed-texts", swiftSettings: settings),
        // What `make bench` times of the mathematics alone; not a product.
        .executableTarget(
            name: "mathematics-benchmark", dependencies: ["HaleDomain"], path: "Benchmarks/Mathematics",
            swiftSettings: settings),
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),

        .target(
            name: "HaleTestSupport",
            dependencies: [
                "HaleDelivery", "HaleDemo", "HaleFiles", "Delimited", "HaleStore", "PrivateServer", "HaleSQL",
                "HaleDomain",
                "Postgres",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
            ], path: "Tests/HaleTestSupport", swiftSettings: settings),
        .testTarget(name: "PostgresTests", dependencies: ["Postgres"], swiftSettings: settings),
        .testTarget(
            name: "PrivateServerTests", dependencies: ["PrivateServer", "HaleTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "HaleDomainTests", dependencies: ["HaleDomain"], resources: [.copy("Fixtures")],
            swiftSettings: settings),
        .testTarget(
            name: "HaleStoreTests",
            dependencies: ["HaleStore", "PrivateServer", "HaleSQL", "HaleDomain", "Postgres", "HaleTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "DelimitedTests", dependencies: ["Delimited", "HaleFiles", "HaleDomain", "HaleTestSupport"],
            resources: [.copy("Cases")], swiftSettings: settings),
        .testTarget(
            name: "HaleFilesTests", dependencies: ["HaleFiles", "Delimited", "HaleDomain", "HaleTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "HaleDemoTests", dependencies: ["HaleDemo", "HaleDomain", "HaleTestSupport"], swiftSettings: settings),
        .testTarget(
            name: "HaleServiceTests",
            dependencies: [
                "HaleService", "HaleDelivery", "HaleDemo", "HaleFiles", "Delimited", "HaleStore", "HaleDomain",
                "Postgres", "HaleTestSupport",
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ], swiftSettings: settings),
        .testTarget(
            name: "HaleDeliveryTests",
            dependencies: [
                "HaleDelivery", "HaleService", "HaleFiles", "HaleStore", "HaleDomain", "Postgres", "HaleTestSupport",
            ], swiftSettings: settings),
        .testTarget(
            name: "HaleWebTests",
            dependencies: [
                "HaleWeb", "HaleService", "HaleStore", "HaleTestSupport", "Postgres",
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ], swiftSettings: settings),
        .testTarget(
            name: "HaleOutputTests", dependencies: ["HaleOutput", "HaleDomain", "HaleTestSupport"],
            swiftSettings: settings),
        .testTarget(
            name: "haleTests",
            dependencies: [
                "hale", "HaleDocuments", "HaleDomain", "HaleOutput", "HaleTestSupport", "HaleStore", "PrivateServer",
                "Postgres",
            ], exclude: ["Cases"], swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
