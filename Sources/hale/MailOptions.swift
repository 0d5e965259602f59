import ArgumentParser
import HaleDomain

/// What `hale receivers add` is told of a receiver of mail.
struct MailOptions: ParsableArguments {
    @Option(help: "Mail: the address that writes.")
    var from: String?

    @Option(help: "Mail: the address that is written to, or csm for each CSM's own; may be repeated.")
    var to: [String] = []

    @Option(help: "Mail: the name under which to log in; --secret-env has the password.")
    var user: String?

    @Option(name: .customLong("ca-file"), help: "Mail: a file of the certificates that are trusted.")
    var authoritiesFile: String?

    @Option(help: "Mail: what is sent but alerts: daily or weekly-forecast.")
    var digest: DigestKind?

    private var isUsed: Bool {
        from != nil || !to.isEmpty || user != nil || authoritiesFile != nil || digest != nil
    }

    /// Whether they suit the format of the receiver.
    func check(_ format: DeliveryFormat, hasPassword: Bool) throws {
        guard format == .email else {
            guard !isUsed else {
                throw ValidationError("--from, --to, --user, --ca-file and --digest are for --format email")
            }
            return
        }
        guard from != nil, !to.isEmpty else { throw ValidationError("--format email needs --from and --to") }
        guard (user != nil) == hasPassword else {
            throw ValidationError(
                "--user and --secret-env, the variable with the password, go together or are left out")
        }
        _ = try settings
    }

    /// Nil where no sender is named.
    var settings: MailSettings? {
        get throws {
            guard let from else { return nil }
            var settings = MailSettings(from: try Self.address(from, of: "--from"), to: try recipients())
            settings.user = user
            settings.authoritiesFile = authoritiesFile
            settings.digest = digest
            if digest == .weeklyForecast, settings.to == .csm {
                throw ValidationError("the weekly forecast is about everybody's renewals: name addresses in --to")
            }
            return settings
        }
    }

    private func recipients() throws -> MailSettings.Recipients {
        if to == [MailSettings.csmWord] { return .csm }
        guard to.count <= MailSettings.recipientLimit else {
            throw ValidationError("--to is given at most \(MailSettings.recipientLimit) times")
        }
        return .addresses(try to.map { try Self.address($0, of: "--to") })
    }

    private static func address(_ text: String, of option: String) throws -> MailAddress {
        guard let address = MailAddress(text) else {
            throw ValidationError("\(option) \"\(text)\" is no address of mail such as ana@example.com")
        }
        return address
    }
}
