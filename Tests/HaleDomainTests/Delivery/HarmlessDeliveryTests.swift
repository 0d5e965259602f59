import HaleDomain
import Testing

/// Names inside messages for people, and secrets inside answers.
@Suite struct `Text of others in messages` {
    @Test(arguments: [
        ("Acme", "Acme"), ("Acme\n*Fake*", "Acme *Fake*"), ("a\r\n\r\nb", "a b"), ("a\tb", "a b"),
        ("a\u{2028}b\u{2029}c\u{85}d", "a b c d"), ("\nA\n", "A"), ("a \n b", "a  b"), ("a\u{1B}[31mb", "a [31mb"),
        ("abc\u{202E}fed", "abcfed"), ("A\u{200B}B\u{FEFF}C\u{AD}D", "ABCD"), ("👩‍👧 Zoë 株式会社", "👩‍👧 Zoë 株式会社"),
        ("", ""), ("\u{0}", ""),
    ])
    func `a name stays in its line and turns nothing around`(text: String, line: String) {
        #expect(OneLine.of(text) == line)
    }

    @Test func `a secret is taken out in every spelling, whole and in its parts`() {
        let secrets = SentSecrets(["Bearer a/b\"c+d e", "short"])
        for text in [
            "Bearer a/b\"c+d e", #"Bearer a/b\"c+d e"#, #"Bearer a\/b\"c+d e"#, "Bearer a/b&quot;c+d e",
            "Bearer%20a%2Fb%22c%2Bd%20e", "Bearer+a%2Fb%22c%2Bd+e",
        ] {
            #expect(secrets.removed(from: "<\(text)>") == "<[was sent]>", "\(text)")
        }
        #expect(secrets.removed(from: "token a/b\"c+d!") == "token [was sent]!")
        // What is shorter than six characters stands in any answer.
        #expect(secrets.removed(from: "a short answer") == "a short answer")
        #expect(SentSecrets([]).removed(from: "as it is") == "as it is")
    }

    @Test func `a secret that the end of a kept answer cuts off is taken out too`() {
        let secrets = SentSecrets(["abcdefghijklmnop"])
        #expect(secrets.removed(from: "x: abcdefghij") == "x: [was sent]")
        #expect(secrets.removed(from: "x: abcdef") == "x: [was sent]")
        #expect(secrets.removed(from: "x: abcde") == "x: abcde")
    }
}
