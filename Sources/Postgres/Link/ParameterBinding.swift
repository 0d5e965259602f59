/// The parameters of one execution in the form libpq wants them: one buffer, and per parameter a place, length, format.
struct ParameterBinding {
    private var bytes: [UInt8] = []
    /// Where each parameter starts in `bytes`, nil for null.
    private var offsets: [Int?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Writes each value as the type that the server wants for it.
    init(
        _ values: [(any PostgresEncodable)?], as types: [PostgresType], statementName: String
    ) throws(PostgresError) {
        guard values.count == types.count else {
            throw PostgresError(
                kind: .encoding, message: "\(values.count) parameters are given, the statement has \(types.count)",
                statementName: statementName)
        }
        for (index, (value, type)) in zip(values, types).enumerated() {
            let start = bytes.count
            guard let value else {
                append(offset: nil, length: 0, format: 1)
                continue
            }
            switch value.encode(into: &bytes, as: type) {
            case .binary:
                append(offset: start, length: bytes.count - start, format: 1)
            case .text:
                append(offset: start, length: bytes.count - start, format: 0)
            case .otherType:
                throw PostgresError(
                    kind: .encoding,
                    message: "parameter $\(index + 1) is \(type), "
                        + "which cannot be bound to a Swift \(Swift.type(of: value))",
                    statementName: statementName)
            case .outOfRange:
                throw PostgresError(
                    kind: .encoding, message: "the value of parameter $\(index + 1) cannot be held by \(type)",
                    statementName: statementName)
            }
            // The text form ends with a zero byte, which also keeps the place of an empty value valid.
            bytes.append(0)
        }
    }

    private mutating func append(offset: Int?, length: Int, format: Int32) {
        offsets.append(offset)
        lengths.append(Int32(length))
        formats.append(format)
    }

    /// Calls `body` with the arguments of PQsendQueryPrepared; the pointers are valid during the call only.
    func withPointers<Result>(
        _ body: (
            _ count: Int32, _ values: UnsafePointer<UnsafePointer<CChar>?>?, _ lengths: UnsafePointer<Int32>?,
            _ formats: UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        unsafe bytes.withUnsafeBytes { buffer in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
            let values = unsafe offsets.map { offset in
                unsafe offset.flatMap { offset in unsafe start.map { unsafe $0 + offset } }
            }
            return unsafe values.withUnsafeBufferPointer { values in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe formats.withUnsafeBufferPointer { formats in
                        unsafe body(Int32(values.count), values.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }
}
