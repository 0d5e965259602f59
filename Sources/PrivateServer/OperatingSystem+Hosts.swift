import Glibc

// Names of hosts.
extension OperatingSystem {
    /// The addresses of a host, four or sixteen bytes each, in the order in which the resolver gives them. Blocks until the
    /// resolver answers.
    package static func addresses(ofHost host: String) throws(ServerError) -> [[UInt8]] {
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(host, nil, &hints, &list)
        guard code == 0 else {
            let reason = unsafe gai_strerror(code).map { unsafe String(cString: $0) } ?? "error \(code)"
            throw .systemCallFailed(call: "getaddrinfo", subject: host, reason: reason)
        }
        defer { unsafe freeaddrinfo(list) }
        var addresses: [[UInt8]] = []
        var cursor = unsafe list
        while let entry = unsafe cursor {
            if let bytes = unsafe bytes(of: entry.pointee), !addresses.contains(bytes) { addresses.append(bytes) }
            unsafe cursor = entry.pointee.ai_next
        }
        return addresses
    }

    private static func bytes(of entry: addrinfo) -> [UInt8]? {
        guard let address = unsafe entry.ai_addr else { return nil }
        switch unsafe Int32(address.pointee.sa_family) {
        case AF_INET:
            return unsafe address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { known in
                var bits = unsafe known.pointee.sin_addr
                return unsafe withUnsafeBytes(of: &bits) { unsafe Array($0) }
            }
        case AF_INET6:
            return unsafe address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { known in
                var bits = unsafe known.pointee.sin6_addr
                return unsafe withUnsafeBytes(of: &bits) { unsafe Array($0) }
            }
        default: return nil
        }
    }
}
