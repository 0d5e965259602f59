import Delimited
import Foundation
import HaleDomain
import HaleFiles
import HaleService
import HaleStore
import HaleTestSupport
import Testing

/// The mappings that ship with the program, on files in the layouts of the products they are for.
@Suite struct `Presets` {
    private static let root = ProjectFolder.root

    @Test(.database, arguments: PresetCase.all)
    func `an export becomes the facts it says`(_ example: PresetCase) async throws {
        let receipt = try await example.load()
        let stored = try await example.stored()
        #expect(stored == example.expected)
        #expect(receipt.skipped == example.skipped)
        #expect(receipt.rejected == 0)
        #expect(receipt.inserted == Int64(example.expected.count))
    }

    @Test func `every file in mappings is embedded, has a case here and a line in docs`() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: Self.root.appending(path: "mappings").path)
            .filter { $0.hasSuffix(".yaml") }
            .map { String($0.dropLast(".yaml".count)) }
        #expect(files.count > 15)
        let presets = try Preset.all
        #expect(Set(presets.map(\.name)) == Set(files))
        #expect(Set(PresetCase.all.map(\.preset)) == Set(files))
        let page = "docs/importing.md"
        let documentation = try String(contentsOf: Self.root.appending(path: page), encoding: .utf8)
        for preset in presets {
            #expect(documentation.contains("`\(preset.name)`"), "\(page) does not name \(preset.name)")
            #expect(ImportKind(rawValue: preset.mapping.kind) != nil, "\(preset.name)")
            // The first line of the file says which export it is for.
            #expect(preset.text.hasPrefix("# \(preset.purpose)\n"), "\(preset.name)")
            #expect(preset.purpose.count > 20, "\(preset.name)")
        }
    }

    @Test func `a preset that nobody knows is refused with the nearest ones`() {
        let problem = #expect(throws: ImportProblem.self) { try Preset.named("stripe-subscription") }
        #expect(problem?.code == .unknownPreset)
        #expect(problem?.message.contains("nearest: stripe-subscriptions, stripe-subscriptions-api") == true)
    }

    @Test(.database) func `columns that a file lacks are nothing it says, and required ones are named`() async throws {
        let database = try TestDatabase.shared.database
        try await ImportFixture.load(
            .accounts, "account_id,name,industry\nA-1,Acme,Mining\n", into: database)
        let mapping = try Preset.named("salesforce-accounts").mapping
        try await ImportFixture.load(.accounts, "Id,Name,Type\nA-1,Acme,Partner\n", into: database) {
            $0.mapping = mapping
        }
        #expect(try await StoredFacts.accounts() == ["A-1|Acme|Partner|-|-|Mining|-|-|-"])
        let lines = try await ImportFixture("Id,Type\nA-2,Partner\n").refusal(.accounts, into: database) {
            $0.mapping = mapping
        }
        #expect(lines.count == 1)
        #expect(lines.first?.contains("name: ") == true)
        #expect(lines.first?.contains("has no column Name or Account Name") == true)
    }
}
