package import HaleDomain
package import Postgres
import PrivateServer

// What the modules below say to users; they know nothing of them.

extension PostgresError: UserFacingError {
    /// The code for searching: that of the server where it gave one.
    private var code: String { sqlState.map { "HALE-DATABASE-\($0)" } ?? "HALE-DATABASE" }

    package var entries: [ErrorEntry] {
        [ErrorEntry(text: "\(code): \(description)", code: code, message: description)]
    }
}

extension ServerError: CodedError {
    package var message: String { "\(problem); \(advice)" }
}
