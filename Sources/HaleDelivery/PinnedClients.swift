import AsyncHTTPClient
import HaleDomain
import NIOCore
import Synchronization

/// HTTP clients that connect a host name to one checked address each. The override belongs to a client, so there is one
/// for each pair; idle ones beyond a limit are shut down.
final class PinnedClients: Sendable {
    /// Most clients that are kept.
    static let limit = 64

    /// A client, lent.
    struct Lent: Sendable {
        fileprivate let key: Key
        let client: HTTPClient
    }

    fileprivate struct Key: Hashable {
        let host: String
        let address: NetworkAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users: Int
        var lastUse: Int
    }

    private struct State {
        var entries: [Key: Entry] = [:]
        var uses = 0
        var isClosed = false
    }

    private let state = Mutex(State())

    func take(host: String, address: NetworkAddress) -> Lent {
        let key = Key(host: host, address: address)
        return state.withLock { state in
            state.uses += 1
            if state.entries[key] == nil {
                state.entries[key] = Entry(client: Self.make(key), users: 0, lastUse: 0)
            }
            state.entries[key]?.users += 1
            state.entries[key]?.lastUse = state.uses
            return Lent(key: key, client: state.entries[key]?.client ?? Self.make(key))
        }
    }

    func giveBack(_ lent: Lent) async {
        let unwanted = state.withLock { state -> [HTTPClient] in
            state.entries[lent.key]?.users -= 1
            var removed: [HTTPClient] = []
            while state.entries.count > Self.limit || state.isClosed {
                let idle = state.entries.filter { $0.value.users == 0 }.min { $0.value.lastUse < $1.value.lastUse }
                guard let idle else { break }
                state.entries[idle.key] = nil
                removed.append(idle.value.client)
            }
            return removed
        }
        for client in unwanted { try? await client.shutdown() }
    }

    func close() async {
        let idle = state.withLock { state -> [HTTPClient] in
            state.isClosed = true
            let idle = state.entries.filter { $0.value.users == 0 }
            for key in idle.keys { state.entries[key] = nil }
            return idle.values.map(\.client)
        }
        for client in idle { try? await client.shutdown() }
    }

    private static func make(_ key: Key) -> HTTPClient {
        var settings = HTTPClient.Configuration(
            redirectConfiguration: .disallow,
            timeout: HTTPClient.Configuration.Timeout(
                connect: .milliseconds(WebhookClient.connectLimitMilliseconds)),
            decompression: .disabled)
        settings.httpVersion = .http1Only
        settings.dnsOverride = [key.host: key.address.text]
        settings.connectionPool.retryConnectionEstablishment = false
        settings.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = Receiver.concurrencyRange.upperBound
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
    }
}
