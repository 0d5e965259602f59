import HaleTestSupport
import Testing

@Suite struct TestServerTests {
    @Test(arguments: ["/tmp/sockets", "localhost", "127.0.0.1", "::1"])
    func `a socket directory or loopback is accepted`(host: String) throws {
        #expect(try TestServer.host(environment: ["HALE_TEST_SOCKET": host]) == host)
    }

    @Test(arguments: ["db.example", "10.0.0.1", "localhost.example", "@hidden"])
    func `any other host is refused`(host: String) {
        #expect(throws: TestServerError.hostElsewhere(host: host)) {
            try TestServer.host(environment: ["HALE_TEST_SOCKET": host])
        }
    }

    @Test(arguments: [[:], ["HALE_TEST_SOCKET": ""]])
    func `without the variable the tests say how to run them`(environment: [String: String]) {
        #expect(throws: TestServerError.variableUnset) { try TestServer.host(environment: environment) }
    }
}
