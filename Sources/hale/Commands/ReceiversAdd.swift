import ArgumentParser
import Foundation
import HaleDelivery
import HaleDomain
import HaleFiles

extension Receivers {
    /// `hale receivers add`
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add", abstract: "Add a receiver, whose address is checked as it will be at every attempt.",
            discussion:
                "It is kept in the database. Without --secret-env a secret is made, printed once, and kept encrypted with "
                + "HALE_SECRET_KEY.")

        @Argument(help: "Its name, by which routes name it.")
        var name: String

        @Option(help: "Its address.")
        var url: String?

        @Option(name: .customLong("url-env"), help: "A variable that holds its address.")
        var urlVariable: String?

        @Option(help: "In which form it is told: hale, slack, alertmanager or email.")
        var format: DeliveryFormat = .hale

        @Option(
            name: .customLong("secret-env"),
            help: "A variable that holds the signing secret, or the password of a mail server.")
        var secretVariable: String?

        @OptionGroup var mail: MailOptions

        @Option(
            name: .customLong("allow-private-network"), help: "A private network that it may lie in; may be repeated.")
        var allowedNetworks: [String] = []

        @Flag(name: .customLong("allow-insecure"), help: "It may be reached without encryption.")
        var allowsInsecure = false

        @Flag(name: .customLong("no-resolved"), help: "It is not told that an alert is over.")
        var skipsResolved = false

        @Option(help: "Requests under way at once.")
        var concurrency: Int?

        @Option(name: .customLong("time-zone"), help: "The zone of its clock, in which active hours count.")
        var timeZone = "UTC"

        @Flag(name: .customLong("dry-run"), help: "Check, and keep nothing.")
        var dryRun = false

        mutating func validate() throws {
            guard (url == nil) != (urlVariable == nil) else { throw ValidationError("give --url or --url-env") }
            for text in allowedNetworks where AddressRange(text) == nil {
                throw ValidationError("--allow-private-network \"\(text)\" is no range such as 10.1.0.0/16")
            }
            if let concurrency, !Receiver.concurrencyRange.contains(concurrency) {
                throw ValidationError("--concurrency is a number from 1 to \(Receiver.concurrencyRange.upperBound)")
            }
            guard TimeZone(identifier: timeZone) != nil else {
                throw ValidationError("time zone \"\(timeZone)\" is not known")
            }
            try mail.check(format, hasPassword: secretVariable != nil)
        }

        func run() async throws {
            let receiver = try receiver()
            let secret = try await ReceiverDesk.use { try await $0.add(receiver, isDryRun: dryRun) }
            Console.printError(
                dryRun ? "\(name) would be added" : "\(name) is added; hale receivers test \(name) tries it")
            if let secret {
                Console.printError("its signing secret, shown this once:")
                Console.printOut(secret.text)
            }
        }

        private func receiver() throws -> Receiver {
            let place: Receiver.Place
            if let url {
                do throws(WebAddress.Problem) {
                    place = .address(try WebAddress(url))
                } catch {
                    throw FileFailure(FileProblem(.receiver, .destination, "the address \(error.text)"))
                }
            } else {
                place = .variable(urlVariable ?? "")
            }
            var receiver = Receiver(name: name, place: place)
            receiver.format = format
            receiver.secretVariable = secretVariable
            receiver.allowedNetworks = allowedNetworks.compactMap(AddressRange.init)
            receiver.allowsInsecure = allowsInsecure
            receiver.sendsResolved = !skipsResolved
            receiver.concurrency = concurrency ?? format.defaultConcurrency
            receiver.timeZone = timeZone
            receiver.mail = try mail.settings
            return receiver
        }
    }
}
