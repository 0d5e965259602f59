/// A type whose Swift arrays are a PostgreSQL value: an array of a scalar, of an optional scalar, or bytes (`bytea`).
package protocol PostgresArrayElement: Sendable {
    /// The type an array of these is bound as.
    static var postgresArrayType: PostgresType { get }
    /// The types an array of these is read from.
    static var postgresArrayTypes: [PostgresType] { get }
    /// Appends the elements as one value of `type`.
    static func encodeArray(_ elements: [Self], into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome
    /// Reads the elements from one value of `type`.
    static func decodeArray(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> [Self]
}

/// A single value that can also be the element of an array.
package protocol PostgresScalar: PostgresEncodable, PostgresDecodable, PostgresArrayElement {}

extension Array: PostgresEncodable where Element: PostgresArrayElement {
    /// The array type of the element, or `bytea` for bytes.
    package static var postgresType: PostgresType { Element.postgresArrayType }

    /// Appends the array in the form of `postgresType`.
    package func encode(into bytes: inout [UInt8]) {
        _ = Element.encodeArray(self, into: &bytes, as: Self.postgresType)
    }

    /// Writes the array with elements of another type where each element has a form of it.
    package func encode(into bytes: inout [UInt8], as type: PostgresType) -> EncodingOutcome {
        Element.encodeArray(self, into: &bytes, as: type)
    }
}

extension Array: PostgresDecodable where Element: PostgresArrayElement {
    /// The array types of the element, or `bytea` for bytes.
    package static var postgresTypes: [PostgresType] { Element.postgresArrayTypes }

    /// Reads an array of one dimension.
    package static func decode(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> [Element] {
        try Element.decodeArray(bytes, as: type)
    }
}

extension PostgresArrayElement where Self: PostgresScalar {
    /// The array type of `postgresType`.
    package static var postgresArrayType: PostgresType { postgresType.array ?? .unknown }
    /// The array types of `postgresTypes`.
    package static var postgresArrayTypes: [PostgresType] { postgresTypes.compactMap(\.array) }

    /// Appends an array without nulls.
    package static func encodeArray(
        _ elements: [Self], into bytes: inout [UInt8], as type: PostgresType
    ) -> EncodingOutcome {
        ArrayForm.encode(elements, into: &bytes, as: type, value: { $0 })
    }

    /// Reads an array; a null in it is an error.
    package static func decodeArray(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> [Self] {
        try ArrayForm.decode(bytes) { (element, elementType) throws(PostgresError) in
            guard let element else {
                throw .invalidValue("the array holds a null: read it as [\(Self.self)?]")
            }
            return try decode(element, as: elementType)
        }
    }
}

extension Optional: PostgresArrayElement where Wrapped: PostgresScalar {
    /// The array type of the wrapped type.
    package static var postgresArrayType: PostgresType { Wrapped.postgresArrayType }
    /// The array types of the wrapped type.
    package static var postgresArrayTypes: [PostgresType] { Wrapped.postgresArrayTypes }

    /// Appends an array in which nil is null.
    package static func encodeArray(
        _ elements: [Wrapped?], into bytes: inout [UInt8], as type: PostgresType
    ) -> EncodingOutcome {
        ArrayForm.encode(elements, into: &bytes, as: type, value: { $0 })
    }

    /// Reads an array in which null is nil.
    package static func decodeArray(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> [Wrapped?] {
        try ArrayForm.decode(bytes) { (element, elementType) throws(PostgresError) in
            guard let element else { return nil }
            return try Wrapped.decode(element, as: elementType)
        }
    }
}

extension UInt8: PostgresArrayElement {
    /// `bytea`
    package static var postgresArrayType: PostgresType { .bytea }
    /// `bytea`
    package static var postgresArrayTypes: [PostgresType] { [.bytea] }

    /// Appends the bytes as they are.
    package static func encodeArray(
        _ elements: [UInt8], into bytes: inout [UInt8], as type: PostgresType
    ) -> EncodingOutcome {
        guard type == .bytea else { return .otherType }
        bytes.append(contentsOf: elements)
        return .binary
    }

    /// Reads the bytes as they are.
    package static func decodeArray(_ bytes: RawSpan, as type: PostgresType) throws(PostgresError) -> [UInt8] {
        // The pointer is used only inside the closure, while the bytes are borrowed.
        unsafe bytes.withUnsafeBytes { unsafe [UInt8]($0) }
    }
}

/// The binary form of arrays: dimensions, whether there are nulls, element type, then per dimension its length and
/// lower bound, then each element after its length, -1 for null.
enum ArrayForm {
    static func encode<Element, Value: PostgresScalar>(
        _ elements: [Element], into bytes: inout [UInt8], as type: PostgresType, value: (Element) -> Value?
    ) -> EncodingOutcome {
        guard let elementType = type.element else { return .otherType }
        bytes.appendInteger(Int32(elements.isEmpty ? 0 : 1))
        bytes.appendInteger(Int32(elements.contains { value($0) == nil } ? 1 : 0))
        bytes.appendInteger(elementType.oid)
        if elements.isEmpty { return .binary }
        bytes.appendInteger(Int32(elements.count))
        bytes.appendInteger(Int32(1))
        for element in elements {
            guard let present = value(element) else {
                bytes.appendInteger(Int32(-1))
                continue
            }
            let outcome = bytes.appendField { present.encode(into: &$0, as: elementType) }
            guard outcome == .binary else { return outcome }
        }
        return .binary
    }

    static func decode<Element>(
        _ bytes: RawSpan, _ read: (RawSpan?, PostgresType) throws(PostgresError) -> Element
    ) throws(PostgresError) -> [Element] {
        guard bytes.byteCount >= 12 else { throw .invalidValue("an array value is cut short") }
        let dimensions = bytes.integer(at: 0, as: Int32.self)
        guard dimensions != 0 else { return [] }
        guard dimensions == 1 else {
            throw .invalidValue("the array has \(dimensions) dimensions where 1 was expected")
        }
        guard bytes.byteCount >= 20 else { throw .invalidValue("an array value is cut short") }
        let elementType = PostgresType(oid: bytes.integer(at: 8))
        let count = Int(bytes.integer(at: 12, as: Int32.self))
        var offset = 20
        var elements: [Element] = []
        elements.reserveCapacity(min(count, bytes.byteCount / 4))
        for _ in 0..<count {
            guard bytes.byteCount >= offset + 4 else { throw .invalidValue("an array value is cut short") }
            let length = Int(bytes.integer(at: offset, as: Int32.self))
            offset += 4
            if length < 0 {
                elements.append(try read(nil, elementType))
                continue
            }
            guard bytes.byteCount >= offset + length else { throw .invalidValue("an array value is cut short") }
            elements.append(try read(bytes.extracting(offset..<offset + length), elementType))
            offset += length
        }
        return elements
    }
}
