import HaleOutput
import Testing

@Suite struct `Terminal capabilities` {
    @Test(
        arguments: [
            (["TERM": "xterm-256color"], true, ColourDecision.on), (["TERM": "xterm", "NO_COLOR": ""], true, .on),
            (["TERM": "xterm", "NO_COLOR": "1"], true, .offByNoColor),
            (["TERM": "xterm", "NO_COLOR": "0"], true, .offByNoColor),
            (["TERM": "dumb"], true, .offPlainTerminal), ([:], true, .offPlainTerminal),
            (["TERM": "xterm"], false, .offNotTerminal),
        ] as [([String: String], Bool, ColourDecision)])
    func `colour needs a capable terminal and no NO_COLOR`(
        environment: [String: String], isTerminal: Bool, expected: ColourDecision
    ) {
        #expect(ColourDecision.decide(environment: environment, isTerminal: isTerminal) == expected)
        let capabilities = TerminalCapabilities.resolve(
            environment: environment, isTerminal: isTerminal, windowColumns: 80)
        #expect(capabilities.colour == (expected == .on))
    }

    @Test(
        arguments: [
            ([:], true, 120, 120), ([:], true, nil, 80), ([:], true, 0, 80), (["COLUMNS": "60"], true, 120, 60),
            (["COLUMNS": "wide"], true, 120, 120), (["COLUMNS": "0"], true, 120, 120),
            (["COLUMNS": "99999"], true, 120, 120),
            ([:], false, nil, nil), ([:], false, 120, nil), (["COLUMNS": "60"], false, nil, 60),
        ] as [([String: String], Bool, Int?, Int?)])
    func `columns come from COLUMNS, then the window, then 80; a pipe has no limit`(
        environment: [String: String], isTerminal: Bool, windowColumns: Int?, expected: Int?
    ) {
        let capabilities = TerminalCapabilities.resolve(
            environment: environment, isTerminal: isTerminal, windowColumns: windowColumns)
        #expect(capabilities.columns == expected)
    }

    @Test(
        arguments: [
            ([:], true), (["LANG": "de_DE.UTF-8"], true), (["LANG": "C.utf8"], true), (["LANG": "C"], false),
            (["LANG": "de_DE.UTF-8", "LC_ALL": "POSIX"], false), (["LANG": "C", "LC_CTYPE": "en_GB.UTF-8"], true),
            (["LANG": "C", "LC_ALL": "", "LC_CTYPE": ""], false),
        ] as [([String: String], Bool)])
    func `the first locale variable that is set decides about UTF-8`(environment: [String: String], expected: Bool) {
        let capabilities = TerminalCapabilities.resolve(
            environment: environment, isTerminal: true, windowColumns: nil)
        #expect(capabilities.unicode == expected)
    }
}
