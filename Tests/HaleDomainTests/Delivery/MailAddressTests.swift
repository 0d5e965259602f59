import HaleDomain
import Testing

@Suite struct `Addresses of mail` {
    @Test(arguments: [
        "ana@example.com", "Ana.Maria+cs@mail.example.co", "o'brien@example.com", "hale@localhost", "a_b-c@1.example",
    ])
    func `usual ones are taken`(text: String) {
        #expect(MailAddress(text)?.description == text)
    }

    @Test func `the domain is in small letters`() {
        #expect(MailAddress("Ana@Example.COM")?.description == "Ana@example.com")
        #expect(MailAddress("Ana@Example.COM")?.domain == "example.com")
    }

    @Test(arguments: [
        "", "ana", "@example.com", "ana@", "ana@@example.com", "ana@example..com", ".ana@example.com",
        "ana.@example.com",
        "ana@example.com\r\nBcc: all@example.com", "ana@example.com\n", "a\r\nb@example.com", "ana @example.com",
        "Ana <ana@example.com>", "ana@example.com, bob@example.com", "ana,bob@example.com", "\"a b\"@example.com",
        "ana@[127.0.0.1]", "ana@-example.com", "ana@exa_mple.com", "änä@example.com", "ana@exämple.com",
        "<ana@example.com>", "ana@example.com>", "ana@example.com SIZE=1",
        String(repeating: "a", count: 65) + "@example.com",
        "a@" + Array(repeating: String(repeating: "b", count: 60), count: 5).joined(separator: "."),
    ])
    func `anything else is none`(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test func `each CSM's own address is that of the message, and the sender's where it is about nobody`() throws {
        let settings = MailSettings(from: try #require(MailAddress("hale@example.com")), to: .csm)
        #expect(settings.recipients(csm: "ana@example.com").map(\.description) == ["ana@example.com"])
        #expect(settings.recipients(csm: nil).map(\.description) == ["hale@example.com"])
        #expect(settings.recipients(csm: "ana@example.com, bob@example.com") == [])
    }
}
