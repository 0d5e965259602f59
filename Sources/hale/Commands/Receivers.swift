import ArgumentParser
import Foundation
import HaleDelivery
import HaleDocuments
import HaleDomain
import HaleFiles
import HaleStore

/// `hale receivers`: who is told of alerts.
struct Receivers: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "receivers",
        abstract: "Who is told of alerts: add, test, pause and resume receivers, and send again what they missed.",
        subcommands: [
            List.self, Add.self, Test.self, Pause.self, Resume.self, RotateSecret.self, Rekey.self, Attempts.self,
            Resend.self, Recover.self,
        ])

    /// `hale receivers list`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list",
            abstract: "The receivers of receivers.yaml and those that were added, with their state.")

        @OptionGroup var output: FormatOption

        func run() async throws {
            let (book, queues) = try await ReceiverDesk.use { (try await $0.book(), try await $0.queues()) }
            Console.show(ReceiverListDocument(book: book, queues: queues).document, output.format)
        }
    }

    /// `hale receivers test`
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "test",
            abstract: "Send a message that says that it is a test, once. Exit status 3 when it does not arrive.")

        @Argument(help: "The receiver's name.")
        var name: String

        @Option(name: .customLong("own-address"), help: "Where hale serve listens; nothing is sent there.")
        var ownAddress: [String] = DeliverySurroundings.usualListeners

        @OptionGroup var output: FormatOption

        func run() async throws {
            let outcome = try await ReceiverDesk.use(ownAddresses: ownAddress) { try await $0.test(name) }
            Console.show(ReceiverTestDocument(receiver: name, outcome: outcome).document, output.format)
            guard outcome.state == .delivered else { throw ExitCode(.foundProblems) }
        }
    }

    /// `hale receivers pause`
    struct Pause: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "pause", abstract: "Stop sending to a receiver; what is to be told waits until it is resumed.")

        @Argument(help: "The receiver's name.")
        var name: String

        @Option(help: "Why.")
        var reason = "paused by hand"

        func run() async throws {
            let isNew = try await ReceiverDesk.use { try await $0.pause(name, reason: reason) }
            Console.printDone(isNew ? "\(name) is paused" : "\(name) was paused already")
        }
    }

    /// `hale receivers resume`
    struct Resume: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "resume", abstract: "Send to a receiver again that was stopped.")

        @Argument(help: "The receiver's name.")
        var name: String

        func run() async throws {
            let isNew = try await ReceiverDesk.use { try await $0.resume(name) }
            Console.printDone(isNew ? "\(name) is active" : "\(name) was active already")
        }
    }

    /// `hale receivers rotate-secret`
    struct RotateSecret: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate-secret",
            abstract: "Make a new signing secret and print it; the old one signs too for a while.")

        /// Hours of the longest time for which an old secret stays: 7 days.
        private static let mostHours = 168

        @Argument(help: "The receiver's name.")
        var name: String

        @Option(name: .customLong("keep-hours"), help: "Hours for which the old secret signs too, 0 to 168.")
        var keepHours = 24

        @Flag(
            name: .customLong("forget-old"),
            help: "Take the old secrets away at once, such as where the key that opens them is lost.")
        var forgetsOld = false

        mutating func validate() throws {
            guard (0...Self.mostHours).contains(keepHours) else {
                throw ValidationError("--keep-hours is a number from 0 to \(Self.mostHours)")
            }
        }

        func run() async throws {
            let secret = try await ReceiverDesk.use {
                try await $0.rotateSecret(of: name, keepingOldHours: keepHours, forgettingOld: forgetsOld)
            }
            let old = forgetsOld ? "is taken away" : "signs too for \(keepHours) hours"
            Console.printError("the old secret of \(name) \(old); the new one, shown this once:")
            Console.printOut(secret.text)
        }
    }

    /// `hale receivers rekey`
    struct Rekey: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rekey",
            abstract: "Encrypt every stored signing secret with another key: all of them or none.",
            discussion:
                "HALE_SECRET_KEY holds the present key, HALE_NEW_SECRET_KEY the new one; neither stands on the command "
                + "line. Afterwards the new one is HALE_SECRET_KEY, and hale deliver is started anew with it.")

        @Flag(name: .customLong("dry-run"), help: "Only say whether it can be done.")
        var dryRun = false

        func run() async throws {
            let done = try await Database.use { database in
                try await SecretDesk(database) { ProcessInfo.processInfo.environment[$0] }.rekey(isDryRun: dryRun)
            }
            let verb = dryRun ? "would be encrypted anew" : "encrypted anew"
            Console.printOut(
                "\(done.changed) secrets \(verb), \(done.unchanged) were so already"
                    + (done.receivers.isEmpty ? "" : ": \(done.receivers.joined(separator: ", "))"))
            if !dryRun { Console.printError("from now on \(SecretBox.variable) is the new key") }
        }
    }
}

extension ReceiverDesk {
    /// Runs a command's work on receivers, those of the file and those of the database.
    static func use<Value>(
        ownAddresses: [String] = DeliverySurroundings.usualListeners,
        _ body: (ReceiverDesk) async throws -> Value
    ) async throws -> Value {
        let file = try DeliverySurroundings.receiverFile()
        let listeners = try DeliverySurroundings.listeners(ownAddresses)
        return try await Database.use { database in
            let client = WebhookClient()
            let desk = ReceiverDesk(database, file: file, effects: .live(client), ownListeners: listeners)
            do {
                let value = try await body(desk)
                await client.close()
                return value
            } catch {
                await client.close()
                throw error
            }
        }
    }
}

/// What is around the delivery of messages: the file of receivers, and where Hale itself listens.
enum DeliverySurroundings {
    /// Where `hale serve` listens when it is not told otherwise.
    static let usualListeners = ["127.0.0.1:8080", "[::1]:8080"]

    /// The receivers of `receivers.yaml` in the folder that the setting `alerts` names, else of `alerts` in the current
    /// directory or in the workspace.
    static func receiverFile() throws -> ReceiverFile {
        try ReceiverFile.read(folders: try folders())
    }

    /// Where the file is looked for: beside the rules.
    static func folders() throws -> [String] {
        let settings = try Settings()
        if let folder = settings.value(.alerts).text { return [folder] }
        let home = settings.value(.home).text ?? ""
        return ["alerts"] + (home.isEmpty ? [] : ["\(home)/alerts"])
    }

    /// Addresses with their ports.
    static func listeners(_ texts: [String]) throws -> [DestinationRule.Listener] {
        try texts.map { text in
            guard let web = try? WebAddress("http://\(text)/"), let address = web.literal else {
                throw ValidationError("--own-address \"\(text)\" is no address with a port such as 127.0.0.1:8080")
            }
            return DestinationRule.Listener(address: address, port: web.port)
        }
    }
}

extension AlertAnnouncing {
    /// Whom this workspace tells of alerts.
    static func ofThisWorkspace() throws -> AlertAnnouncing {
        AlertAnnouncing(budget: try Settings.alertBudget()) { try DeliverySurroundings.receiverFile() }
    }
}
