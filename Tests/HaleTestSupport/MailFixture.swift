import HaleDelivery
import HaleDomain

extension DeliveryFixture {
    /// A file with one receiver of mail at a port of this machine, and a route of everything to it at once.
    package static func mailYAML(
        port: Int, scheme: String = "smtp", to: String = "team@example.com", _ more: String = ""
    )
        -> String
    {
        """
        receivers:
          - name: team
            url: \(scheme)://127.0.0.1:\(port)
            format: email
            from: hale@example.com
            to: \(to)
            allow_private_networks: [127.0.0.0/8]
        \(more.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        routes:
          - receiver: team
            group_wait: 0s
        """
    }

    /// Attempts in order: number, phase, status, error and code.
    package func attempts() async throws -> [String] {
        try await texts(
            """
            select concat_ws('|', number, phase, status, error, code) as text
            from hale_data.delivery_attempt order by delivery_id, number
            """)
    }
}
