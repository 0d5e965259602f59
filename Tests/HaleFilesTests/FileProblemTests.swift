import HaleDomain
import HaleFiles
import Testing

@Suite struct `A problem of a file` {
    /// Every code there is; scripts and manuals look for them, so none may ever change.
    private static let codes: [(kind: FileProblem.Kind, fault: FileProblem.Fault, code: String)] = [
        (.model, .unreadable, "HALE-MODEL-001"), (.model, .syntax, "HALE-MODEL-002"),
        (.model, .unknownKey, "HALE-MODEL-003"), (.model, .missingKey, "HALE-MODEL-004"),
        (.model, .badValue, "HALE-MODEL-005"), (.model, .weights, "HALE-MODEL-006"),
        (.model, .overlap, "HALE-MODEL-007"), (.model, .expression, "HALE-MODEL-008"),
        (.model, .set, "HALE-MODEL-009"),
        (.rule, .unreadable, "HALE-RULE-001"), (.rule, .syntax, "HALE-RULE-002"),
        (.rule, .unknownKey, "HALE-RULE-003"), (.rule, .missingKey, "HALE-RULE-004"),
        (.rule, .badValue, "HALE-RULE-005"), (.rule, .expression, "HALE-RULE-006"),
        (.rule, .template, "HALE-RULE-007"), (.rule, .set, "HALE-RULE-008"),
        (.receiver, .unreadable, "HALE-DELIVERY-001"), (.receiver, .syntax, "HALE-DELIVERY-002"),
        (.receiver, .unknownKey, "HALE-DELIVERY-003"), (.receiver, .missingKey, "HALE-DELIVERY-004"),
        (.receiver, .badValue, "HALE-DELIVERY-005"), (.receiver, .name, "HALE-DELIVERY-006"),
        (.receiver, .destination, "HALE-DELIVERY-007"), (.receiver, .secret, "HALE-DELIVERY-008"),
        (.receiver, .refused, "HALE-DELIVERY-009"),
    ]

    @Test(arguments: codes.indices)
    func `has the code of its kind of file`(number: Int) {
        let (kind, fault, code) = Self.codes[number]
        #expect(FileProblem(kind, fault, "x").code == code)
    }

    @Test func `is one line with its place and its code behind`() {
        func text(_ file: String?, _ line: Int?, _ column: Int?) -> String {
            FileProblem(.rule, .syntax, file: file, line: line, column: column, "is not YAML").description
        }
        #expect(text("a.yaml", 3, 7) == "a.yaml:3:7: is not YAML [HALE-RULE-002]")
        #expect(text("a.yaml", 3, nil) == "a.yaml:3: is not YAML [HALE-RULE-002]")
        #expect(text("a.yaml", nil, 7) == "a.yaml: is not YAML [HALE-RULE-002]")
        #expect(text(nil, nil, nil) == "is not YAML [HALE-RULE-002]")
    }

    @Test func `is told with the others, for people and for programs`() {
        let failure = FileFailure(problems: [
            FileProblem(.model, .badValue, file: "m.yaml", line: 2, column: 5, "x is a number"),
            FileProblem(.receiver, .secret, "set the key"),
        ])
        let lines = ["m.yaml:2:5: x is a number [HALE-MODEL-005]", "set the key [HALE-DELIVERY-008]"]
        #expect(failure.lines == lines)
        #expect(failure.description == lines.joined(separator: "\n"))
        #expect(failure.exitStatus == .failed)
        #expect(
            failure.entries == [
                ErrorEntry(
                    text: lines[0], code: "HALE-MODEL-005", message: "x is a number", file: "m.yaml", line: 2,
                    column: "5"),
                ErrorEntry(text: lines[1], code: "HALE-DELIVERY-008", message: "set the key"),
            ])
    }

    @Test func `does not hide those of other files`() {
        let failure = #expect(throws: FileFailure.self) {
            try FileFailure.collecting(["a", "", "b", ""]) { name throws(FileFailure) in
                guard name.isEmpty else { throw FileFailure(FileProblem(.rule, .set, file: name, "is not right")) }
                return name
            }
        }
        #expect(failure?.lines == ["a: is not right [HALE-RULE-008]", "b: is not right [HALE-RULE-008]"])
    }
}
