/// Counts the values of a column that stand for none, such as `n/a`.
struct MissingCount: Hashable {
    private(set) var count = 0
    private(set) var first: ValueExample?

    package mutating func add(_ text: ArraySlice<UInt8>, line: Int) {
        count += 1
        if first == nil { first = ValueExample(line: line, text: String(decoding: text, as: UTF8.self)) }
    }
}
