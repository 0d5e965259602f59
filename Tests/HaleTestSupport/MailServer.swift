import Foundation

/// aiosmtpd as a mail server on this machine, which answers as a test tells it. Each mail that it takes is read by Python's
/// own package `email` before it is acknowledged.
package final class MailServer: Sendable {
    /// A mail as Python's `email` reads it.
    package struct Mail: Decodable, Sendable, Equatable {
        package let sender: String
        package let recipients: [String]
        /// Name and value of each header, decoded, in order.
        package let headers: [[String]]
        /// Content type and text of each part.
        package let parts: [[String]]
        /// Of the whole and of its parts.
        package let types: [String]
        /// Whether the connection was encrypted.
        package let isEncrypted: Bool
        /// Name and password of whoever logged in.
        package let login: [String]?
        /// The longest line as it came, in bytes.
        package let longestLine: Int

        package func header(_ name: String) -> String? {
            headers.first { $0[0].lowercased() == name.lowercased() }?[1]
        }
    }

    /// How encryption is offered.
    package enum Encryption: String, Sendable {
        case none, starttls, tls
    }

    /// Where it listens, on 127.0.0.1.
    package let port: Int
    private let process: Process
    private let input: Pipe
    private let folder: URL

    /// A server that treats each mail, from the first, as the plan says; as the last word where more come:
    /// `ok`; `mail`, `rcpt` or `data` with an answer; `die`, which closes the connection once it has the message; `stall`,
    /// which never answers it.
    /// - Parameter login: Whoever is to log in, by name and password, and is told 535 otherwise.
    package init(
        plan: [String] = ["ok"], encryption: Encryption = .none, login: [String]? = nil, port: Int = 0
    ) async throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "hale-mail-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(TestCertificate.certificate.utf8).write(to: folder.appending(path: "certificate.pem"))
        try Data(TestCertificate.key.utf8).write(to: folder.appending(path: "key.pem"))
        let settings: [String: Any] = [
            "folder": folder.path, "plan": plan, "encryption": encryption.rawValue, "login": login ?? [], "port": port,
        ]
        try JSONSerialization.data(withJSONObject: settings).write(to: folder.appending(path: "settings.json"))
        try Data(Self.program.utf8).write(to: folder.appending(path: "server.py"))
        process = Process()
        input = Pipe()
        let output = Pipe()
        process.executableURL = URL(filePath: PythonPeer.python)
        process.arguments = [folder.appending(path: "server.py").path, folder.appending(path: "settings.json").path]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let line = await withCheckedContinuation { (continuation: CheckedContinuation<String, Never>) in
            Thread.detachNewThread {
                continuation.resume(
                    returning: String(decoding: output.fileHandleForReading.availableData, as: UTF8.self))
            }
        }
        guard let port = Int(line.filter(\.isNumber)) else { throw MailServerError.didNotStart(line) }
        self.port = port
    }

    deinit { stop() }

    /// The file by which its certificate is trusted.
    package var authoritiesFile: String { folder.appending(path: "certificate.pem").path }

    /// The mails that it took, in order.
    package func mails() throws -> [Mail] {
        // A mail that is still being written has another ending.
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("mail-") && $0.hasSuffix(".json") }
        return try names.sorted().map {
            try JSONDecoder().decode(Mail.self, from: Data(contentsOf: folder.appending(path: $0)))
        }
    }

    /// The commands that it was told, without the text of messages.
    package func commands() throws -> [String] {
        let path = folder.appending(path: "commands.txt")
        guard FileManager.default.fileExists(atPath: path.path) else { return [] }
        return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// Ends it, and waits until it has ended.
    package func stop() {
        guard process.isRunning else { return }
        try? input.fileHandleForWriting.close()
        process.terminate()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static let program = #"""
        import asyncio, json, os, ssl, sys, threading
        from email import message_from_bytes, policy
        from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

        settings = json.load(open(sys.argv[1]))
        folder, plan = settings["folder"], settings["plan"]
        taken = 0
        begun = 0

        class Handler:
            async def handle_MAIL(self, server, session, envelope, address, options):
                global begun
                session.action = plan[min(begun, len(plan) - 1)]
                begun += 1
                if session.action.startswith("mail "):
                    return session.action[5:]
                envelope.mail_from = address
                return "250 OK"

            async def handle_RCPT(self, server, session, envelope, address, options):
                if session.action.startswith("rcpt "):
                    return session.action[5:]
                envelope.rcpt_tos.append(address)
                return "250 OK"

            async def handle_DATA(self, server, session, envelope):
                if session.action.startswith("data "):
                    return session.action[5:]
                self.keep(session, envelope)
                if session.action == "die":
                    server.transport.abort()
                    await asyncio.sleep(3600)
                if session.action == "stall":
                    await asyncio.sleep(3600)
                return "250 2.0.0 taken"

            def keep(self, session, envelope):
                global taken
                taken += 1
                message = message_from_bytes(envelope.content, policy=policy.default)
                parts = [p for p in message.walk() if not p.is_multipart()]
                kept = {
                    "sender": envelope.mail_from, "recipients": envelope.rcpt_tos,
                    "headers": [[name, str(value)] for name, value in message.items()],
                    "parts": [[p.get_content_type(), p.get_content().replace("\r\n", "\n")] for p in parts],
                    "types": [p.get_content_type() for p in message.walk()],
                    "isEncrypted": session.ssl is not None or settings["encryption"] == "tls",
                    "login": session.auth_data if isinstance(session.auth_data, list) else None,
                    "longestLine": max(len(line) for line in envelope.content.split(b"\r\n")),
                }
                assert not message.defects, message.defects
                path = f"{folder}/mail-{taken:04}.json"
                with open(path + ".new", "w") as file:
                    json.dump(kept, file)
                os.rename(path + ".new", f"{folder}/mail-{taken:04}.json")

        def authenticate(server, session, envelope, mechanism, data):
            given = [data.login.decode(), data.password.decode()]
            if given == settings["login"]:
                return AuthResult(success=True, auth_data=given)
            return AuthResult(success=False, handled=False, message=f"535 5.7.8 wrong: {given[1]}")

        class Server(SMTP):
            def _note(self, line):
                with open(f"{folder}/commands.txt", "a") as file:
                    file.write(line + "\n")

        for name in ("EHLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA", "QUIT"):
            def noted(name=name, old=getattr(SMTP, f"smtp_{name}")):
                async def command(self, argument):
                    self._note(name)
                    return await old(self, argument)
                for key, value in vars(old).items():
                    setattr(command, key, value)
                command.__doc__ = old.__doc__
                return command
            setattr(Server, f"smtp_{name}", noted())

        async def main():
            context = None
            if settings["encryption"] != "none":
                context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
                context.load_cert_chain(f"{folder}/certificate.pem", f"{folder}/key.pem")
            isWrapped = settings["encryption"] == "tls"
            def make():
                return Server(
                    Handler(), hostname="mail.example.com", enable_SMTPUTF8=False,
                    tls_context=None if isWrapped else context, require_starttls=settings["encryption"] == "starttls",
                    auth_required=bool(settings["login"]), auth_require_tls=not isWrapped,
                    authenticator=authenticate if settings["login"] else None)
            server = await asyncio.get_running_loop().create_server(
                make, "127.0.0.1", settings["port"], ssl=context if isWrapped else None, reuse_address=True)
            print(server.sockets[0].getsockname()[1], flush=True)
            await server.serve_forever()

        # Whoever started it is gone when its input ends.
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
        asyncio.run(main())
        """#
}

/// Why a mail server is not there.
package enum MailServerError: Error {
    case didNotStart(String)
}
