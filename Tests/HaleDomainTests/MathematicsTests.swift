import HaleDomain
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

    @Test func `every function of the file is built or on the list of those that are not`() throws {
        let named = Set(try MathematicsCases.load().map(\.function))
        let known = Set(MathematicsFunctions.built.keys).union(MathematicsFunctions.notBuiltYet)
        #expect(named.subtracting(known) == [])
    }

    @Test func `the list of functions that are not built holds no other`() throws {
        let named = Set(try MathematicsCases.load().map(\.function))
        let notBuilt = MathematicsFunctions.notBuiltYet
        #expect(notBuilt.subtracting(named) == [], "not in the file of cases")
        #expect(notBuilt.intersection(MathematicsFunctions.built.keys) == [], "built, so take it off the list")
    }
}
