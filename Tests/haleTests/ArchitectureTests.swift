import Foundation
import HaleTestSupport
import Testing

/// The layering: which module may import which, and where unsafe code may stand.
@Suite struct `The architecture` {
    private static let root = ProjectFolder.root

    private static let allowed: [String: Set<String>] = [
        "hale": [
            "ArgumentParser", "Delimited", "Foundation", "HaleDelivery", "HaleDemo", "HaleDocuments", "HaleDomain",
            "HaleFiles", "HaleOutput", "HaleService", "HaleStore", "HaleWeb", "Logging", "Postgres", "PrivateServer",
            "ServiceLifecycle", "Synchronization", "UnixSignals", "Yams",
        ],
        "HaleWeb": [
            "HaleDomain", "HaleService", "HaleStore", "Hummingbird", "HummingbirdCore", "Logging", "NIOCore",
            "NIOHTTPTypes", "ServiceLifecycle",
        ],
        "HaleDocuments": [
            "Delimited", "Foundation", "HaleDelivery", "HaleDomain", "HaleFiles", "HaleOutput", "HaleService",
            "HaleStore", "PrivateServer",
        ],
        "HaleOutput": ["FoundationEssentials"],
        "HaleService": [
            "Crypto", "Delimited", "Foundation", "FoundationEssentials", "HaleDomain", "HaleFiles", "HaleStore",
            "Postgres", "Synchronization", "Yams",
        ],
        "HaleDelivery": [
            "AsyncHTTPClient", "CCurl", "Crypto", "Foundation", "HaleDomain", "HaleFiles", "HaleStore", "NIOCore",
            "NIOHTTP1", "NIOPosix", "NIOSSL", "Postgres", "PrivateServer", "ServiceLifecycle", "Synchronization",
        ],
        "HaleDemo": ["Foundation", "HaleDomain"],
        "HaleFiles": [
            "Delimited", "Foundation", "HaleAlerts", "HaleDomain", "HaleMappings", "HaleModels", "Mustache",
            "PrivateServer", "Yams",
        ],
        "Delimited": ["CZlib", "Crypto", "Foundation", "HaleDomain"],
        "HaleStore": [
            "Crypto", "Foundation", "FoundationEssentials", "HaleDomain", "HaleSQL", "Postgres", "PrivateServer",
            "Synchronization",
        ],
        "PrivateServer": ["Crypto", "FoundationEssentials", "Glibc", "Synchronization", "SystemPackage"],
        "HaleDomain": ["Glibc", "Musl", "Darwin"],
        "Postgres": ["CPostgres", "Dispatch", "Synchronization", "Glibc"],
        "embed-texts": ["Foundation"],
    ]

    private static func swiftFiles(below folder: String) throws -> [String] {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
        return paths.filter { $0.hasSuffix(".swift") }.map { "\(folder)/\($0)" }.sorted()
    }

    private static func imports(of file: String) throws -> [String] {
        try String(contentsOf: root.appending(path: file), encoding: .utf8).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ").map(String.init)
            guard let index = words.firstIndex(of: "import"), index + 1 < words.count,
                words[..<index].allSatisfy({
                    $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0)
                })
            else { return nil }
            return words[index + 1].split(separator: ".").first.map(String.init)
        }
    }

    @Test func `every source folder has a line in the list of arrows`() throws {
        let folders = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "Sources").path)
            .filter { !["CCurl", "CPostgres", "CZlib"].contains($0) }
        #expect(Set(folders) == Set(Self.allowed.keys))
    }

    @Test(arguments: allowed.keys.sorted())
    func `a module imports only what stands below it`(module: String) throws {
        let files = try Self.swiftFiles(below: "Sources/\(module)")
        #expect(!files.isEmpty)
        for file in files {
            for name in try Self.imports(of: file) {
                #expect(Self.allowed[module]?.contains(name) == true, "\(file) imports \(name)")
            }
        }
    }

    @Test func `unsafe code stands in Postgres, in the calls to the operating system, to zlib and to libcurl`() throws {
        let calls = [
            "Files", "Hosts", "Paths", "Programs", "Servers", "Sockets", "StandardStreams", "Starting", "Terminal",
            "Users",
        ].map { "Sources/PrivateServer/OperatingSystem+\($0).swift" }
        let places = calls + ["Sources/Delimited/Gunzip.swift", "Sources/HaleDelivery/Mail/MailExchange.swift"]
        let files = try Self.swiftFiles(below: "Sources").filter { !$0.hasPrefix("Sources/Postgres/") }
        for file in files where !places.contains(file) {
            let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
            for line in text.split(separator: "\n") where !line.drop(while: \.isWhitespace).hasPrefix("//") {
                #expect(
                    !line.contains("unsafe ") && !line.contains("@unsafe") && !line.contains("@safe"),
                    "\(file): \(line)")
            }
        }
    }

    @Test func `the domain reads no clock, environment or random source and awaits nothing`() throws {
        let forbidden = [
            "Date()", "ProcessInfo", ".random(", "ContinuousClock", " async ", "FileManager", "SystemRandom",
        ]
        for file in try Self.swiftFiles(below: "Sources/HaleDomain") {
            let text = try String(contentsOf: Self.root.appending(path: file), encoding: .utf8)
            for word in forbidden { #expect(!text.contains(word), "\(file) contains \(word)") }
        }
    }
}
