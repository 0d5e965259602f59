/// Where requests to a receiver may go.
package struct DestinationRule: Sendable, Hashable {
    /// A place at which this program itself listens.
    package struct Listener: Sendable, Hashable {
        package let address: NetworkAddress
        package let port: Int

        /// A place.
        package init(address: NetworkAddress, port: Int) {
            self.address = address
            self.port = port
        }
    }

    /// What is decided of a destination.
    package enum Verdict: Sendable, Hashable {
        /// It may be connected to at this address.
        case allowed(NetworkAddress)
        /// The host has no address.
        case noAddress
        /// An address of the host lies in a range that nobody may reach.
        case refusedRange(NetworkAddress, AddressRange)
        /// An address of the host is this program itself.
        case ownListener(NetworkAddress)
        /// http without leave.
        case notEncrypted

        /// In words; nil where it is allowed.
        package var refusal: String? {
            switch self {
            case .allowed: nil
            case .noAddress: "the host has no address"
            case .refusedRange(let address, let range):
                "\(address.text) lies in \(range), where no request goes unless allow_private_networks has it"
            case .ownListener(let address): "\(address.text) at that port is Hale itself"
            case .notEncrypted: "http is not encrypted: use https, or set allow_insecure: true"
            }
        }
    }

    /// Ranges that this receiver may reach although nobody else may.
    package let allowedNetworks: [AddressRange]
    /// Whether http is allowed.
    package let allowsInsecure: Bool
    /// Where this program listens.
    package let ownListeners: [Listener]

    package init(allowedNetworks: [AddressRange] = [], allowsInsecure: Bool = false, ownListeners: [Listener] = []) {
        self.allowedNetworks = allowedNetworks
        self.allowsInsecure = allowsInsecure
        self.ownListeners = ownListeners
    }

    /// Decides of a host with these addresses: every one must be allowed, the first is taken.
    package func verdict(of web: WebAddress, addresses: [NetworkAddress]) -> Verdict {
        guard let first = addresses.first else { return .noAddress }
        for address in addresses {
            // Whoever listens on every address of the machine listens on this one.
            let isOwn = ownListeners.contains {
                $0.port == web.port && ($0.address == address || $0.address.isUnspecified && address.isLoopback)
            }
            if isOwn { return .ownListener(address) }
            if let range = AddressRange.refused.first(where: { $0.contains(address) }),
                !allowedNetworks.contains(where: { $0.contains(address) })
            {
                return .refusedRange(address, range)
            }
        }
        // A loopback address comes here only where it is allowed.
        guard web.scheme != .http || allowsInsecure || addresses.allSatisfy(\.isLoopback) else { return .notEncrypted }
        return .allowed(first)
    }
}

extension NetworkAddress {
    /// Whether it stands for every address of a machine.
    fileprivate var isUnspecified: Bool { self == .v4(0) || self == .v6(0, 0) }
}
