import HaleDomain
import HaleOutput
import Testing

@Suite struct `Mathematics against the file of cases` {
    @Test(arguments: MathematicsFunctions.built.keys.sorted())
    func `every case of a built function gives the expected values`(function: String) throws {
        let evaluate = try #require(MathematicsFunctions.built[function])
        let cases = try MathematicsCases.load().filter { $0.function == function }
        #expect(!cases.isEmpty, "no case of \(function)")
        for (index, example) in cases.enumerated() {
            let actual = JSONValue.object(try evaluate(example.input))
            let difference = example.expected.difference(from: actual, tolerance: example.tolerance)
            #expect(difference == nil, "\(function), case \(index)")
        }
    }

    @Test func `every function of the file is built`() throws {
        #expect(Set(try MathematicsCases.load().map(\.function)) == Set(MathematicsFunctions.built.keys))
    }
}
