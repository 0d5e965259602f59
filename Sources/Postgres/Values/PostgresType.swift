/// A PostgreSQL data type, known by its object identifier.
package struct PostgresType: Hashable, Sendable {
    /// The row of `pg_type` that describes the type.
    package let oid: UInt32

    /// The type with the given object identifier.
    package init(oid: UInt32) {
        self.oid = oid
    }

    /// `boolean`
    package static let bool = PostgresType(oid: 16)
    /// `bytea`
    package static let bytea = PostgresType(oid: 17)
    /// `"char"`, the one-byte type of the system catalogue
    package static let character = PostgresType(oid: 18)
    /// `name`
    package static let name = PostgresType(oid: 19)
    /// `bigint`
    package static let int8 = PostgresType(oid: 20)
    /// `smallint`
    package static let int2 = PostgresType(oid: 21)
    /// `integer`
    package static let int4 = PostgresType(oid: 23)
    /// `text`
    package static let text = PostgresType(oid: 25)
    /// `json`
    package static let json = PostgresType(oid: 114)
    /// `real`
    package static let float4 = PostgresType(oid: 700)
    /// `double precision`
    package static let float8 = PostgresType(oid: 701)
    /// The type of a literal that nothing has resolved
    package static let unknown = PostgresType(oid: 705)
    /// `character(n)`
    package static let bpchar = PostgresType(oid: 1042)
    /// `character varying`
    package static let varchar = PostgresType(oid: 1043)
    /// `date`
    package static let date = PostgresType(oid: 1082)
    /// `timestamp without time zone`
    package static let timestamp = PostgresType(oid: 1114)
    /// `timestamp with time zone`
    package static let timestamptz = PostgresType(oid: 1184)
    /// `numeric`, which no Swift type here reads or writes: a statement casts it
    package static let numeric = PostgresType(oid: 1700)
    /// `void`, what a function that returns nothing returns
    package static let void = PostgresType(oid: 2278)
    /// `jsonb`
    package static let jsonb = PostgresType(oid: 3802)

    /// `boolean[]`
    package static let boolArray = PostgresType(oid: 1000)
    /// `name[]`
    package static let nameArray = PostgresType(oid: 1003)
    /// `smallint[]`
    package static let int2Array = PostgresType(oid: 1005)
    /// `integer[]`
    package static let int4Array = PostgresType(oid: 1007)
    /// `text[]`
    package static let textArray = PostgresType(oid: 1009)
    /// `character(n)[]`
    package static let bpcharArray = PostgresType(oid: 1014)
    /// `character varying[]`
    package static let varcharArray = PostgresType(oid: 1015)
    /// `bigint[]`
    package static let int8Array = PostgresType(oid: 1016)
    /// `real[]`
    package static let float4Array = PostgresType(oid: 1021)
    /// `double precision[]`
    package static let float8Array = PostgresType(oid: 1022)
    /// `timestamp without time zone[]`
    package static let timestampArray = PostgresType(oid: 1115)
    /// `date[]`
    package static let dateArray = PostgresType(oid: 1182)
    /// `timestamp with time zone[]`
    package static let timestamptzArray = PostgresType(oid: 1185)

    /// The first object identifier PostgreSQL gives to types people create, such as enumerations and `citext`.
    static let firstUserDefinedOID: UInt32 = 16_384

    /// Whether the type was created in the database and is not one of PostgreSQL's own.
    var isUserDefined: Bool { oid >= Self.firstUserDefinedOID }

    /// The type of this array type's elements, nil for a type that is not a known array.
    var element: PostgresType? { Self.elements[self] }

    /// The array type whose elements have this type, nil where none is known.
    var array: PostgresType? { Self.arrays[self] }

    private static let arrays: [PostgresType: PostgresType] = [
        bool: boolArray, name: nameArray, int2: int2Array, int4: int4Array, int8: int8Array, text: textArray,
        bpchar: bpcharArray, varchar: varcharArray, float4: float4Array, float8: float8Array, date: dateArray,
        timestamp: timestampArray, timestamptz: timestamptzArray,
    ]
    private static let elements = Dictionary(uniqueKeysWithValues: arrays.map { ($0.value, $0.key) })
    private static let names: [PostgresType: String] = [
        bool: "bool", bytea: "bytea", character: "\"char\"", name: "name", int8: "int8", int2: "int2", int4: "int4",
        text: "text", json: "json", float4: "float4", float8: "float8", unknown: "unknown", bpchar: "bpchar",
        varchar: "varchar", date: "date", timestamp: "timestamp", timestamptz: "timestamptz", numeric: "numeric",
        void: "void", jsonb: "jsonb",
    ]
}

extension PostgresType: CustomStringConvertible {
    /// The type's usual name, or its object identifier where the name is not known here.
    package var description: String {
        if let name = Self.names[self] { return name }
        if let element { return "\(element)[]" }
        return "type \(oid)"
    }
}
