/// A gzip member (RFC 1952) that holds its content in stored deflate blocks, so that tests can make any.
package func gzipMember(_ content: [UInt8], blockByteCount: Int = 65_535) -> [UInt8] {
    var member: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF]
    var start = 0
    repeat {
        let end = min(start + blockByteCount, content.count)
        let length = UInt16(end - start)
        member.append(end == content.count ? 1 : 0)
        member += [UInt8(length & 0xFF), UInt8(length >> 8), UInt8(~length & 0xFF), UInt8(~length >> 8)]
        member += content[start..<end]
        start = end
    } while start < content.count
    return member + littleEndian(checksum(content)) + littleEndian(UInt32(content.count))
}

private func littleEndian(_ value: UInt32) -> [UInt8] {
    [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) }
}

/// CRC-32 as RFC 1952 defines it.
private func checksum(_ bytes: [UInt8]) -> UInt32 {
    var value: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        value ^= UInt32(byte)
        for _ in 0..<8 { value = value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1 }
    }
    return ~value
}
