import Foundation
import HaleDelivery
import HaleDomain
import HaleTestSupport
import Postgres
import Testing

/// Answers that are far larger than anybody needs, or grow when they are unpacked.
@Suite(.database, .timeLimit(.minutes(30))) struct `Bodies of answers that are too large` {
    private static let attempts = """
        select concat_ws('|', number, phase, coalesce(status::text, '-'), coalesce(error, '-'), length(response)) as text
        from hale_data.delivery_attempt order by delivery_id, number
        """

    /// What the sockets of both sides may hold that nobody reads, by the limits of the system; twice as much, to be safe.
    private static let bufferedBytes = 32 << 20

    @Test(arguments: [
        ProgrammableReceiver.Answer.huge(bytes: 10_000_000_000), .endless(gzip: false), .endless(gzip: true),
    ])
    func `of a body of 10 GB, or without end, a few buffers at most leave the receiver`(
        answer: ProgrammableReceiver.Answer
    ) async throws {
        let receiver = try await ProgrammableReceiver { _, _ in answer }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(try await fixture.texts(Self.attempts) == ["1|response|200|the answer is longer than 65536 bytes|4096"])
        #expect(receiver.pouredBytes < Self.bufferedBytes)
    }

    @Test func `a gzip bomb is kept as it came and not unpacked`() async throws {
        // 30 MB in less than 64 kB: unpacked it would pass the limit, packed it does not.
        let bomb = try Self.packed(zeroes: 30 << 20)
        try #require((10_000..<WebhookClient.readLimitBytes).contains(bomb.count))
        let receiver = try await ProgrammableReceiver { _, _ in
            .bytes(bomb, headers: ["content-encoding": "gzip"])
        }
        let fixture = try DeliveryFixture(DeliveryFixture.yaml(port: receiver.port))
        try await fixture.makeMessages(1)
        #expect(try await fixture.worker.runOnce().delivered == 1)
        #expect(
            try await fixture.texts(
                """
                select concat_ws('|', number, phase, status, coalesce(error, '-'), ascii(response)) as text
                from hale_data.delivery_attempt
                """) == ["1|response|200|-|31"])
        // Nor is one asked for.
        #expect(receiver.requests.map { $0.headers["accept-encoding"] } == [nil])
    }

    private static func packed(zeroes: Int) throws -> [UInt8] {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", "head -c \(zeroes) /dev/zero | gzip -9 -n"]
        process.standardOutput = output
        try process.run()
        let bytes = Array(output.fileHandleForReading.readDataToEndOfFile())
        process.waitUntilExit()
        return bytes
    }
}
